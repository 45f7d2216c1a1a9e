"""Each change beside the official ranking of a call where the change is made for good."""

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eig_sheets.domain import sensitivity
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.domain.sensitivity import Change
from tests.domain import builders as build
from tests.domain import strategies
from tests.effort import examples

pytestmark = pytest.mark.newest

HAIR = 1e-6
fewer = settings(max_examples=examples(5))

SCORES = st.sampled_from([1, 2, 2.5, 3, 3, 4, 4, "NSP"])


@st.composite
def juries(draw):
    """Some dossiers that may be ranked, who scored them, and the rules."""
    count = draw(st.integers(2, 5))
    sheet = build.dossiers(*[{}] * count)
    pairs = [(str(place), f"jure{juror}@jury.example") for place in range(1, count + 1) for juror in range(3)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=2))
    rows = [build.evaluation(*pair, [draw(SCORES) for _ in build.CRITERIA]) for pair in chosen]
    rows.append(build.evaluation("1", "retard@jury.example", [4, 4, 4, 4, None]))
    return sheet, build.evaluations(*rows), draw(strategies.campaign())


def ranked(call):
    """The ranks that the official ranking gives, by number."""
    found = build.rank_by_notes(*call)
    found = found[found["rank"].notna()]
    return dict(zip(found["numero"], found["rank"].astype(int), strict=True))


def ballots_of(call):
    _, reviews, rules = call
    evaluated = build.evaluate(reviews, rules)
    return sensitivity.ballots(
        list(ranked(call)), evaluated, reviews, rules.criteria, rules.scoring, rules.ranking.tie_break
    )


def changed(call, one):
    """The same call where the change is the rule, and the evaluations are those that counted before it."""
    sheet, reviews, rules = call
    counted = build.evaluate(reviews, rules)["status"] == EvaluationStatus.INCLUDED
    reviews = reviews[counted]
    criteria = list(rules.criteria)
    place = [criterion.id for criterion in criteria].index(one.subject) if one.change is not Change.WITHOUT_JUROR else 0
    if one.change is Change.WITHOUT_JUROR:
        reviews = reviews[reviews["jure"] != one.subject]
    elif one.change is Change.DOUBLE_CRITERION:
        criteria[place] = criteria[place].model_copy(update={"weight": 2 * criteria[place].weight})
    else:
        del criteria[place]
    left = tuple(criterion.id for criterion in criteria)
    ranking = rules.ranking.model_copy(
        update={"tie_break": tuple(name for name in rules.ranking.tie_break if name in left)}
    )
    rules = rules.model_copy(update={"criteria": tuple(criteria), "ranking": ranking})
    return sheet, reviews.reset_index(drop=True), rules


@fewer
@given(juries())
def test_each_scenario_is_the_official_ranking_of_a_call_with_other_rules(call):
    before = ranked(call)
    assume(before)
    places = call[2].campaign.target
    for one in sensitivity.scenarios(ballots_of(call), places):
        after = {numero: rank for numero, rank in ranked(changed(call, one)).items() if numero in before}
        assert one.ranks == after, one
        within = [{numero for numero, rank in ranks.items() if rank <= places} for ranks in (before, after)]
        assert one.enters == tuple(sorted(within[1] - within[0]))
        assert one.leaves == tuple(sorted(within[0] - within[1]))


@fewer
@given(juries())
def test_the_scenarios_are_each_criterion_twice_and_each_juror_once(call):
    assume(ranked(call))
    ballots = ballots_of(call)
    found = [(one.change, one.subject) for one in sensitivity.scenarios(ballots, 2)]
    jurors = sorted(set(ballots.jurors))
    changes = (Change.WITHOUT_CRITERION, Change.DOUBLE_CRITERION)
    assert found == [(change, name) for name in build.CRITERIA for change in changes] + (
        [(Change.WITHOUT_JUROR, juror) for juror in jurors] if len(jurors) > 1 else []
    )


@fewer
@given(juries(), st.data())
def test_the_neighbours_are_those_of_the_official_ranking(call, data):
    ranks = ranked(call)
    assume(ranks)
    numero = data.draw(st.sampled_from(sorted(ranks)))
    places = call[2].campaign.target
    found = sensitivity.analyse_rank(numero, ballots_of(call), places)
    assert found.rank == ranks[numero]
    assert set(found.tied) == {other for other in ranks if ranks[other] == ranks[numero]} - {numero}
    above = [rank for rank in ranks.values() if rank < found.rank]
    below = [rank for rank in ranks.values() if rank > found.rank]
    assert (found.above.rank if found.above else None) == max(above, default=None)
    assert (ranks[found.below.numero] if found.below else None) == min(below, default=None)
    assert (found.line is None) == (len({rank <= places for rank in ranks.values()}) == 1)
    if found.line:
        out, within = found.line.numero, found.line.ahead
        assert ranks[within] <= places < ranks[out]
        assert numero in (out, within)


@fewer
@given(juries(), st.data())
def test_pulls_add_up_to_the_note(call, data):
    ranks = ranked(call)
    assume(ranks)
    numero = data.draw(st.sampled_from(sorted(ranks)))
    _, reviews, rules = call
    ballots = ballots_of(call)
    found = sensitivity.analyse_rank(numero, ballots, 2)
    means = build.score(reviews, ranks, rules)
    average = means[list(build.CRITERIA)].mean()
    own = reviews[build.evaluate(reviews, rules)["note"].notna() & (reviews["numero"] == numero)]
    as_average = own.assign(**{name: average[name] for name in build.CRITERIA})
    imagined = build.evaluate(as_average, rules)["note"].mean()
    assert sum(part.points for part in found.contributions) == pytest.approx(found.note - imagined, abs=1e-6)
    assert [abs(part.points) for part in found.contributions] == sorted(
        (abs(part.points) for part in found.contributions), reverse=True
    )
    for part in found.contributions:
        assert (part.mean is None) == pd.isna(means.at[numero, part.criterion])
        assert part.mean is None or part.mean == pytest.approx(means.at[numero, part.criterion])
        assert part.average is None or part.average == pytest.approx(average[part.criterion])


@fewer
@given(juries(), st.data())
def test_what_it_would_take_passes_and_a_hair_less_does_not(call, data):
    sheet, reviews, rules = call
    ranks = ranked(call)
    assume(len(set(ranks.values())) > 1)
    numero = data.draw(st.sampled_from([other for other in ranks if ranks[other] > 1]))
    found = sensitivity.analyse_rank(numero, ballots_of(call), rules.campaign.target).above
    counted = build.evaluate(reviews, rules)["note"].notna() & (reviews["numero"] == numero)
    assert found.reviews == counted.sum()
    [row, *_] = reviews.index[counted]
    for hair, passes in ((HAIR, True), (-HAIR, False)):
        raised = reviews.copy()
        names = [name for name in build.CRITERIA if not pd.isna(raised.at[row, name])]
        for name in names:
            raised.at[row, name] += (found.points_per_evaluation + hair) * rules.scoring.max / 20
        after = ranked((sheet, raised, rules))
        if passes:
            assert after[numero] < after[found.ahead]
        elif found.points > 0:
            assert after[numero] > after[found.ahead]


def test_what_cannot_be_reached_with_one_evaluation_is_reported():
    sheet = build.dossiers({}, {})
    reviews = build.evaluations(
        *(build.evaluation("1", f"{name}@jury.example", [4] * 5) for name in "abc"),
        *(build.evaluation("2", f"{name}@jury.example", [3] * 5) for name in "abc"),
    )
    found = sensitivity.analyse_rank("2", ballots_of((sheet, reviews, build.EIG5)), 1)
    assert found.above == found.line
    assert (found.above.ahead, found.above.points, found.above.points_per_evaluation, found.above.reviews) == (
        "1",
        5,
        15,
        3,
    )
    assert found.above.reachable is False
    assert [(part.criterion, part.points, part.mean, part.average) for part in found.contributions] == [
        (name, -0.5, 3, 3.5) for name in build.CRITERIA
    ]


def test_the_scenario_without_the_juror_who_decides_the_top_is_found():
    sheet = build.dossiers({}, {}, {})
    reviews = build.evaluations(
        build.evaluation("1", "a@jury.example", [4, 4, 4, 4, 4]), build.evaluation("1", "b@jury.example", [2] * 5),
        build.evaluation("2", "a@jury.example", [2] * 5), build.evaluation("2", "b@jury.example", [3.5] * 5),
        build.evaluation("3", "a@jury.example", [1] * 5), build.evaluation("3", "b@jury.example", [1, 1, 1, 1, 4]),
    )  # fmt: skip
    found = {
        (one.change, one.subject): one for one in sensitivity.scenarios(ballots_of((sheet, reviews, build.EIG5)), 1)
    }
    without_a = found[Change.WITHOUT_JUROR, "a@jury.example"]
    assert (without_a.enters, without_a.leaves, without_a.ranks) == (("2",), ("1",), {"2": 1, "1": 2, "3": 3})
    without_b = found[Change.WITHOUT_JUROR, "b@jury.example"]
    assert (without_b.enters, without_b.leaves) == ((), ())


def test_with_one_criterion_and_one_juror_nothing_can_be_left_out():
    alone = build.EIG5.ranking.model_copy(update={"tie_break": ()})
    rules = build.EIG5.model_copy(update={"criteria": build.EIG5.criteria[:1], "ranking": alone})
    sheet = build.dossiers({}, {})
    reviews = build.evaluations(*(build.evaluation(numero, "a@jury.example", [3] * 5) for numero in "12"))
    assert sensitivity.scenarios(ballots_of((sheet, reviews, rules)), 1) == ()
    assert sensitivity.analyse_rank("1", ballots_of((sheet, reviews, rules)), 1).tied == ("2",)
