"""The place of a dossier: its neighbours, the contributions of criteria, and the gaps to others."""

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eig_sheets.call.scoring import sensitivity
from tests.call import builders as build
from tests.call.scoring.sensitivity.support import ballots_of, fewer, juries, ranked

pytestmark = pytest.mark.newest

HAIR = 1e-6


@pytest.mark.slow
@fewer
@given(juries(), st.data())
def test_the_neighbours_are_those_of_the_official_ranking(call, data):
    ranks = ranked(call)
    assume(ranks)
    numero = data.draw(st.sampled_from(sorted(ranks)))
    places = call[2].campaign.target
    analysis = sensitivity.analyse_rank(numero, ballots_of(call), places)
    assert analysis.rank == ranks[numero]
    assert set(analysis.tied) == {other for other in ranks if ranks[other] == ranks[numero]} - {numero}
    above = [rank for rank in ranks.values() if rank < analysis.rank]
    below = [rank for rank in ranks.values() if rank > analysis.rank]
    assert (analysis.above.rank if analysis.above else None) == max(above, default=None)
    assert (ranks[analysis.below.numero] if analysis.below else None) == min(below, default=None)
    assert (analysis.line is None) == (len({rank <= places for rank in ranks.values()}) == 1)
    if analysis.line:
        out, within = analysis.line.numero, analysis.line.ahead
        assert ranks[within] <= places < ranks[out]
        assert numero in (out, within)


@pytest.mark.slow
@fewer
@given(juries(), st.data())
def test_contributions_add_up_to_the_note(call, data):
    ranks = ranked(call)
    assume(ranks)
    numero = data.draw(st.sampled_from(sorted(ranks)))
    _, reviews, rules = call
    ballots = ballots_of(call)
    analysis = sensitivity.analyse_rank(numero, ballots, 2)
    means = build.score(reviews, ranks, rules)
    average = means[list(build.CRITERIA)].mean()
    own = reviews[build.evaluate(reviews, rules)["note"].notna() & (reviews["numero"] == numero)]
    as_average = own.assign(**{name: average[name] for name in build.CRITERIA})
    imagined = build.evaluate(as_average, rules)["note"].mean()
    assert sum(part.points for part in analysis.contributions) == pytest.approx(analysis.note - imagined, abs=1e-6)
    assert [abs(part.points) for part in analysis.contributions] == sorted(
        (abs(part.points) for part in analysis.contributions), reverse=True
    )
    for part in analysis.contributions:
        assert (part.mean is None) == pd.isna(means.at[numero, part.criterion])
        assert part.mean is None or part.mean == pytest.approx(means.at[numero, part.criterion])
        assert part.average is None or part.average == pytest.approx(average[part.criterion])


@pytest.mark.slow
@fewer
@given(juries(), st.data())
def test_what_it_would_take_passes_and_a_hair_less_does_not(call, data):
    sheet, reviews, rules = call
    ranks = ranked(call)
    assume(len(set(ranks.values())) > 1)
    numero = data.draw(st.sampled_from([other for other in ranks if ranks[other] > 1]))
    gap = sensitivity.analyse_rank(numero, ballots_of(call), rules.campaign.target).above
    counted = build.evaluate(reviews, rules)["note"].notna() & (reviews["numero"] == numero)
    assert gap.reviews == counted.sum()
    [row, *_] = reviews.index[counted]
    for hair, passes in ((HAIR, True), (-HAIR, False)):
        raised = reviews.copy()
        names = [name for name in build.CRITERIA if not pd.isna(raised.at[row, name])]
        for name in names:
            raised.at[row, name] += (gap.points_per_evaluation + hair) * rules.scoring.max / 20
        after = ranked((sheet, raised, rules))
        if passes:
            assert after[numero] < after[gap.ahead]
        elif gap.points > 0:
            assert after[numero] > after[gap.ahead]


def test_what_cannot_be_reached_with_one_evaluation_is_reported():
    sheet = build.dossiers({}, {})
    reviews = build.evaluations(
        *(build.evaluation("1", f"{name}@jury.example", [4] * 5) for name in "abc"),
        *(build.evaluation("2", f"{name}@jury.example", [3] * 5) for name in "abc"),
    )
    analysis = sensitivity.analyse_rank("2", ballots_of((sheet, reviews, build.EIG5)), 1)
    assert analysis.above == analysis.line
    assert (
        analysis.above.ahead,
        analysis.above.points,
        analysis.above.points_per_evaluation,
        analysis.above.reviews,
    ) == (
        "1",
        5,
        15,
        3,
    )
    assert analysis.above.reachable is False
    assert [(part.criterion, part.points, part.mean, part.average) for part in analysis.contributions] == [
        (name, -0.5, 3, 3.5) for name in build.CRITERIA
    ]
