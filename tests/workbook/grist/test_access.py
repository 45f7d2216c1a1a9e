"""Access rules of ours, beside those of people, which stay."""

import pytest

from eig_sheets.workbook.grist import access
from eig_sheets.workbook.grist.document import Document, Rule
from eig_sheets.workbook.grist.own_tables import marks_of
from tests.workbook.grist.documents import campaign, people, robots

WHO = ["robot@example.org", "é\"'@example.org"]


def rule_of(action, *, table, columns, row_id=1, resource=1):
    """The rule that the action makes."""
    found = action[3]
    return Rule(row_id, resource, table, columns, found["aclFormula"], found["permissionsText"], found["memo"])


def made(column_id="*", document=None, table_id="Classement"):
    return [*access.actions(table_id, column_id, WHO, document or campaign(), 4)]


@pytest.mark.parametrize(("column_id", "permissions"), [("*", "-CUD"), ("eig_rang", "-U")])
def test_a_new_rule_has_its_resource(column_id, permissions):
    [resource, rule] = made(column_id)
    assert resource == ["AddRecord", "_grist_ACLResources", -4, {"tableId": "Classement", "colIds": column_id}]
    assert (rule[3]["resource"], rule[3]["permissionsText"], rule[3]["rulePos"]) == (-4, permissions, 4)
    assert access.is_ours(rule[3]["memo"])


def test_who_may_edit_is_read_again():
    document = campaign(rules=[
        rule_of(made()[1], table="Classement", columns="*"),
        rule_of(made("eig_rang", table_id="Candidatures")[1], table="Candidatures", columns="eig_rang"),
        Rule(3, 3, "Candidatures", "*", "True", "-U", "à nous"),
        Rule(4, 4, "Candidatures", "*", "True", "-U", "eig-sheets : changée"),
        Rule(5, 5, "Candidatures", "*", "not (user.Email in [1, 2)])", "-U", "eig-sheets : changée"),
        rule_of(made("numero", table_id="Candidatures")[1], table="Candidatures", columns="numero"),
    ])  # fmt: skip
    marks = marks_of(document)
    assert access.protections(robots(), document, marks) == {"": frozenset(WHO)}
    assert access.protections(people(), document, marks) == {"rang": frozenset(WHO)}


def test_our_rule_is_replaced_and_people_s_keep_their_resource():
    ours = rule_of(made()[1], table="Classement", columns="*", row_id=8, resource=6)
    theirs = Rule(9, 6, "Classement", "*", "True", "-R", "à nous")
    [removed, added] = made(document=campaign(rules=[theirs, ours]))
    assert removed == ["RemoveRecord", "_grist_ACLRules", 8]
    assert added[3]["resource"] == 6


def test_a_resource_that_has_no_rule_any_more_is_used_again():
    """Grist refuses a second one: people had deleted our rule, or a table of that name."""
    document = Document("", (), resources={("Classement", "*"): 5})
    [added] = made(document=document)
    assert added[3]["resource"] == 5
