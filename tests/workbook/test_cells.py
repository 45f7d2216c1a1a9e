"""Values of a frame as cells, and columns of codes as French words."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from eig_sheets.text.french import typographic
from eig_sheets.workbook import cells

pytestmark = pytest.mark.newest


@pytest.mark.parametrize("missing", [None, pd.NA, pd.NaT, float("nan"), np.nan])
def test_a_missing_value_is_blank(missing):
    assert cells.written(missing) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.0, 3), (np.int64(3), 3), (2.5, 2.5), (np.bool_(True), True), (False, False), ("007", "007"),
        (pd.Timestamp(2021, 4, 7, 12), datetime(2021, 4, 7, 12)),
    ],
)  # fmt: skip
def test_a_value_is_a_plain_python_one(value, expected):
    written = cells.written(value)
    assert written == expected
    assert type(written) is type(expected)


def test_a_column_of_a_frame_is_written_cell_by_cell():
    assert cells.column(pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}), "n") == [1, None]


def test_codes_are_worded_and_a_missing_one_is_blank():
    assert cells.worded(["a", None, float("nan")], {"a": "Premier"}) == ["Premier", None, None]
    with pytest.raises(KeyError):
        cells.worded(["b"], {"a": "Premier"})


def test_a_sentence_has_a_capital_and_french_spaces():
    assert cells.sentence(["à instruire", "ex aequo"]) == typographic("À instruire ; ex aequo")
    assert cells.sentence([]) is None


def test_rows_refuse_columns_of_different_lengths():
    assert cells.rows([1, 2], ["a", None]) == ((1, "a"), (2, None))
    with pytest.raises(ValueError, match="shorter"):
        cells.rows([1, 2], ["a"])
