"""The same export, however the platform or a spreadsheet program saved it."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.call.applications.importing.reading import ExportError, read_export
from tests.call.applications.importing.support import csv_bytes, rows_of, xlsx

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


def test_a_text_of_any_length_is_read(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(csv_bytes(rows_of(DOSSIER | {"projet": "é" * 200_000}), ",", "utf-8"))
    assert read_export(path).tables[0].rows[1][3] == "é" * 200_000


def refused(path):
    with pytest.raises(ExportError) as caught:
        read_export(path)
    return str(caught.value).replace("\u202f", " ")


TEXT = "ID,Nom du projet\n900001,Été\n900003,Trois\n"
NUL = "il y a des caractères nuls, comme dans un fichier abîmé ou d’un encodage inattendu"
BYTES = "des octets n’y sont pas du texte"


@pytest.mark.parametrize(
    ("content", "line", "wrong"),
    [
        (TEXT.encode().replace(b"Trois", b"Tr\0is"), 3, NUL),
        (TEXT.encode("utf-16-le"), 1, NUL),
        (TEXT.encode("utf-16-be"), 1, NUL),
        (TEXT.encode("utf-32"), 1, NUL),
        (TEXT.encode("utf-16") + b"9", 4, BYTES),  # half a character
        (b"\xff\xfe" + TEXT.replace("Trois", "\ud800").encode("utf-16-le", "surrogatepass"), 3, BYTES),
        (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), 2, BYTES),
        (TEXT.encode() + b"900004,\xc3", 4, BYTES),  # a download that stopped within a letter
        (TEXT.encode("cp1252").replace(b"Trois", b"\x81"), 3, BYTES),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path, content, line, wrong):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    assert refused(path) == (
        f"« export.csv », ligne {line} : {wrong}. Rien n’est importé : téléchargez l’export à nouveau, ou "
        "enregistrez-le en « CSV UTF-8 »."
    )


PAGE = "une page web (HTML), souvent celle qui demande de se connecter"
AGAIN = "téléchargez l’export à nouveau, au format .csv ou .xlsx"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html>\n<html><body>ID</body></html>", PAGE),
        (b"\xef\xbb\xbf\n <html>", PAGE),
        (b"<?xml version='1.0'?><Workbook/>", "un fichier XML"),
        (b'{"data": [{"ID": 1}]}', "un fichier JSON"),
        (b'[\n  {"ID": 1}]', "un fichier JSON"),
        (b"%PDF-1.4\n%\xe2", "un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un ancien classeur .xls, ou un classeur protégé par un mot de passe"),
        (b"\x1f\x8b\x08", "une archive compressée"),
    ],
)
@pytest.mark.parametrize("extension", [".csv", ".xlsx"])
def test_another_format_is_named(tmp_path, content, kind, extension):
    path = tmp_path / f"export{extension}"
    path.write_bytes(content)
    assert refused(path) == f"« {path.name} » n’est pas un {extension} mais {kind} : {AGAIN}."


def test_a_workbook_named_csv_and_a_csv_named_xlsx_are_to_be_renamed(tmp_path):
    book = xlsx(tmp_path / "export.xlsx", {"Dossiers": rows_of(DOSSIER)}).rename(tmp_path / "export.csv")
    assert refused(book) == "« export.csv » n’est pas un .csv mais un classeur ou une archive : renommez-le en .xlsx."
    path = tmp_path / "texte.xlsx"
    path.write_text(TEXT, encoding="utf-8")
    assert "renommez-le en .csv si c’est un texte" in refused(path)


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


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_csv_is_said_to_be_empty(tmp_path, content):
    path = tmp_path / "vide.csv"
    path.write_bytes(content)
    assert refused(path) == "« vide.csv » est vide : téléchargez l’export à nouveau."


@pytest.mark.parametrize("line", ["[ID],Nom", "{ID},Nom", "<ID>,Nom"])
def test_a_header_in_brackets_is_no_other_format(tmp_path, line):
    path = tmp_path / "export.csv"
    path.write_text(line, encoding="utf-8")
    assert read_export(path).tables[0].rows == (tuple(line.split(",")),)
