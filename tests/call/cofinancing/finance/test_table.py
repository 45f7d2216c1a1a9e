"""The table of the finance department: typed, French, the same as the tab, and its totals are those of its lines."""

import csv
import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from eig_sheets.call.cofinancing.cofinancement import COLUMNS
from eig_sheets.call.cofinancing.finance.table import as_csv, as_xlsx, table_of
from eig_sheets.call.cofinancing.finance.versions import Version
from eig_sheets.documents.checksum import is_unchanged
from tests.call.cofinancing.finance.support import DAY, EVERY_ROUTE, campaign, laureate
from tests.spreadsheet import libreoffice
from tests.spreadsheet.xlsx.package_check import problems

VERSION = Version(3, DAY, "0123456789abcdef" * 4)
FORMULAS = ("=1+1", "foo;=cmd|' /C calc'!A0", "+33 1", "-1\t=2", "@SUM(A1)")


def table(*rows, **cofinancing):
    call = campaign(*rows, **cofinancing)
    return table_of(call.reading, call.results, DAY, VERSION)


def csv_rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def xlsx_rows(data, tab="Co-financement"):
    header, *rows = openpyxl.load_workbook(io.BytesIO(data))[tab].iter_rows()
    return [dict(zip([cell.value for cell in header], row, strict=True)) for row in rows]


def test_the_csv_is_what_a_french_excel_opens():
    data = as_csv(table())
    text = data.decode("utf-8")
    assert text.startswith("\ufeffN° de dossier;Nom du projet;")
    assert text.count("\r\n") == len(EVERY_ROUTE) + 1
    first, second, *_ = csv_rows(data)
    assert list(first) == [*(column.header for column in COLUMNS), "Version"]
    assert first["Version"] == second["Version"] == "3"
    assert (first["Montant minimum"], second["Montant minimum"]) == ("36750,00", "36750,06")
    assert (first["EIG"], first["Mois"], first["Pour un EIG – maximum"]) == ("2", "3", "21000,00")
    assert first["SIRET"] == "130 025 265 00013"  # as a number, Excel would show 1,30025E+13
    assert first["Nature du montant"] == "Prévisionnel"


def test_dates_and_half_months_are_french():
    row = csv_rows(as_csv(table(laureate("101", decide_le=datetime(2021, 5, 6)), months=2.5)))[0]
    assert (row["Décidé le"], row["Mois"], row["Montant minimum"]) == ("06/05/2021", "2,5", "30625,00")


def test_the_xlsx_has_typed_cells_with_their_formats():
    data = as_xlsx(table(laureate("101", decide_le=datetime(2021, 5, 6))))
    [row] = xlsx_rows(data)
    assert (row["Montant minimum"].value, row["Montant minimum"].data_type) == (36750, "n")
    assert row["Montant minimum"].number_format == '#,##0.00"\xa0€"'
    assert (row["Décidé le"].value, row["Décidé le"].number_format) == (datetime(2021, 5, 6), "dd/mm/yyyy")
    assert (row["SIRET"].value, row["SIRET"].data_type) == ("13002526500013", "s")
    assert (row["N° de dossier"].value, row["N° de dossier"].data_type) == ("101", "s")
    assert (row["EIG"].value, row["Estimé"].value) == (2, None)
    assert problems(data) == []


def test_the_totals_are_the_sums_of_the_lines_of_the_file():
    data = as_xlsx(table(envelope=250_000))
    lines, (_, decided, *routes, _, version) = xlsx_rows(data), xlsx_rows(data, "Totaux")
    laureates = [row for row in lines if row["Décision"].value == "Lauréat"]
    counted = [row for row in laureates if row["Statut"].value in ("Conditions réunies", "Sous réserve")]
    for header in ("Montant minimum", "Montant maximum"):
        total = sum(Decimal(str(row[header].value)) for row in counted if row[header].value is not None)
        assert Decimal(str(decided[header].value)) == total > 0
    # 109 asks for nothing; 110 withdrew, 111 and 113 are out of the call, 112 waits
    assert (decided["Projets"].value, decided["Demandent"].value) == (9, 8)
    assert decided["Reste pour le montant minimum"].value == -7250.06
    assert decided["Reste pour le montant maximum"].value == -44000
    assert [(row["Groupe"].value, row["Projets"].value, row["EIG"].value) for row in routes] == [
        ("dont par décret", 5, 10), ("dont par délégation", 2, 4), ("dont sans voie connue", 1, 0),
    ]  # fmt: skip
    for header in ("Montant minimum", "Montant maximum", "EIG"):
        assert sum(Decimal(str(row[header].value)) for row in routes) == Decimal(str(decided[header].value))
    assert version["Groupe"].value.replace("\u202f", " ") == (
        "Version 3, données du lundi 4 octobre 2021. Empreinte : 0123456789ab."
    )
    assert decided["À savoir"].value.replace("\u202f", " ") == (
        "Montant prévisionnel. Dont 3 sous réserve. 1 montant inconnu compte pour zéro. 2 autres, inéligibles ou "
        "écartés, ne comptent pas."
    )


def test_who_is_out_of_the_call_has_no_amount():
    shown = {row["N° de dossier"]: row for row in csv_rows(as_csv(table()))}
    rows = [shown[number] for number in ("109", "110", "111", "112", "113")]
    assert [(row["Statut"], row["Montant maximum"]) for row in rows] == [
        ("Non demandé", "0,00"), ("Sans objet", ""), ("Sans objet", ""), ("Conditions réunies", "42000,00"),
        ("Sans objet", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text):
    made = table(laureate("101", projet=text))
    [row] = xlsx_rows(as_xlsx(made))
    assert (row["Nom du projet"].value, row["Nom du projet"].data_type) == (text, "s")
    cell = csv_rows(as_csv(made))[0]["Nom du projet"]
    assert cell.replace("'", "") == text.replace("'", "")
    assert all(not part.startswith(("=", "+", "-", "@")) for part in cell.replace("\t", ";").split(";"))


def test_equal_tables_are_equal_files():
    first, second = as_xlsx(table()), as_xlsx(table())
    assert first == second
    assert is_unchanged(first)


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_libreoffice_reads_the_same(tmp_path, ending):
    source = tmp_path / f"finance.{ending}"
    source.write_bytes((as_xlsx if ending == "xlsx" else as_csv)(table(laureate("101", projet=FORMULAS[1]))))
    options = "CSV:59,34,76,1,,1036,false,true,false,false,false,0,true" if ending == "csv" else ""
    made = libreoffice.convert(source, "xlsx", tmp_path / "read", profile=tmp_path / "profile", options=options)
    header, row = list(openpyxl.load_workbook(made).worksheets[0].iter_rows())
    cells = dict(zip([cell.value for cell in header], row, strict=True))
    assert [cell.value for cell in row if cell.data_type == "f"] == []
    assert (cells["Montant minimum"].value, cells["Pour un EIG – maximum"].value) == (36750, 21000)
