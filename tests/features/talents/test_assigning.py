"""The assignment of candidates to their jury: who is heard, who stands aside, what counts of it in the results."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from eig_sheets.call.jury import assignment_texts
from eig_sheets.call.jury.assigning import assigning
from eig_sheets.call.jury.assignments import assignments_of, recorded_assignments
from eig_sheets.call.jury.plan_assignment import EVERYONE, plan_assigning
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus, named_pairs
from eig_sheets.config import with_sections
from eig_sheets.features.talents.assigned import NAME, TAB, TABLE
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.pending import pending_candidates
from eig_sheets.features.talents.recusals import recusals_of_candidates
from eig_sheets.features.talents.subject import SUBJECT as CANDIDATES
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun
from tests.columns import EIG5
from tests.features.talents.builders import read_by
from tests.robot_sheets import sheets_of
from tests.team_call import heard, laureate, talent
from tests.workbook.snapshots import at, book, juror, places_of, reading, shown, tab

NAMES = ("anna", "bob", "chloe", "dora", "eve")
NOW = datetime(2021, 6, 6, 9)
PROJECTS = (laureate("101"), laureate("102", administration="Ministère du ciel"))
PEOPLE = (
    talent("T-1", "Designer", "101"),
    talent("T-2", "Designer", "102", "101", prenom="Zoé", nom="Le Goff"),
    talent("T-3", "Développeur", "102"),
    talent("T-4", "Développeur", "101"),
)


def address(name):
    return f"{name}@jury.example"


def called(people=PEOPLE, jurors=None, reviews=(), projects=PROJECTS, **rules):
    """The reading of one workbook that has both."""
    campaign = read_by(**rules)
    jury = [juror(name) for name in NAMES] if jurors is None else jurors
    others = (tab("talents", people), tab("evaluations_talents", reviews))
    return reading(book(projects, jury, (), *others), campaign)


def assigned(made, recorded=(), *, adjust=False):
    return assigning(made, recorded, adjust=adjust, subject=CANDIDATES)


def with_pairs(made, *pairs):
    """The same workbook with the tab of the assignments, as the robot writes it."""
    lines = TABLE.cells(named_pairs(pairs, {}, made.valid_rows("jury")))
    written = shown(Sheet(TAB, NAME, Owner.ROBOT, TABLE.sheet_columns, lines), mark=TAB)
    snapshot = replace(made.snapshot, tabs=(*made.snapshot.tabs, written))
    return read(snapshot, made.configured)


def test_each_candidate_has_their_jurors_and_loads_are_level():
    assignment = assigned(called())
    assert {number: sum(pair[0] == number for pair in assignment.pairs) for number in ("T-1", "T-2", "T-3", "T-4")} == {
        "T-1": 3, "T-2": 3, "T-3": 3, "T-4": 3
    }  # fmt: skip
    assert sorted(assignment.loads.values()) == [2, 2, 2, 3, 3]
    assert (
        assignment_texts.summary(assignment)[0]
        == "4 candidats et 5 jurés\u202f: 12 évaluations, de 2 à 3 candidats chacun."
    )


@pytest.mark.parametrize(
    ("fields", "is_noted"),
    [
        ({"statut": "Présélectionné"}, True),
        ({"statut": "Liste d’attente"}, True),
        ({"statut": None}, False),
        ({"statut": "À évaluer"}, False),
        ({"statut": "Désisté"}, False),
        ({"statut": "Non retenu"}, False),
        ({"statut": "Non retenu", "audition": datetime(2021, 6, 7, 9)}, True),
        ({"statut_actuel": "Fonctionnaire"}, False),
    ],
)
def test_who_is_heard_is_who_is_preselected_or_was_heard_and_is_eligible(fields, is_noted):
    person = talent("T-9", "Designer", "101", **fields)
    assert ("T-9" in CANDIDATES.numbers(called([person, *PEOPLE]))) is is_noted


def test_who_was_refused_after_an_evaluation_was_heard():
    person = talent("T-9", "Designer", "101", statut="Non retenu")
    assert "T-9" in CANDIDATES.numbers(called([person], reviews=[heard("T-9", 12)]))


@pytest.mark.parametrize(
    ("deport", "aside"),
    [
        ("T-2", {"T-2"}),
        ("n° t-2 (un ami)", {"T-2"}),
        ("Zoé Le Goff", {"T-2"}),
        ("Mme LE GOFF Zoe", {"T-2"}),
        ("Le Goff", set()),
        ("101", {"T-1", "T-2", "T-4"}),
        ("Projet 102", {"T-2", "T-3"}),
        ("Ministère du ciel", {"T-2", "T-3"}),
        ("aucun", set()),
    ],
)
def test_a_deport_of_jury_names_a_candidate_or_the_project_that_they_chose(deport, aside):
    made = called(jurors=[juror("anna", deports=deport), *(juror(name) for name in NAMES[1:])])
    assert {*recusals_of_candidates(made)} == {(number, address("anna")) for number in aside}
    hers = {pair for pair in assigned(made).pairs if pair[1] == address("anna")}
    assert hers.isdisjoint(recusals_of_candidates(made))


def test_a_deport_of_the_evaluations_and_one_s_own_candidature_set_aside_too():
    people = [*PEOPLE, talent("T-9", "Designer", "101", email=address("bob"))]
    typed = {"candidature": "T-1", "jure": address("anna"), "deport": "oui"}
    recusals = recusals_of_candidates(called(people, reviews=[typed]))
    assert {*recusals} == {("T-1", address("anna")), ("T-9", address("bob"))}


def test_who_submits_a_project_notes_who_chose_it():
    made = called(projects=(laureate("101", email_porteur=address("anna"), email_mentor=address("bob")), PROJECTS[1]))
    assert {*recusals_of_candidates(made)} == set()


def test_a_deport_that_names_a_candidate_is_known_beside_the_dossiers():
    jurors = [juror("anna", deports="T-2 ; Zoé Le Goff ; 999"), *(juror(name) for name in NAMES[1:])]
    told = [anomaly for anomaly in called(jurors=jurors).anomalies if anomaly.code == "deport_inconnu"]
    assert [(anomaly.cell, "999" in anomaly.message) for anomaly in told] == [(at("jury", "deports"), True)]


def test_in_a_workbook_of_candidates_a_deport_names_a_candidate_or_a_project_of_the_other():
    two = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}})
    jurors = [juror("anna", deports="T-2 ; 102 ; Zoé Dupont"), juror("bob", deports="néant")]
    tabs = (tab("talents", PEOPLE), tab("jury", jurors), tab("evaluations_talents", []))
    own = read(Snapshot(tabs, "1"), two.for_talents()).with_linked(read(book(PROJECTS), two))
    assert {*recusals_of_candidates(own)} == {(number, address("anna")) for number in ("T-2", "T-3")}
    told = [anomaly for anomaly in compute(own).anomalies if anomaly.code == "deport_inconnu"]
    assert places_of(told) == [("deport_inconnu", "Jury", at("jury", "deports"))]
    assert "n’est ni un projet, ni un numéro ni un nom de" in told[0].message


def test_what_was_noted_is_kept_and_a_row_without_notes_is_asked_for():
    typed = [heard("T-1", 15, name="anna"), {"candidature": "T-1", "jure": address("bob")}]
    assignment = assigned(called(reviews=typed))
    statuses = {pair.jure: pair.status for pair in assignment.assignments if pair.numero == "T-1"}
    assert (statuses[address("anna")], statuses[address("bob")]) == (AssignmentStatus.KEPT, AssignmentStatus.LOCKED)


def test_jurors_who_know_a_metier_come_first_at_equal_loads():
    jurors = [juror(name, expertise="designer" if name < "c" else None) for name in NAMES]
    assignment = assigned(called(jurors=jurors))
    assert {(number, address(name)) for number in ("T-1", "T-2") for name in ("anna", "bob")} <= assignment.pairs


def test_what_cannot_be_is_told_in_words_of_candidates():
    made = called(max_per_juror=2, reads=3)
    texts = assignment_texts.relaxed_texts(made, assigned(made))
    assert texts[0] == "jury.talents.max_per_juror de la configuration\u202f: 3 candidats au lieu de 2."
    assert texts[1].startswith("En tout, il faut 12 évaluations")
    made = called(jurors=[juror("anna"), juror("bob")])
    assert assignment_texts.relaxed_texts(made, assigned(made))[0] == (
        "le candidat T-1\u202f: 2 évaluations au lieu de 3 (2 lecteurs possibles sans déport)."
    )


def test_one_evaluation_each_compares_nobody():
    made = called(reads=1)
    assert assignment_texts.waived_texts(made, assigned(made)) == [
        "Une seule évaluation par candidat\u202f: rien ne compare la sévérité des jurés."
    ]


def test_the_plan_writes_the_tab_and_the_rows_of_who_types_and_no_other_cell():
    run = plan_assigning(called(), LastRun(), NOW, typists={EVERYONE}, subject=CANDIDATES)
    [rows] = [operation for operation in run.plan.operations if isinstance(operation, AppendRows)]
    assert (rows.tab, run.added) == ("Évaluations talents", 12)
    made = [operation.sheet for operation in run.plan.operations if isinstance(operation, CreateTab)]
    assert sorted(sheet.name for sheet in made) == [NAME, "Journal"]
    [sheet] = [sheet for sheet in made if sheet.name == NAME]
    assert [row[:3] for row in sheet.rows[:1]] == [("T-1", "Prénom-T-1 Nom-T-1", run.outcome.assignments[0].jure)]


class TestRecorded:
    PAIRS = tuple(Assignment(number, address(name)) for number, name in (
        ("T-1", "anna"), ("T-1", "bob"), ("T-2", "bob"), ("T-3", "chloe")
    ))  # fmt: skip

    def test_pairs_are_read_back_and_an_edited_row_is_trusted_by_nobody(self):
        made = with_pairs(called(), *self.PAIRS)
        assert recorded_assignments(made, subject=CANDIDATES) == self.PAIRS
        written = made.snapshot.tab(NAME)
        written.rows[1][2] = address("eve")
        assert recorded_assignments(read(made.snapshot, made.configured), subject=CANDIDATES) == self.PAIRS[1:]

    def test_adjusting_changes_as_little_as_possible(self):
        people = [talent(f"T-{place}", "Designer", "101") for place in range(1, 9)]
        before = assigned(called(people)).assignments
        number = next(pair.numero for pair in before if pair.jure == address("anna"))
        jurors = [juror("anna", deports=number), *(juror(name) for name in NAMES[1:])]
        after = assigned(called(people, jurors), before, adjust=True)
        assert after.before - after.pairs == {(number, address("anna"))}
        assert len(after.pairs - after.before) == 1

    @pytest.mark.parametrize(
        ("people", "jurors", "reason"),
        [
            ([{**PEOPLE[0], "statut": "Désisté"}, *PEOPLE[1:]], NAMES, "le jury n’entend plus ce candidat"),
            (PEOPLE, NAMES[1:], "cette adresse n’est plus dans l’onglet Jury"),
        ],
    )
    def test_a_pair_that_holds_no_more_is_an_anomaly_and_does_not_count(self, people, jurors, reason):
        made = with_pairs(called(people, [juror(name) for name in jurors]), self.PAIRS[0], self.PAIRS[3])
        told = [anomaly for anomaly in compute(made).anomalies if anomaly.code == "affectation_talent_caduque"]
        assert [(anomaly.tab, anomaly.dossier, reason in anomaly.message) for anomaly in told] == [(NAME, "T-1", True)]
        assert "--talents jury assign --adjust" in told[0].remedy
        assert assignments_of(made, self.PAIRS, CANDIDATES)["numero"].tolist().count("T-3") == 1

    @pytest.mark.slow
    def test_results_count_what_is_expected_and_received(self):
        made = with_pairs(called(reviews=[heard("T-1", 15, name="anna"), heard("T-2", 12, name="eve")]), *self.PAIRS)
        results = compute(made)
        expected = results.of(RESULTS).expected.to_dict("records")
        assert [(row["candidature"], row["received"]) for row in expected] == [
            ("T-1", True), ("T-1", False), ("T-2", False), ("T-3", False),
        ]  # fmt: skip
        assert results.of(RESULTS).expected_reviews == {"T-1": 2, "T-2": 1, "T-3": 1}
        sheet = sheets_of(made, results)["classement_talents"]
        place = [column.header for column in sheet.columns].index("Évaluations")
        of_metiers = {row[3]: row[place] for row in sheet.rows if row[0] == "Métier"}
        assert of_metiers == {"T-1": "1 / 2", "T-2": "1 / 1", "T-3": "0 / 1", "T-4": "0 / 0"}
        told = [line.what for line in pending_candidates(made, results, date(2021, 6, 20))]
        assert "3 candidats entendus attendent des évaluations" in told

    def test_without_the_tab_nothing_is_expected_and_none_is_made(self):
        made = called(reviews=[heard("T-1", 15)])
        results = compute(made)
        assert (results.of(RESULTS).expected, TAB in sheets_of(made, results)) == (None, False)
        told = [line.what for line in pending_candidates(made, results, date(2021, 6, 20))]
        assert "4 candidats entendus sans assez d’évaluations" in told

    @pytest.mark.slow
    def test_where_candidates_are_apart_the_projects_workbook_knows_of_them_and_shows_nothing(self):
        two = with_sections(EIG5, {"workbook": {**EIG5.workbook.model_dump(), "talents": "talents.xlsx"}})
        jurors = [juror(name) for name in NAMES]
        tabs = (tab("talents", PEOPLE), tab("jury", jurors), tab("evaluations_talents", []))
        alone = read(Snapshot(tabs, "1"), two.for_talents())
        projects = read(book(PROJECTS, [juror("zoe")]), two)
        own = with_pairs(alone, *self.PAIRS).with_linked(projects)
        other = projects.with_linked(own)
        for made, is_shown in ((own, True), (other, False)):
            results = compute(made)
            assert results.of(RESULTS).expected_reviews == {"T-1": 2, "T-2": 1, "T-3": 1}
            assert (TAB in sheets_of(made, results)) is is_shown
