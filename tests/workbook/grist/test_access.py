"""Access rules of ours, beside those of people, which stay."""

from itertools import count

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
    assert (rule[3]["resource"], rule[3]["permissionsText"]) == (-4, permissions)
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


def test_our_rule_comes_before_the_one_for_everybody_else_after_which_grist_takes_none():
    theirs = [
        Rule(7, 6, "*", "*", "", "", "qui est qui", 1.5, is_attribute=True),
        Rule(8, 5, "Classement", "*", "user.Access == VIEWER", "-R", "", 2.0),
        Rule(9, 5, "Classement", "*", "", "none", "", 3.0),
        Rule(9, 6, "*", "*", "", "all", "", 4.0),
    ]
    document = campaign(rules=theirs)
    [added] = made(document=document)
    assert (added[3]["resource"], added[3]["rulePos"]) == (5, 3.0)
    readers = [*access.reader_actions(("Jury", "email"), [("Classement", "jure")], [], document, count(1))]
    assert {(rule[1], rule[3]["resource"], rule[3]["rulePos"]) for rule in readers} == {
        ("_grist_ACLRules", 5, 3.0), ("_grist_ACLRules", 6, 4.0),
    }  # fmt: skip


def test_a_column_about_which_people_have_a_rule_with_others_has_none_of_ours():
    theirs = Rule(9, 6, "Classement", "rang,numero", "True", "-U", "à nous")
    assert made("rang", document=campaign(rules=[theirs])) == []
    assert made("autre", document=campaign(rules=[theirs]))
