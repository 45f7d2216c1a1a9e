"""A Data Package of ours is known by its own digest; another one gives no right to replace anything."""

import json

import pytest

from eig_sheets.features.openness.package import PACKAGE, csv_bytes, digest, json_bytes, recorded_digests


def signed(package):
    return json_bytes({**package, "sha256": {**package["sha256"], PACKAGE: digest(json_bytes(package))}})


def test_the_digests_of_an_unchanged_package_are_believed():
    data = signed({"name": "projets", "sha256": {"projets.csv": "ab"}})
    assert recorded_digests(data) == {"projets.csv": "ab", PACKAGE: digest(data)}


@pytest.mark.parametrize("old", ["projets", "ab"])
def test_those_of_a_changed_one_are_not(old):
    data = signed({"name": "projets", "sha256": {"projets.csv": "ab"}})
    assert recorded_digests(data.replace(b'"%b"' % old.encode(), b'"cd"')) == {}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"3", b'{"sha256": []}', b'{"sha256": {}}', b"[" * 100_000, b"\xff", b'{"sha256": null}']
)
def test_what_is_no_package_of_ours_is_no_error(data):
    assert recorded_digests(data) == {}


def test_a_csv_follows_rfc_4180_and_no_cell_is_a_formula():
    records = [{"a": 'deux\nlignes, "ici"', "b": "=1+1"}, {"a": None, "b": "é"}]
    expected = 'a,b\r\n"deux\nlignes, ""ici""",\'=1+1\r\n,é\r\n'
    assert csv_bytes(records).decode() == expected
    assert json.loads(json_bytes(records)) == records
