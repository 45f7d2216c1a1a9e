"""Each scenario beside the official ranking of a call where its change is made for good."""

import random
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import assume, given

from eig_sheets.call.scoring import sensitivity
from eig_sheets.call.scoring.calibration import expected_ranks
from eig_sheets.call.scoring.sensitivity import Change
from tests.call import builders as build
from tests.call.scoring.sensitivity.support import ballots_of, changed, fewer, juries, ranked


@pytest.mark.slow
@fewer
@given(juries())
def test_each_scenario_is_the_official_ranking_of_a_call_with_other_rules(call):
    before = ranked(call)
    assume(before)
    places = call[2].campaign.target
    for scenario in sensitivity.scenarios(ballots_of(call), places):
        after = {numero: rank for numero, rank in ranked(changed(call, scenario)).items() if numero in before}
        assert scenario.ranks == after, scenario
        within = [{numero for numero, rank in ranks.items() if rank <= places} for ranks in (before, after)]
        assert scenario.enters == tuple(sorted(within[1] - within[0]))
        assert scenario.leaves == tuple(sorted(within[0] - within[1]))


@pytest.mark.slow
def test_by_expected_rank_each_scenario_is_that_official_ranking():
    """Juror a is generous, and reads some dossiers alone: corrected, they are not where their notes are."""
    dice = random.Random(3)
    rows = [
        build.evaluation(str(n), f"{juror}@jury.example", [min(4, dice.choice([1, 2, 2.5, 3]) + (juror == "a"))] * 5)
        for n in range(1, 8) for juror in ("ab", "bc", "ac")[n % 3] + ("d" if n % 2 else "")
    ]  # fmt: skip
    ranking = build.EIG5.ranking.model_copy(update={"method": "expected_rank", "tie_break": ()})
    rules = build.EIG5.model_copy(update={"ranking": ranking})
    call = (build.dossiers(*[{}] * 7), build.evaluations(*rows), rules)
    expected = partial(expected_ranks, note_range=15)
    cast = replace(ballots_of(call), expected=expected)
    ranks_of = {(scenario.change, scenario.subject): scenario.ranks for scenario in sensitivity.scenarios(cast, 3)}
    for scenario in sensitivity.scenarios(ballots_of(call), 3):
        official = build.rank(*changed(call, scenario))
        official = official[official["rank"].notna()]
        assert ranks_of[scenario.change, scenario.subject] == dict(
            zip(official["numero"], official["rank"], strict=True)
        ), scenario
    assert any(
        scenario.ranks != ranks_of[scenario.change, scenario.subject]
        for scenario in sensitivity.scenarios(ballots_of(call), 3)
    )


@fewer
@given(juries())
def test_the_scenarios_are_each_criterion_twice_and_each_juror_once(call):
    assume(ranked(call))
    ballots = ballots_of(call)
    subjects = [(scenario.change, scenario.subject) for scenario in sensitivity.scenarios(ballots, 2)]
    jurors = sorted(set(ballots.jurors))
    changes = (Change.WITHOUT_CRITERION, Change.DOUBLE_CRITERION)
    assert subjects == [(change, name) for name in build.CRITERIA for change in changes] + (
        [(Change.WITHOUT_JUROR, juror) for juror in jurors] if len(jurors) > 1 else []
    )


def test_the_scenario_without_the_juror_who_decides_the_top_is_found():
    sheet = build.dossiers({}, {}, {})
    reviews = build.evaluations(
        build.evaluation("1", "a@jury.example", [4, 4, 4, 4, 4]), build.evaluation("1", "b@jury.example", [2] * 5),
        build.evaluation("2", "a@jury.example", [2] * 5), build.evaluation("2", "b@jury.example", [3.5] * 5),
        build.evaluation("3", "a@jury.example", [1] * 5), build.evaluation("3", "b@jury.example", [1, 1, 1, 1, 4]),
    )  # fmt: skip
    scenario_of = {
        (scenario.change, scenario.subject): scenario
        for scenario in sensitivity.scenarios(ballots_of((sheet, reviews, build.EIG5)), 1)
    }
    without_a = scenario_of[Change.WITHOUT_JUROR, "a@jury.example"]
    assert (without_a.enters, without_a.leaves, without_a.ranks) == (("2",), ("1",), {"2": 1, "1": 2, "3": 3})
    without_b = scenario_of[Change.WITHOUT_JUROR, "b@jury.example"]
    assert (without_b.enters, without_b.leaves) == ((), ())


def test_with_one_criterion_and_one_juror_nothing_can_be_left_out():
    alone = build.EIG5.ranking.model_copy(update={"tie_break": ()})
    rules = build.EIG5.model_copy(update={"criteria": build.EIG5.criteria[:1], "ranking": alone})
    sheet = build.dossiers({}, {})
    reviews = build.evaluations(*(build.evaluation(numero, "a@jury.example", [3] * 5) for numero in "12"))
    assert sensitivity.scenarios(ballots_of((sheet, reviews, rules)), 1) == ()
    assert sensitivity.analyse_rank("1", ballots_of((sheet, reviews, rules)), 1).tied == ("2",)
