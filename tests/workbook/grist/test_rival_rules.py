"""Rules of people's that count before ours: told by what they give, for whom they are, and where they stand."""

import pytest

from eig_sheets.workbook.grist import access, rival_rules
from eig_sheets.workbook.grist.document import Rule
from eig_sheets.workbook.grist.own_tables import marks_of
from eig_sheets.workbook.grist.reading import snapshot
from tests.workbook.grist.documents import campaign, people, robots

OURS = "eig-sheets : table tenue par le robot"


def rule(columns, permissions, formula="user.Access == EDITOR", memo="", *, table="Classement", resource=3):
    return Rule(9, resource, table, columns, formula, permissions, memo)


def opened(*rules, table=None):
    document = campaign(rules=rules)
    return rival_rules.of_protections(table or robots(), document, marks_of(document))


@pytest.mark.parametrize(
    ("columns", "permissions", "found"),
    [
        ("*", "all", True), ("*", "+U", True), ("*", "+CRUD-S", True), ("*", "+R-U", False), ("*", "none", False),
        ("*", "-CUD", False), ("*", "", False), ("rang", "+U", True), ("rang", "+R", False),
    ],
)  # fmt: skip
def test_what_lets_others_change_a_table(columns, permissions, found):
    assert opened(rule(columns, permissions)) == ({"": "user.Access == EDITOR"} if found else {})


def test_the_words_of_a_rule_are_its_comment_its_condition_or_that_it_is_for_everybody():
    assert opened(rule("*", "all", memo=" Les  chefs ")) == {"": "Les chefs"}
    assert opened(rule("*", "all", "")) == {"": "tout le monde"}


def test_a_rule_after_ours_opens_nothing():
    ours = rule("*", "-CUD", "not (user.Email in [])", OURS)
    assert opened(ours, rule("*", "all")) == {}
    assert opened(rule("*", "all"), ours) == {"": "user.Access == EDITOR"}
    assert opened(ours, rule("*", "all", table="Autre", resource=4)) == {}


def test_a_column_that_is_opened_or_of_which_there_is_a_rule_with_others():
    theirs = [rule("eig_rang", "+U", table="Candidatures")]
    assert opened(*theirs, table=people())["rang"] == "user.Access == EDITOR"
    document = campaign(rules=[rule("numero,eig_rang", "-U", "True", table="Candidatures")])
    tab = snapshot(document).tab("Candidatures")
    assert tab is not None
    assert (dict(tab.rival_rules), tab.unprotectable) == ({"rang": "True"}, {"rang"})


def test_the_rules_among_which_is_the_one_that_stops_the_robot():
    theirs = [rule("*", "none", ""), rule("*", "+R-U", table="*", resource=1), rule("*", "all"), READERS]
    assert rival_rules.refusing(campaign(rules=theirs)) == [
        "« tout le monde » (table « Classement »)", "« user.Access == EDITOR » (toutes les tables)",
    ]  # fmt: skip


READERS = rule("*", "-CRUDS", "user.EigJure.id", access._READERS_MEMO, table="*", resource=7)


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        (rule("*", "+R"), (("Classement", "user.Access == EDITOR"),)),
        (rule("*", "all", "", table="*", resource=7), (("", "tout le monde"),)),
        (rule("*", "+R", "user.Email == 'a@example.org'"), ()), (rule("*", "+U"), ()), (rule("*", "none"), ()),
    ],
)  # fmt: skip
def test_what_may_show_a_juror_more_than_their_rows(theirs, shown):
    assert rival_rules.of_readers(campaign(rules=[theirs, READERS])) == shown
    assert rival_rules.of_readers(campaign(rules=[theirs])) == ()
    assert rival_rules.of_readers(campaign(rules=[READERS, rule("*", "all", "", table="*", resource=7)])) == ()


@pytest.mark.parametrize(
    ("rules", "found"),
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
def test_the_rules_that_refuse_something_whoever_asks(rules, found):
    assert rival_rules.stopping(campaign(rules=rules)) == found
