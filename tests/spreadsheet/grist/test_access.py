"""The access rules of ours: closed first, before people's, written once, and told when they are not as written."""

from dataclasses import replace

import pytest

from eig_sheets.spreadsheet.grist import access
from eig_sheets.spreadsheet.grist.document import READERS, AccessRule, Document, GristTable
from eig_sheets.spreadsheet.grist.own_tables import TABLES
from eig_sheets.spreadsheet.model.access import Account, Reader, Role
from tests.spreadsheet.grist.closed_documents import ACCESS, ADA, ANNA, closed, closing, open_document, theirs
from tests.spreadsheet.grist.documents import ROBOT

NAMED = "user.Access != OWNER and user.EigLecteur.role not in"
CLOSED = (f'{NAMED} ["robot", "responsable", "equipe"]', "-CRUD")
OFFICERS = 'user.EigLecteur.role not in ["robot", "responsable"]'
STAFF = 'user.EigLecteur.role not in ["robot", "responsable", "equipe"]'
JUROR = 'user.EigLecteur.role == "jure" and rec.jure.lower() == user.EigLecteur.adresse'
OWN_ROWS = [(JUROR, "+R"), (f"{JUROR} and newRec.jure.lower() == user.EigLecteur.adresse", "+U")]
STRUCTURE = ("user.Access != OWNER", "-S")
EVERYWHERE = (
    "*:*", "Classement:*", "Candidatures:*", "Candidatures:numero", "Evaluations:note", "Evaluations:note,jure",
    "Notes:*", "Notes:A", "Notes:A,B", "*SPECIAL:FullCopies",
)  # fmt: skip


def on(document: Document, place: str) -> list[tuple[str, str]]:
    """The formula and permissions of each rule about a « table:columns », in their order."""
    return [
        (rule.formula, rule.permissions)
        for rule in document.rules
        if f"{rule.table}:{rule.columns}" == place and not rule.attributes
    ]


def altered(document: Document, given: access.Structure | None = None) -> list[str]:
    return [*access.altered(ACCESS, given or access.structure_of(document), document)]


def placed(rules: list[AccessRule]) -> tuple[AccessRule, ...]:
    """The rules, at positions in this order."""
    return tuple(replace(rule, position=float(place)) for place, rule in enumerate(rules, 1))


class TestWhatIsWritten:
    document = closed(open_document(), ADA, ANNA)

    def test_whoever_is_not_named_reads_nothing_and_owners_alone_change_the_structure(self):
        assert on(self.document, "*:*") == [CLOSED, STRUCTURE]

    def test_a_reader_is_looked_up_by_their_address(self):
        [named] = [rule for rule in self.document.rules if rule.attributes]
        assert named == self.document.rules[0]
        assert f'"tableId": "{READERS}", "lookupColId": "adresse", "charId": "Email"' in named.attributes

    def test_jurors_read_their_rows_and_change_in_them_what_is_not_sealed(self):
        assert on(self.document, "Evaluations:*") == [*OWN_ROWS, CLOSED]
        for sealed in ("numero", "jure"):
            assert on(self.document, f"Evaluations:{sealed}") == [(STAFF, "-U")]
        assert on(self.document, "Evaluations:note") == []

    def test_officers_alone_change_a_guarded_column_and_add_or_delete_its_rows(self):
        assert on(self.document, "Candidatures:numero") == [(OFFICERS, "-U")]
        assert on(self.document, "Candidatures:*") == [(OFFICERS, "-CD"), CLOSED]

    def test_the_robot_alone_changes_its_tables_and_owners_alone_see_its_service_tables(self):
        assert on(self.document, "Classement:*") == [('user.EigLecteur.role != "robot"', "-CUD"), CLOSED]
        for table in TABLES:
            assert on(self.document, f"{table}:*") == [("user.Access != OWNER", "-CRUD")]

    def test_a_table_of_people_s_own_is_under_the_rules_of_the_whole_document(self):
        assert {rule.table for rule in self.document.rules} == {
            "*", "Classement", "Candidatures", "Evaluations", *TABLES
        }  # fmt: skip

    def test_a_juror_has_no_role_once_no_cell_of_jury_says_what_was_read_there(self):
        assert self.document.readers.role == (
            'if $qualite != "jure":\n  return $qualite\nreturn $qualite if bool(Jury.lookupOne(email=$ecrit)) else ""'
        )
        assert access.role_formula(ACCESS, access.Structure()).endswith('return $qualite if False else ""')

    def test_the_access_is_kept_and_read_again(self):
        state = access.state_of(self.document, [Account(ROBOT, owns=True)], public=True)
        assert (state.readers, state.access, state.altered) == (frozenset({ADA, ANNA}), ACCESS, ())
        assert (state.accounts, state.public) == ((Account(ROBOT, owns=True),), True)

    @pytest.mark.parametrize("text", ["", "{", "[]", "[1, 2]", '[["jury", "email"], [1], []]', '[["jury"], [], []]'])
    def test_an_access_that_cannot_be_read_was_never_written(self, text):
        assert access.decoded(text) is None
        assert access.decoded(access.encoded(ACCESS)) == ACCESS


class TestRulesOfPeople:
    """Ours come before theirs, whose resource they share."""

    @pytest.mark.parametrize(
        ("place", "ours"),
        [
            ("*:*", [CLOSED, STRUCTURE]),
            ("Classement:*", [('user.EigLecteur.role != "robot"', "-CUD"), CLOSED]),
            ("Classement:rang", [('user.EigLecteur.role != "robot"', "-U"), (CLOSED[0], "-RU")]),
            ("Candidatures:*", [(OFFICERS, "-CD"), CLOSED]),
            ("Candidatures:numero", [(OFFICERS, "-U"), (CLOSED[0], "-RU")]),
            ("Candidatures:eig_rang,numero", [(OFFICERS, "-U"), (CLOSED[0], "-RU")]),
            ("Evaluations:note", [*OWN_ROWS, (CLOSED[0], "-RU")]),
            ("Evaluations:note,jure", [(STAFF, "-U"), *OWN_ROWS, (CLOSED[0], "-RU")]),
            ("Evaluations:numero,jure", [(STAFF, "-U"), *OWN_ROWS, (CLOSED[0], "-RU")]),
            (f"{READERS}:role", [("user.Access != OWNER", "-RU")]),
            ("Notes:*", [CLOSED]),
            ("Notes:A", [(CLOSED[0], "-RU")]),
            ("Notes:A,B", [(CLOSED[0], "-RU")]),
            ("*SPECIAL:FullCopies", [("user.Access != OWNER", "-R")]),
            ("*SPECIAL:AccessRules", [("user.Access != OWNER", "-R")]),
        ],
    )
    def test_ours_come_first_whatever_theirs_are_about(self, place, ours):
        rule = theirs(place, position=5.0)
        document = closed(open_document(rule), ADA)
        assert on(document, place) == [*ours, (rule.formula, rule.permissions)]
        assert rule in document.rules
        assert altered(document) == []

    def test_all_of_them_at_once_and_one_for_everybody_else(self):
        """Grist takes no rule after one without a condition."""
        rules = [theirs(place, "none", "", position=float(at)) for at, place in enumerate(EVERYWHERE, 1)]
        document = closed(open_document(*rules), ADA)
        for place in EVERYWHERE:
            assert on(document, place)[-1] == ("", "none")
            assert len(on(document, place)) > 1
        assert altered(document) == []

    def test_a_column_is_in_one_resource_alone(self):
        """Grist counts one of two."""
        document = closed(open_document(theirs("Evaluations:note,jure")), ADA)
        assert on(document, "Evaluations:jure") == []
        assert on(document, "Evaluations:numero") == [(STAFF, "-U")]

    def test_one_that_only_says_who_somebody_is_opens_nothing_and_comes_after(self):
        named = theirs("*:*", "", "", "qui est qui", attributes='{"name": "Autre"}', position=1.0)
        document = closed(open_document(named), ADA)
        assert document.rules[3] == named
        assert altered(document) == []

    def test_a_resource_that_has_no_rule_any_more_is_used_again(self):
        """Grist refuses a second one."""
        document = replace(open_document(), resources={("Classement", "*"): 5})
        assert [rule.resource for rule in closed(document, ADA).rules if rule.table == "Classement"] == [5, 5]


class TestAltered:
    document = closed(open_document(theirs("Notes:*", memo="à nous")), ADA, ANNA)
    every = pytest.mark.parametrize("place", range(len([rule for rule in document.rules if rule.memo != "à nous"])))

    def test_nothing_is_written_twice(self):
        again = closing(self.document, ADA, ANNA)
        assert [action[1] for action in again] == ["EIG_Executions"] * 4

    @every
    def test_each_rule_that_was_removed_is_named_and_written_again(self, place):
        gone = [rule for rule in self.document.rules if access.is_ours(rule.memo)][place]
        changed = replace(self.document, rules=tuple(rule for rule in self.document.rules if rule != gone))
        assert [gone.memo in words for words in altered(changed)] == [True]
        assert [rule.memo for rule in closed(changed, ADA, ANNA).rules] == [rule.memo for rule in self.document.rules]

    @every
    @pytest.mark.parametrize(
        "change", [{"formula": "True"}, {"permissions": "all"}, {"memo": "eig-sheets : x"}, {"attributes": "{}"}]
    )
    def test_each_rule_that_was_changed_is_named_and_written_again(self, place, change):
        ours = [rule for rule in self.document.rules if access.is_ours(rule.memo)][place]
        changed = tuple(replace(rule, **change) if rule == ours else rule for rule in self.document.rules)
        document = replace(self.document, rules=changed)
        assert [ours.memo in words for words in altered(document)] == [True]
        assert altered(closed(document, ADA, ANNA)) == []

    def test_a_rule_of_ours_that_lost_its_comment_is_people_s_from_then_on(self):
        """Ours is written again, before it."""
        first = next(rule for rule in self.document.rules if rule.permissions == "-S")
        changed = tuple(replace(rule, memo="") if rule == first else rule for rule in self.document.rules)
        document = replace(self.document, rules=changed)
        assert any(first.memo in words for words in altered(document))
        assert altered(closed(document, ADA, ANNA)) == []

    @pytest.mark.parametrize("place", ["Notes", "Jury", "Classement", "*"])
    def test_one_that_somebody_added_with_our_comment_is_named_and_goes(self, place):
        memo = "eig-sheets : et moi"
        extra = theirs(f"{place}:*", "+R", "True", memo, row_id=99, position=90.0)
        resource = self.document.resources.get((place, "*"), extra.resource)
        extra = replace(extra, resource=resource)
        resources = {**self.document.resources, (place, "*"): resource}
        document = replace(self.document, rules=(*self.document.rules, extra), resources=resources)
        assert [memo in words for words in altered(document)] == [True]
        assert memo not in [rule.memo for rule in closed(document, ADA, ANNA).rules]

    def test_one_that_only_says_who_somebody_is_may_come_before_ours(self):
        """As Grist orders them when somebody saves its page of rules."""
        named = theirs("*:*", "", "", "qui est qui", attributes='{"name": "Autre"}')
        named = replace(named, resource=self.document.resources["*", "*"])
        assert altered(replace(self.document, rules=placed([named, *self.document.rules]))) == []

    def test_a_rule_of_people_s_that_comes_before_ours_is_named_and_comes_after_again(self):
        opened = theirs("*:*", "all", "True", "Les chefs", row_id=99)
        opened = replace(opened, resource=self.document.resources["*", "*"])
        document = replace(self.document, rules=placed([opened, *self.document.rules]))
        assert any(
            "« Les chefs » passe avant « eig-sheets : qui n’est pas nommé" in words for words in altered(document)
        )
        again = closed(document, ADA, ANNA)
        assert altered(again) == []
        assert [rule.memo for rule in again.rules if rule.table == "*"][-1] == "Les chefs"

    def test_the_order_of_ours_about_one_thing_counts(self):
        """Of two that apply, the first alone counts."""
        ours = [rule for rule in self.document.rules if f"{rule.table}:{rule.columns}" == "Evaluations:*"]
        others = [rule for rule in self.document.rules if rule not in ours]
        assert altered(replace(self.document, rules=placed([*others, *ours]))) == []
        assert altered(replace(self.document, rules=placed([*others, *reversed(ours)])))

    def test_people_s_rule_about_something_else_needs_one_of_ours_before_it(self):
        other = theirs("Jury:*", "+R", "True", position=90.0)
        document = replace(
            self.document,
            rules=(*self.document.rules, other),
            resources={**self.document.resources, ("Jury", "*"): other.resource},
        )
        assert [words.endswith("(Jury)") for words in altered(document) if "nommé" in words] == [True]

    def test_the_formula_of_the_roles_is_one_of_the_rules(self):
        document = replace(self.document, readers=replace(self.document.readers, role="return 'responsable'"))
        assert altered(document) == [f"la formule « role » de {READERS}"]
        assert closed(document, ADA, ANNA) == self.document

    def test_the_words_name_the_table_as_people_do(self):
        gone = tuple(rule for rule in self.document.rules if rule.table != "Evaluations")
        assert all(words.endswith("(Évaluations)") for words in altered(replace(self.document, rules=gone)))


def renamed(document: Document) -> Document:
    """The document once people have renamed a column, of which Grist changes the rules and our formula."""

    def of(table: GristTable) -> GristTable:
        columns = tuple(
            replace(column, id=column.id.replace("jure", "qui").replace("email", "mel")) for column in table.columns
        )
        return replace(table, columns=columns)

    def followed(rule: AccessRule) -> AccessRule:
        columns, formula = (
            text.replace("jure", "qui") for text in (rule.columns, rule.formula.replace(".jure", ".qui"))
        )
        return replace(rule, columns=columns, formula=formula.replace('"qui"', '"jure"'))

    readers = replace(document.readers, role=document.readers.role.replace("email=", "mel="))
    rules = tuple(map(followed, document.rules))
    return replace(document, tables=tuple(map(of, document.tables)), rules=rules, readers=readers)


def test_a_column_that_people_rename_alters_nothing():
    document = closed(open_document(), ADA, ANNA)
    after = renamed(document)
    assert ("Evaluations", "qui") in {(rule.table, rule.columns) for rule in after.rules}
    assert altered(after) == []
    assert altered(after, access.structure_of(document))


def test_a_document_that_was_never_closed_has_no_rule_to_miss():
    state = access.state_of(open_document(), (), public=False)
    assert (state.access, state.readers, state.altered) == (None, frozenset(), ())


def test_a_row_of_the_readers_that_is_nobody_s_kind_is_none():
    document = closed(open_document(), ADA)
    rows = tuple(replace(row, role="chef") if row.address == ADA.address else row for row in document.readers.rows)
    state = access.state_of(replace(document, readers=replace(document.readers, rows=rows)), (), public=False)
    assert state.readers == frozenset()


def test_a_reader_of_each_kind_is_read_again():
    everybody = {ADA, ANNA, Reader("lea@example.org", Role.TEAM)}
    assert access.state_of(closed(open_document(), *everybody), (), public=False).readers == everybody
