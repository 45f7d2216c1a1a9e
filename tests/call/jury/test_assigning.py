"""The assignment of a workbook: what its rows demand, whoever sorts them; what is said when they cannot be met."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.jury import assignment_texts
from eig_sheets.call.jury.assigning import assigning
from eig_sheets.call.jury.assignment.robustness import hangs_on_one
from eig_sheets.call.jury.plan_assignment import EVERYONE, plan_assigning
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.domain.rules import JuryRules
from eig_sheets.spreadsheet.model.plan import AppendRows
from eig_sheets.storage.last_run import LastRun
from tests.workbook.snapshots import EIG5, at, book, dossier, evaluation, juror, reading

NAMES = tuple(f"jure{place:02}" for place in range(12))
NUMBERS = tuple(str(number) for number in range(101, 119))
BLANK = (None,) * 5


def address(name):
    return f"{name}@jury.example"


def workbook(dossiers=None, jurors=None, evaluations=(), **rules):
    campaign = EIG5.model_copy(update={"jury": JuryRules(**rules)})
    rows = [dossier(number) for number in NUMBERS] if dossiers is None else dossiers
    return reading(book(rows, [juror(name) for name in NAMES] if jurors is None else jurors, evaluations), campaign)


def assigned(read, recorded=(), *, adjust=False):
    return assigning(read, recorded, adjust=adjust)


def readers(assignment, numero):
    return {pair.jure.partition("@")[0]: pair.status for pair in assignment.assignments if pair.numero == numero}


def test_each_dossier_has_its_readers_and_loads_are_level():
    assignment = assigned(workbook())
    assert {numero: len(readers(assignment, numero)) for numero in NUMBERS} == dict.fromkeys(NUMBERS, 4)
    assert set(assignment.loads.values()) == {6}
    assert not hangs_on_one(assignment.assigned.pairs)
    assert assignment_texts.summary(assignment)[1] == "Aucune répartition n’est meilleure\u202f: c’est prouvé."


def test_who_is_recused_reads_nothing_of_it_and_a_dossier_set_aside_is_read_by_nobody():
    dossiers = [
        dossier("101", administration="Maison jure00", email_porteur=address("jure01")),
        dossier("102", preselection="Écarté – insuffisant"),
        dossier("103", decision="Désisté"),
        *(dossier(number) for number in NUMBERS[3:]),
    ]
    jurors = [juror(name) for name in NAMES]
    jurors[2]["deports"] = "101 ; Direction des phares"
    declared = [evaluation("101", "jure03", *BLANK, deport="oui"), evaluation("101", "jure04", *BLANK)]
    read = workbook(dossiers, jurors, declared)
    assignment = assigned(read)
    assert assignment.loads[address("jure02")] == 0
    assert {"jure00", "jure01", "jure02", "jure03"}.isdisjoint(readers(assignment, "101"))
    assert readers(assignment, "101")["jure04"] is AssignmentStatus.LOCKED
    assert {"102", "103"}.isdisjoint(pair.numero for pair in assignment.assignments)
    assert assignment.pairs.isdisjoint(recusals_of(read))


@pytest.mark.parametrize("field", ["email_porteur", "email_porteur_2", "email_mentor"])
def test_whoever_answers_for_a_project_is_recused(field):
    read = reading(book([dossier("101", **{field: address("anna")}), dossier("102")]))
    assert {*recusals_of(read)} == {("101", address("anna"))}


def test_only_preselected_dossiers_are_read_once_there_is_one():
    dossiers = [dossier(number, preselection="Présélectionné" if number < "107" else None) for number in NUMBERS]
    assert {pair.numero for pair in assigned(workbook(dossiers)).assignments} == set(NUMBERS[:6])


@pytest.mark.parametrize(
    "said",
    [{"pertinence": 3.0}, {"pertinence": "NSP"}, {"pertinence": "trois"}, {"pertinence": 12.0}, {"avis": "Favorable"}],
)
def test_what_was_noted_is_kept_whatever_can_be_read_of_it(said):
    noted = evaluation("101", "jure00", *BLANK, **said)
    assert readers(assigned(workbook(evaluations=[noted])), "101")["jure00"] is AssignmentStatus.KEPT


def test_a_maximum_of_one_s_own_goes_before_that_of_the_configuration():
    jurors = [juror(name, maximum=9.0 if name == "jure00" else None) for name in NAMES]
    assignment = assigned(workbook(jurors=jurors, max_per_juror=6, reads=4))
    assert max(load for name, load in assignment.loads.items() if name != address("jure00")) <= 6
    jurors = [juror(name, maximum=2.0 if name < "jure03" else None) for name in NAMES]
    loads = assigned(workbook(jurors=jurors)).loads
    assert [loads[address(name)] for name in NAMES[:3]] == [2, 2, 2]


@pytest.mark.slow
def test_readers_who_know_the_subjects_come_first_at_equal_loads():
    dossiers = [dossier(number, profils="Data ; Design" if number < "110" else "Droit") for number in NUMBERS]
    jurors = [juror(name, expertise="DATA" if place < 6 else "droit") for place, name in enumerate(NAMES)]
    assignment = assigned(workbook(dossiers, jurors))
    unknown = assignment.assigned.pairs & ~assignment.demands.matched
    plain = assigned(workbook(dossiers))
    assert unknown.sum() < (plain.assigned.pairs & ~assignment.demands.matched).sum() / 2
    assert sorted(assignment.loads.values()) == sorted(plain.loads.values())


@pytest.mark.slow
@given(st.permutations(range(18)), st.permutations(range(12)))
def test_sorting_the_tabs_changes_nothing(rows, lines):
    jurors = [juror(name, maximum=7.0) for name in NAMES]
    dossiers = [dossier(number) for number in NUMBERS]
    first = assigned(workbook(dossiers, jurors)).assignments
    assert assigned(workbook([dossiers[row] for row in rows], [jurors[line] for line in lines])).assignments == first


class TestGroups:
    JURORS = tuple(juror(name, groupe=f"G{place // 3}") for place, name in enumerate(NAMES))

    def test_one_group_reads_a_dossier_and_its_first_juror_who_may_answers_for_it(self):
        jurors = [*self.JURORS]
        jurors[0] = {**jurors[0], "deports": "101 ; 102 ; 103 ; 104 ; 105 ; 106 ; 107 ; 108 ; 109"}
        read = workbook(jurors=jurors, reads_as_group=True)
        assignment = assigned(read)
        assert len(assignment.assignments) == len(NUMBERS)
        loads = assignment.assigned.loads.tolist()
        assert max(loads) - min(loads) == 1
        first = {f"G{place}": address(NAMES[3 * place]) for place in range(4)}
        for pair in assignment.assignments:
            group = f"G{NAMES.index(pair.jure.partition('@')[0]) // 3}"
            recused = group == "G0" and pair.numero < "110"
            assert pair.jure == (address("jure01") if recused else first[group])
        [waived] = assignment_texts.waived_texts(read, assignment)
        assert "un seul groupe" in waived

    def test_who_noted_for_a_group_goes_on_answering_for_it(self):
        assignment = assigned(
            workbook(jurors=self.JURORS, evaluations=[evaluation("101", "jure02")], reads_as_group=True)
        )
        assert readers(assignment, "101") == {"jure02": AssignmentStatus.KEPT}

    def test_a_group_takes_no_more_than_its_juror_who_takes_the_fewest(self):
        jurors = [{**self.JURORS[0], "maximum": 9.0}, {**self.JURORS[1], "maximum": 2.0}, *self.JURORS[2:]]
        assert assigned(workbook(jurors=jurors, reads_as_group=True)).assigned.loads[0] == 2

    def test_a_juror_without_group_reads_alone_and_it_is_said(self):
        read = workbook(jurors=[*self.JURORS[1:], juror("seule")], reads_as_group=True)
        assignment = assigned(read)
        assert assignment.loads[address("seule")] > 0
        assert address("seule") in " ".join(assignment_texts.waived_texts(read, assignment))


class TestAdjust:
    def test_a_withdrawal_drops_its_pairs_and_no_other(self):
        before = assigned(workbook())
        dossiers = [dossier(number, decision="Désisté" if number == "105" else None) for number in NUMBERS]
        after = assigned(workbook(dossiers), before.assignments, adjust=True)
        assert before.pairs - after.pairs == {pair for pair in before.pairs if pair[0] == "105"}
        assert after.pairs <= before.pairs

    def test_a_new_recusal_changes_one_pair(self):
        before = assigned(workbook())
        numero, jure = min(before.pairs)
        jurors = [juror(name, deports=numero if address(name) == jure else None) for name in NAMES]
        after = assigned(workbook(jurors=jurors), before.assignments, adjust=True)
        assert before.pairs - after.pairs == {(numero, jure)}
        assert len(after.pairs - before.pairs) == 1

    def test_a_juror_who_leaves_is_replaced_and_nobody_else_moves(self):
        before = assigned(workbook())
        after = assigned(workbook(jurors=[juror(name) for name in NAMES[1:]]), before.assignments, adjust=True)
        assert before.pairs - after.pairs == {pair for pair in before.pairs if pair[1] == address("jure00")}
        assert len(after.pairs) == len(before.pairs)

    def test_what_was_noted_meanwhile_stays_even_when_nobody_asked_for_it(self):
        before = assigned(workbook())
        other = next(name for name in NAMES if ("101", address(name)) not in before.pairs)
        after = assigned(workbook(evaluations=[evaluation("101", other)]), before.assignments, adjust=True)
        assert readers(after, "101")[other] is AssignmentStatus.KEPT
        assert len(before.pairs ^ after.pairs) == 2

    @pytest.mark.slow
    def test_a_dossier_keeps_the_readers_that_it_has_beyond_those_that_are_wanted(self):
        before = assigned(workbook())
        other = next(name for name in NAMES if ("101", address(name)) not in before.pairs)
        recorded = (*before.assignments, Assignment("101", address(other), AssignmentStatus.KEPT))
        for rules in ({}, {"reads": 3}):
            after = assigned(workbook(**rules), recorded, adjust=True)
            assert after.pairs == before.pairs | {("101", address(other))}
        assert len(readers(assigned(workbook(), recorded), "101")) == 4
        full = [juror(name, maximum=6.0 if name == other else None) for name in NAMES]
        assert assigned(workbook(jurors=full), recorded, adjust=True).pairs == before.pairs

    def test_a_new_juror_takes_nothing_from_anybody(self):
        before = assigned(workbook())
        after = assigned(workbook(jurors=[juror("nouvelle"), *map(juror, NAMES)]), before.assignments, adjust=True)
        assert after.pairs == before.pairs
        assert "Sans dossier\u202f: nouvelle@jury.example." in assignment_texts.summary(after)


class TestRelaxed:
    def test_a_dossier_that_too_few_may_read(self):
        jurors = [juror(name, deports="101" if name > "jure02" else None) for name in NAMES]
        read = workbook(jurors=jurors)
        assignment = assigned(read)
        [text] = assignment_texts.relaxed_texts(read, assignment)
        assert text == "le dossier 101\u202f: 3 lectures au lieu de 4 (3 lecteurs possibles sans déport)."
        assert len(readers(assignment, "101")) == 3

    def test_the_maximum_of_the_configuration(self):
        read = workbook(max_per_juror=5)
        text, room = assignment_texts.relaxed_texts(read, assigned(read))
        assert text == "jury.max_per_juror de la configuration\u202f: 6 dossiers au lieu de 5."
        assert room.startswith("En tout, il faut 72 lectures, et les maxima du jury en permettent 60")

    def test_the_maximum_of_a_juror_with_its_cell(self):
        jurors = [juror(name, maximum=6.0 if name != "jure11" else 5.0) for name in NAMES]
        read = workbook(jurors=jurors)
        text, _ = assignment_texts.relaxed_texts(read, assigned(read))
        cells = [at("jury", "maximum", place) for place in range(1, 13)]
        assert any(f"(Jury, {cell})" in text or f"(Jury!{cell})" in text for cell in cells), text
        assert "dossiers au lieu de" in text


class TestPlan:
    NOW = datetime(2021, 4, 20, 9)

    def test_rows_are_added_once_for_who_types_there(self):
        typed = [evaluation(NUMBERS[0], "jure00", *BLANK)]
        run = plan_assigning(workbook(evaluations=typed), LastRun(), self.NOW, typists={address("jure00")})
        [added] = [operation for operation in run.plan.operations if isinstance(operation, AppendRows)]
        wanted = {pair for pair in run.outcome.pairs if pair[1] == address("jure00")} - {
            (NUMBERS[0], address("jure00"))
        }
        assert {tuple(value for value in row if value) for row in added.rows} == wanted
        assert run.added == len(wanted) == 5

    def test_rows_that_the_robot_added_lock_nothing(self):
        first = assigned(workbook())
        rows = [
            evaluation(assignment.numero, assignment.jure.partition("@")[0], *BLANK) for assignment in first.assignments
        ]
        again = assigned(workbook(evaluations=rows), first.assignments)
        assert again.assignments == first.assignments
        run = plan_assigning(workbook(evaluations=rows), LastRun(), self.NOW, typists={EVERYONE})
        assert run.added == 0

    def test_rows_that_nothing_lets_be_added_are_left_to_people(self):
        read = workbook()
        refusing = replace(read, snapshot=replace(read.snapshot, refused=frozenset({"Évaluations"})))
        run = plan_assigning(refusing, LastRun(), self.NOW, typists={address("jure00")})
        assert (run.added, run.left_out) == (0, 6)
        assert not any(isinstance(operation, AppendRows) for operation in run.plan.operations)
        assert run.plan

    def test_nothing_is_planned_when_demands_have_to_be_relaxed(self):
        run = plan_assigning(workbook(max_per_juror=5), LastRun(), self.NOW, typists={EVERYONE})
        assert not run.plan
        assert run.outcome.assigned.relaxed


def test_a_pair_that_is_recorded_and_typed_by_a_person_stays_locked():
    typed = [evaluation("101", "jure00", *BLANK)]
    recorded = (Assignment("101", address("jure00"), AssignmentStatus.LOCKED),)
    assignment = assigned(workbook(evaluations=typed), recorded)
    assert readers(assignment, "101")["jure00"] is AssignmentStatus.LOCKED
