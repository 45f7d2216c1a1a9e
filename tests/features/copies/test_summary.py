"""The French summary of a copy."""

from eig_sheets.features.copies.google_reading import read_book
from eig_sheets.features.copies.summary import RobotCells, summary
from tests.features.copies.builders import book, shown, tab

ROBOT_CELLS = RobotCells({"classement"}, {"rang"})


def formula(value=1):
    return shown(value) | {"userEnteredValue": {"formulaValue": "=1"}}


def lines(*tabs):
    said = summary(read_book(book(*tabs), "textes.txt"), "l’original", "copie.xlsx", "textes.txt", ROBOT_CELLS)
    return said.split("\n• ")


def marked(sheet_id, column=None, tab_mark=None):
    """The metadata of a tab and of its second column."""
    named = {"key": "metadataKey", "value": "metadataValue"}
    metadata = {named["key"]: "eig-sheets.tab", named["value"]: f"{tab_mark}@{sheet_id}", "metadataId": 1}
    two = {named["key"]: "eig-sheets.column", named["value"]: f"{column}@{sheet_id}", "metadataId": 2}
    columns = {"columnMetadata": [{}, {"developerMetadata": [two]}]} if column else {}
    return {"developerMetadata": [metadata] if tab_mark else [], "data": columns}


def test_a_plain_copy_is_one_sentence():
    assert lines(tab([[shown("a"), {}, shown(False)]])) == [
        "copie.xlsx est une copie de l’original : 1 onglet, 2 cellules remplies."
    ]


def test_formulas_of_people_and_of_the_robot_are_distinguished():
    said = lines(
        tab([[formula(), formula()], [formula()] * 10], title="Jury", **marked(1, column="rang")),
        tab([[formula()]], title="Classement", sheet_id=2, **marked(2, tab_mark="classement")),
    )
    cells = "A1, A2, C2, D2, E2, F2, G2, H2…"
    assert said[1:] == [
        f"10 formules sont devenues les valeurs affichées : Jury (10 : {cells}).",
        "3 formules du robot sont des valeurs aussi : « sync » les met à jour sur la copie.",
    ]
    assert lines(tab([[formula()]]))[1:] == ["1 formule est devenue la valeur qu’elle affichait : Onglet (1 : A1)."]


def test_what_google_had_not_computed_and_what_files_cannot_say():
    loading = {"effectiveValue": {"errorValue": {"type": "LOADING"}}}
    rule = {"ranges": [{"sheetId": 1}], "booleanRule": {"condition": {"type": "CUSTOM_FORMULA"}}}
    assert lines(tab([[loading]], charts=[{"chartId": 1}], conditionalFormats=[rule, rule]))[1:] == [
        "Google n’avait pas fini de calculer ces cellules, en erreur dans la copie : Onglet (1 : A1).",
        "La copie n’a pas les graphiques de l’original : Onglet (1).",
        "La copie n’a pas les règles de couleurs propres à Google de l’original : Onglet (2).",
    ]
