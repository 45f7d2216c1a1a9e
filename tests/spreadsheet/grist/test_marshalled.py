"""The marshalled cells of Grist: Python's own encoder is what they are compared with; hostile bytes are refused."""

import contextlib
import marshal
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.values import MarshalError, decoded

SCALARS = st.none() | st.booleans() | st.integers(-(2**31), 2**31 - 1) | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


@given(VALUES)
def test_what_python_encodes_is_decoded(value):
    assert decoded(marshal.dumps(value, 2)) == value


def test_what_grist_alone_writes_is_decoded():
    assert decoded(b"I" + (2**40).to_bytes(8, "little")) == 2**40
    assert decoded(b"s\x03\x00\x00\x00NSP") == "NSP"
    assert math.isnan(decoded(marshal.dumps(math.nan, 2)))


@given(st.binary() | VALUES.map(lambda value: marshal.dumps(value, 2)[:-1]))
@example(b"")
@example(b"[\xff\xff\xff\xff")
@example(b"[\xff\xff\xff\x00")
@example(b"u\xff\xff\xff\x7f")
@example(b"{[\x00\x00\x00\x00N0")  # a list as a key
@example(b"(\x01\x00\x00\x00" * 10_000)
@example(b"u\x01\x00\x00\x00\xff")
@example(b"NN")
def test_any_bytes_are_decoded_or_refused(data):
    with contextlib.suppress(MarshalError):
        decoded(data)


@pytest.mark.parametrize("value", [2**70, b"\xff", 1j, frozenset([1])])
def test_other_kinds_are_refused(value):
    with pytest.raises(MarshalError):
        decoded(marshal.dumps(value, 2))
