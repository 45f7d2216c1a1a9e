"""The same export, however the platform or a spreadsheet program saved it."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.importing import ExportError, read_export
from tests.importing.support import csv_bytes, rows_of, xlsx

DOSSIER = {
    "numero": "3712345",
    "projet": "L’été ; « à côté »\r\nligne 2, fin",
    "administration": 'Préfecture "du" Val-d’Oise',
    "nombre_eig": "2",
}
ENCODINGS = ("utf-8-sig", "utf-8", "cp1252", "utf-16")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_reads_the_same_in_every_encoding_and_separator(tmp_path, encoding, separator):
    path = tmp_path / "export.csv"
    path.write_bytes(csv_bytes(rows_of(DOSSIER), separator, encoding))
    (table,) = read_export(path).tables
    assert table.rows == tuple(map(tuple, rows_of(DOSSIER)))


def test_an_xlsx_keeps_types_places_and_every_sheet(tmp_path):
    received = datetime(2021, 4, 7, 23, 59, 59)
    dossier = {"numero": 3712345, "date_depot": received, "nombre_eig": 2}
    path = xlsx(tmp_path / "export.XLSX", {"Avis": [["Avis"]], "Dossiers": [[], *rows_of(dossier)]})
    avis, dossiers = read_export(path).tables
    assert (avis.name, dossiers.name) == ("Avis", "Dossiers")
    header, row = dossiers.rows[1:]
    assert header[0] == "ID"
    assert (row[0], row[1], row[2], row[5]) == (3712345, None, received, 2)


def test_a_field_longer_than_what_a_csv_reader_expects_is_read_or_refused_in_french(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(csv_bytes(rows_of(DOSSIER | {"projet": "é" * 50_000}), ",", "utf-8"))
    assert read_export(path).tables[0].rows[1][3] == "é" * 50_000
    path.write_bytes(csv_bytes(rows_of(DOSSIER | {"projet": "é" * 200_000}), ",", "utf-8"))
    with pytest.raises(ExportError, match=r"pas un \.csv lisible"):
        read_export(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("export.pdf", b"%PDF", r"ni un \.csv ni un \.xlsx"),
        ("export.xlsx", b"not a zip", "endommagé"),
        ("dossier.csv", None, "ne peut pas être lu"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(tmp_path, name, content, message):
    path = tmp_path / name
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ExportError, match=message):
        read_export(path)


@pytest.mark.parametrize("name", ["absent.csv", "absent.xlsx"])
def test_a_missing_file_is_named(tmp_path, name):
    with pytest.raises(ExportError, match=name):
        read_export(tmp_path / name)


def test_an_empty_csv_has_no_rows(tmp_path):
    path = tmp_path / "vide.csv"
    path.write_bytes(b"")
    assert read_export(path).tables[0].rows == ()
