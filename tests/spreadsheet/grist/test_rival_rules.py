"""Rules of people's that refuse something: told by what they give, for whom they are, and where they stand."""

import pytest

from eig_sheets.spreadsheet.grist import access
from eig_sheets.spreadsheet.grist.document import AccessRule
from tests.spreadsheet.grist.documents import campaign

OURS = "eig-sheets : table tenue par le robot"


def rule(columns, permissions, formula="user.Access == EDITOR", memo="", *, table="Classement", resource=3):
    return AccessRule(9, resource, table, columns, formula, permissions, memo)


@pytest.mark.parametrize(
    ("permissions", "refuses"),
    [
        ("all", False), ("+CRUD", False), ("", False), ("+R-U", True), ("none", True), ("-CUD", True), ("-S", True),
    ],
)  # fmt: skip
def test_what_refuses_something(permissions, refuses):
    refusals = access.refusing(campaign(rules=[rule("rang", permissions)]))
    assert refusals == (["« user.Access == EDITOR » (table « Classement »)"] if refuses else [])


def test_the_words_of_a_rule_are_its_comment_its_condition_or_that_it_is_for_everybody():
    rules = [rule("*", "none", memo=" Les  chefs "), rule("*", "none"), rule("*", "none", "")]
    words = [said.partition(" (")[0] for said in access.refusing(campaign(rules=rules))]
    assert words == ["« Les chefs »", "« user.Access == EDITOR »", "« tout le monde »"]


def test_the_rules_among_which_is_the_one_that_stops_the_robot():
    ours = rule("*", "-CUD", "not user.EigLecteur.role", OURS, table="*", resource=1)
    rules = [rule("*", "none", ""), rule("*", "+R-U", table="*", resource=1), rule("*", "all"), ours]
    assert access.refusing(campaign(rules=rules)) == [
        "« tout le monde » (table « Classement »)", "« user.Access == EDITOR » (toutes les tables)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "refusals"),
    [
        ([rule("*", "-U", "")], ["« tout le monde » (table « Classement »)"]),
        ([rule("*", "-U", 'rec.statut == "clos"', "Clos", table="*")], ["« Clos » (toutes les tables)"]),
        ([rule("*", "none", "user.Access != OWNER")], []),
        ([rule("*", "all", "user.Access == OWNER"), rule("*", "none", "")], []),
        ([rule("*", "all", "user.Access == OWNER", resource=4), rule("*", "none", "")],
         ["« tout le monde » (table « Classement »)"]),
        ([rule("*", "+R", "")], []), ([rule("*", "-CUD", "True", OURS)], []),
    ],
)  # fmt: skip
def test_the_rules_that_refuse_something_whoever_asks(rules, refusals):
    assert access.stopping(campaign(rules=rules)) == refusals
