"""Each type of champ is a cell, as the service answers it."""

from datetime import date

import pytest

from eig_sheets.call.applications.demarche.table import cell_of, files_of
from tests.call.applications.demarche.test_stand_in import COMPANY, OURS, WHOLE
from tests.demarche_server import dossiers
from tests.demarche_server.dossiers import champ
from tests.demarche_server.schema import CHAMPS
from tests.demarche_server.service import Service


def answered(*champs):
    """The champs as the service answers them, through its stored query."""
    service = Service()
    service.add(dossiers.dossier(1, *champs))
    [dossier] = OURS.answer(service, WHOLE)["data"]["demarche"]["dossiers"]["nodes"]
    return dossier["champs"]


def cell(made):
    return cell_of(answered(made)[0])


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (champ("Text", 1, "Q", " Une réponse\nen deux lignes "), "Une réponse\nen deux lignes"),
        (champ("Text", 1, "Q", ""), None),
        (champ("Checkbox", 1, "Q", "true", value=True), "Oui"),
        (champ("Checkbox", 1, "Q", "false", value=False), "Non"),
        (champ("YesNo", 1, "Q", "true", value=True), "Oui"),
        (champ("YesNo", 1, "Q", "false", value=False), "Non"),
        (champ("YesNo", 1, "Q", "", value=None), None),
        (champ("DecimalNumber", 1, "Q", "52000.5", value=52000.5), 52000.5),
        (champ("DecimalNumber", 1, "Q", "52000", value=52000), 52000.0),
        (champ("DecimalNumber", 1, "Q", "", value=None), None),
        (champ("IntegerNumber", 1, "Q", "2", value="2"), 2),
        (champ("IntegerNumber", 1, "Q", "0", value=0), 0),
        (champ("IntegerNumber", 1, "Q", "", value=None), None),
        (champ("IntegerNumber", 1, "Q", "1", value="1234567890123456789"), "1234567890123456789"),
        (champ("Date", 1, "Q", "01 septembre 2021", date="2021-09-01"), date(2021, 9, 1)),
        (champ("Date", 1, "Q", "", date=None), None),
        (champ("Datetime", 1, "Q", "x", datetime="2021-09-01T09:30:00+02:00"), "2021-09-01T09:30:00+02:00"),
        (champ("Civilite", 1, "Q", "Mme", value="Mme"), "Mme"),
        (champ("DropDownList", 1, "Q", "Oui", value="Oui"), "Oui"),
        (champ("LinkedDropDownList", 1, "Q", "A / B", primaryValue="A", secondaryValue="B"), "A / B"),
        (champ("LinkedDropDownList", 1, "Q", "A", primaryValue="A", secondaryValue=""), "A"),
        (champ("LinkedDropDownList", 1, "Q", "", primaryValue=None, secondaryValue=None), None),
        (champ("MultipleDropDownList", 1, "Q", "A, B", values=["A, ou a", "B"]), "A, ou a ; B"),
        (champ("MultipleDropDownList", 1, "Q", "", values=[]), None),
        (dossiers.pieces(1, "Q", dossiers.file("fiche.pdf", b"a"), dossiers.file("b.xlsx", b"b")), "fiche.pdf\nb.xlsx"),
        (dossiers.pieces(1, "Q"), None),
        (champ("Siret", 1, "Q", "13002526500013", etablissement=COMPANY), "13002526500013"),
        (champ("Siret", 1, "Q", "13002526500013", etablissement=None), "13002526500013"),
        (champ("DossierLink", 1, "Q", "7", dossier=dossiers.dossier(7)), "7"),
        (champ("DossierLink", 1, "Q", "8", dossier=None), "8"),
        (dossiers.repetition(1, "Q"), None),
        (
            dossiers.repetition(
                1, "Q",
                [dossiers.text(2, "Nom", "Anna"), champ("Date", 3, "Né le", "x", date="2001-02-03")],
                [dossiers.text(2, "Nom", None), dossiers.yes_no(4, "Prêt", True)],
                [dossiers.text(2, "Nom", None)],
            ),
            "Nom : Anna ; Né le : 03/02/2001\nPrêt : Oui",
        ),
    ],
)  # fmt: skip
def test_a_champ_is_a_cell(made, expected):
    value = cell(made)
    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize("kind", sorted({name.removesuffix("Champ") for name in CHAMPS} - {
    "Checkbox", "YesNo", "Date", "Datetime", "DecimalNumber", "IntegerNumber", "Civilite", "LinkedDropDownList",
    "MultipleDropDownList", "PieceJustificative", "Repetition",
}))  # fmt: skip
def test_any_other_type_is_its_string(kind):
    assert cell(champ(kind, 1, "Q", " 1 rue Exemple ")) == "1 rue Exemple"


def test_a_type_that_is_not_known_is_its_string():
    assert cell_of({"__typename": "NouveauChamp", "stringValue": "x"}) == "x"


def test_files_are_those_of_the_champ_and_of_its_rows():
    one, other = dossiers.file("a.pdf", b"a"), dossiers.file("b.pdf", b"b")
    champs = answered(dossiers.pieces(1, "Q", one), dossiers.repetition(2, "R", [dossiers.pieces(3, "S", other)]))
    assert [file["filename"] for champ in champs for file in files_of(champ)] == ["a.pdf", "b.pdf"]
