"""Each kind of action that is not ours is refused before anything is sent; those of real plans are in test_batch.py."""

import pytest

from eig_sheets.spreadsheet.grist.document import MARKS, RUNS, AccessRule
from eig_sheets.spreadsheet.grist.ownership_check import ActionOwnershipError, check_ownership
from tests.spreadsheet.grist.documents import campaign, column, table

RULES = (
    AccessRule(5, 5, "Classement", "*", "True", "-R", "à nous"),
    AccessRule(6, 6, "T", "*", "True", "-U", "eig-sheets : x"),
)
FIELD, PAGES, VIEWS, SECTIONS = "_grist_Views_section_field", "_grist_Pages", "_grist_Views", "_grist_Views_section"
REFUSED = [
    ["UpdateRecord", "Candidatures", 1, {"numero": "x"}],
    ["BulkUpdateRecord", "Candidatures", [1], {"eig_rang": [1], "numero": ["x"]}],
    ["RemoveRecord", "Candidatures", 1],
    ["BulkRemoveRecord", "Candidatures", [1]],
    ["AddRecord", "Candidatures", 9, {"numero": "x"}],
    ["BulkAddRecord", "Candidatures", [None, 9], {"numero": ["x", "y"]}],
    ["ReplaceTableData", "Classement", [], {}],
    ["ModifyColumn", "Candidatures", "numero", {"label": "x"}],
    ["RemoveColumn", "Candidatures", "numero"],
    ["AddEmptyRule", "Candidatures", 0, 11],
    ["AddVisibleColumn", "Candidatures", "NUMERO", {}],
    ["RenameColumn", "Classement", "rang", "x"],
    ["RemoveTable", "Classement"],
    ["RenameTable", "Classement", "x"],
    ["AddRawTable", "Autre"],
    ["AddTable", "candidatures", [{"id": "a"}]],
    ["AddTable", "Jury", []],
    ["BulkUpdateRecord", "_grist_Tables_column", [11], {"parentPos": [1.0]}],
    ["BulkUpdateRecord", "_grist_Tables_column", [21], {"formula": ["1"]}],
    ["BulkUpdateRecord", "_grist_Tables_column", [99], {"parentPos": [1.0]}],
    ["BulkUpdateRecord", "_grist_Tables", [1], {"tableId": ["x"]}],
    ["RemoveRecord", "_grist_ACLRules", 5],
    ["UpdateRecord", "_grist_ACLRules", 6, {"memo": "x"}],
    ["AddRecord", "_grist_ACLRules", None, {"memo": "à nous"}],
    ["RemoveRecord", "_grist_ACLResources", 1],
    ["BulkUpdateRecord", PAGES, [1], {"viewRef": [2]}],
    ["BulkRemoveRecord", PAGES, [1]],
    ["BulkRemoveRecord", FIELD, [310]],
    ["BulkUpdateRecord", FIELD, [310], {"width": [10]}],
    ["BulkUpdateRecord", FIELD, [110], {"colRef": [10]}],
    ["BulkRemoveRecord", VIEWS, [3]],
    ["BulkRemoveRecord", VIEWS, [2, 3]],
    ["BulkRemoveRecord", VIEWS, [0]],
    ["BulkUpdateRecord", VIEWS, [2], {"name": ["x"]}],
    ["BulkRemoveRecord", SECTIONS, [21]],
    ["BulkUpdateRecord", SECTIONS, [31], {"options": ["{}"]}],
    ["BulkUpdateRecord", SECTIONS, [21], {"tableRef": [1]}],
    ["Calculate", "x"],
]  # fmt: skip
ALLOWED = [
    ["BulkUpdateRecord", "Candidatures", [1], {"eig_rang": [1]}],
    ["BulkAddRecord", "Candidatures", [None], {"numero": ["x"]}],
    ["UpdateRecord", "Classement", 1, {"numero": "x"}],
    ["BulkRemoveRecord", "Classement", [1]],
    ["ModifyColumn", "Candidatures", "eig_rang", {"label": "x"}],
    ["AddVisibleColumn", "Candidatures", "eig_note", {}],
    ["AddEmptyRule", "Classement", 0, 21],
    ["AddRecord", RUNS, 8, {}],
    ["UpdateRecord", MARKS, 1, {"robot": True}],
    ["BulkUpdateRecord", "_grist_Tables_column", [21, 22], {"parentPos": [1.0, 2.0]}],
    ["RemoveRecord", "_grist_ACLRules", 6],
    ["AddRecord", "_grist_ACLRules", None, {"memo": "eig-sheets : x"}],
    ["BulkUpdateRecord", PAGES, [1], {"pagePos": [2.0]}],
    ["BulkUpdateRecord", FIELD, [110], {"width": [10]}],
    ["BulkRemoveRecord", FIELD, [110]],
    ["BulkRemoveRecord", VIEWS, [2]],
    ["BulkUpdateRecord", SECTIONS, [21], {"options": ["{}"]}],
]  # fmt: skip


@pytest.fixture
def document():
    return campaign(table(3, "Notes", [column(31, "A")], {1: ("x",)}), rules=RULES)


@pytest.mark.parametrize("action", REFUSED, ids=lambda action: f"{action[0]} {action[1]}")
def test_an_action_on_what_people_own_is_refused(action, document):
    with pytest.raises(ActionOwnershipError, match=r"actions\[1\]"):
        check_ownership([ALLOWED[0], action], document)


@pytest.mark.parametrize("action", ALLOWED, ids=lambda action: f"{action[0]} {action[1]}")
def test_an_action_on_what_the_robot_owns_is_allowed(action, document):
    check_ownership([action], document)


def test_what_a_batch_adds_is_ours_in_it(document):
    set_ = ["BulkUpdateRecord", "Jury", [1], {"a": [1]}]
    check_ownership([["AddTable", "Jury", [{"id": "a"}]], set_], document)
    with pytest.raises(ActionOwnershipError):
        check_ownership([set_], document)
    note = ["ModifyColumn", "Candidatures", "eig_note", {}]
    check_ownership([["AddVisibleColumn", "Candidatures", "eig_note", {}], note], document)
    with pytest.raises(ActionOwnershipError):
        check_ownership([note], document)


def test_the_same_table_or_column_is_not_added_twice(document):
    for action in (["AddTable", "Jury", [{"id": "a"}]], ["AddVisibleColumn", "Candidatures", "eig_note", {}]):
        with pytest.raises(ActionOwnershipError):
            check_ownership([action, action], document)


@pytest.mark.parametrize(
    ("rows", "formula", "is_unused"), [({}, "", True), ({1: (None,)}, "", False), ({}, "1", False)]
)
def test_a_table_is_nobody_s_until_it_is_used(rows, formula, is_unused):
    empty = table(9, "Jury", [column(91, "A", "Any", is_formula=True, formula=formula)], rows)
    assert empty.is_unused is is_unused
    action = ["ModifyColumn", "Jury", "A", {"label": "N°"}]
    if is_unused:
        check_ownership([action], campaign(empty))
    else:
        with pytest.raises(ActionOwnershipError):
            check_ownership([action], campaign(empty))
