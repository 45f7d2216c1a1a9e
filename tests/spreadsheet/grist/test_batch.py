"""A plan as user actions: by ids, the run's number first, what is shown last."""

import pytest

from eig_sheets.spreadsheet.grist.batch import Batch
from eig_sheets.spreadsheet.grist.document import MARKS, RUNS, Document
from eig_sheets.spreadsheet.grist.ownership_check import check_ownership
from eig_sheets.spreadsheet.grist.work import InapplicableOperationError
from eig_sheets.spreadsheet.model.plan import (
    AddColumn,
    AppendRows,
    CreateTab,
    Equip,
    Plan,
    ReplaceTab,
    SetCells,
    SetFormula,
)
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from tests.spreadsheet.grist.documents import ROBOT, URL, ZONE, campaign, column, people, planned, table
from tests.spreadsheet.grist.test_lookups import planned as lookup

RANKING = Sheet("classement", "Classement", Owner.ROBOT, (Column("N°"), Column("Rang", Format.INTEGER)), (("1", 2),))
JURY = Sheet(
    "jury", "Jury", Owner.PEOPLE, (Column("Nom", note="Nom et prénom."), Column("Décision", guarded=True)),
    (("Ada", None),), fields=("nom", "decision"),
)  # fmt: skip


def batch_of(document, *operations):
    batch = Batch(document, URL, ZONE, ROBOT, "0f")
    batch.add(Plan(document.version, operations))
    check_ownership(batch.actions, document)
    return batch.actions


def test_the_number_of_the_run_comes_first_then_that_of_the_one_that_was_read_and_its_end_last():
    actions = batch_of(campaign())
    assert actions == [
        ["AddRecord", RUNS, 8, {"jeton": "0f", "termine": False}],
        ["UpdateRecord", RUNS, 7, {"termine": True}],
        ["RemoveRecord", RUNS, 7],
        ["UpdateRecord", RUNS, 8, {"termine": True}],
    ]


def test_a_document_that_has_neither_gets_the_own_tables():
    actions = batch_of(Document("1:0", ()))
    assert [action[1] for action in actions if action[0] == "AddRawTable"] == [RUNS, MARKS]


def test_a_new_table_is_named_marked_described_and_filled():
    actions = planned(campaign(), CreateTab(JURY))
    added = actions[0]
    assert (added[:2], [each["id"] for each in added[2]]) == (
        ["AddTable", "Jury"],
        ["Jury_Nom", "Jury_Decision", "eig_0f"],
    )
    assert actions[1] == ["RemoveColumn", "Jury", "eig_0f"]
    assert ["ModifyColumn", "Jury", "Jury_Nom", {"description": "Nom et prénom."}] in actions
    marks = [(action[3]["col_id"], action[3]["repere"]) for action in actions if action[1] == MARKS]
    assert marks == [("", "jury"), ("Jury_Nom", "nom"), ("Jury_Decision", "decision"), ("", "habillage")]
    assert actions[-1] == ["BulkAddRecord", "Jury", [None], {"Jury_Nom": ["Ada"], "Jury_Decision": [None]}]


@pytest.mark.parametrize("name", ["candidatures", "Candidatures", "—", "a/b"])
def test_a_table_whose_name_cannot_be_is_refused(name):
    with pytest.raises(InapplicableOperationError):
        planned(campaign(), CreateTab(Sheet("x", name, Owner.ROBOT, (Column("A"),))))


def test_two_new_tables_of_one_name_are_refused():
    with pytest.raises(InapplicableOperationError, match="existe déjà"):
        planned(campaign(), CreateTab(JURY), CreateTab(JURY))


def test_a_robot_s_table_is_written_by_its_differences_and_its_mark_follows():
    actions = batch_of(campaign(), ReplaceTab("Classement", RANKING))
    assert ["UpdateRecord", MARKS, 2, {"repere": "classement", "aspect": RANKING.look, "robot": True}] in actions
    assert ["BulkUpdateRecord", "Classement", [1], {"numero": ["1"], "rang": [2]}] in actions


def test_a_column_s_formula_comes_after_the_tables_that_it_shows():
    add = AddColumn("Candidatures", 1, 2, Column("Note"), "note", lookup(header="Note"))
    create = CreateTab(Sheet("classement", "Classement", Owner.ROBOT, (Column("Rang"), Column("N°"), Column("Note"))))
    document = campaign(ranking=table(2, "Autre", []))
    actions = planned(document, add, create)
    assert actions[0][:3] == ["AddVisibleColumn", "Candidatures", "eig_Candidatures_note"]
    formula = actions[-1]
    assert formula[:3] == ["ModifyColumn", "Candidatures", "eig_Candidatures_note"]
    assert "Classement.lookupOne(Classement_N_=key)" in formula[3]["formula"]


def test_a_column_of_numbers_is_blank_in_the_rows_that_are_there():
    add = AddColumn("Candidatures", 1, 2, Column("Nombre", Format.INTEGER), "", field="nombre")
    added, made_data, *_ = planned(campaign(), add)
    assert (added[3]["formula"], added[3]["isFormula"]) == ("None", True)
    assert made_data == ["ModifyColumn", "Candidatures", "Candidatures_Nombre", {"isFormula": False}]


def test_a_formula_that_is_not_a_lookup_is_never_written():
    with pytest.raises(InapplicableOperationError, match="n’est pas de celles du robot"):
        planned(campaign(), SetFormula("Candidatures", 1, 1, "rang", "IMPORTXML(1)"))


def test_cells_of_a_robot_s_column_by_the_ids_of_their_rows():
    set_ = SetCells("Candidatures", 1, Column("Rang"), ((2, 1), (4, None)))
    assert planned(campaign(), set_) == [["BulkUpdateRecord", "Candidatures", [1, 3], {"eig_rang": [1, None]}]]


def appended(*columns, values=("a", None)):
    return AppendRows("Candidatures", 5, columns, (Column("x"),) * len(columns), (values,))


def test_appended_rows_say_nothing_of_columns_in_which_they_have_nothing():
    """A formula column there is no obstacle, nor is the value that Grist gives by default."""
    assert planned(campaign(), appended(0, 1)) == [["BulkAddRecord", "Candidatures", [None], {"numero": ["a"]}]]


def test_nothing_is_appended_to_a_formula_column_of_people_s():
    with pytest.raises(InapplicableOperationError, match="« Rang » de « Candidatures » est une formule"):
        planned(campaign(), appended(0, 1, values=("a", 3)))


def test_500_long_texts_are_several_actions_that_fit_in_requests():
    texts = tuple(("é" * 3000,) for _ in range(500))
    operation = AppendRows("Candidatures", 5, (0,), (Column("N°"),), texts)
    actions = planned(campaign(), operation)
    assert [text for action in actions for text in action[3]["numero"]] == [row[0] for row in texts]
    assert max(len(str(action).encode()) for action in actions) < 500_000


def test_marks_that_a_table_lacks():
    equip = Equip("Candidatures", 1, columns=((0, "numero"),), released=((1, "rang"),))
    mark, released = planned(campaign(), equip)
    assert (mark[3]["col_id"], mark[3]["repere"], mark[3]["robot"]) == ("numero", "numero", False)
    assert released == ["RemoveRecord", MARKS, 12]


def test_an_id_of_ours_is_never_that_of_a_copy_of_our_column():
    copied = table(1, "Candidatures", [*people().columns, column(13, "Note", id="EIG_candidatures_note")])
    document = Document("1:0", (copied,), run=7, has_marks=True, has_runs=True, identity="0e")
    added = planned(document, AddColumn("Candidatures", 1, 3, Column("Note"), "note"))
    assert added[0][2] == "eig_Candidatures_note2"
