"""Juries, rankings and ballots for the tests of sensitivity."""

from hypothesis import settings
from hypothesis import strategies as st

from eig_sheets.call.scoring import sensitivity
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.call.scoring.sensitivity import Change
from tests.call import builders as build
from tests.call import strategies
from tests.effort import examples

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
    ranking = build.rank_by_notes(*call)
    ranking = ranking[ranking["rank"].notna()]
    return dict(zip(ranking["numero"], ranking["rank"].astype(int), strict=True))


def ballots_of(call):
    _, reviews, rules = call
    evaluated = build.evaluate(reviews, rules)
    return sensitivity.ballots(
        list(ranked(call)), evaluated, reviews, rules.criteria, rules.scoring, rules.ranking.tie_break
    )


def changed(call, scenario):
    """The same call where the change is the rule, and the evaluations are those that counted before it."""
    sheet, reviews, rules = call
    counted = build.evaluate(reviews, rules)["status"] == EvaluationStatus.INCLUDED
    reviews = reviews[counted]
    criteria = list(rules.criteria)
    place = (
        [criterion.id for criterion in criteria].index(scenario.subject)
        if scenario.change is not Change.WITHOUT_JUROR
        else 0
    )
    if scenario.change is Change.WITHOUT_JUROR:
        reviews = reviews[reviews["jure"] != scenario.subject]
    elif scenario.change is Change.DOUBLE_CRITERION:
        criteria[place] = criteria[place].model_copy(update={"weight": 2 * criteria[place].weight})
    else:
        del criteria[place]
    left = tuple(criterion.id for criterion in criteria)
    ranking = rules.ranking.model_copy(
        update={"tie_break": tuple(name for name in rules.ranking.tie_break if name in left)}
    )
    rules = rules.model_copy(update={"criteria": tuple(criteria), "ranking": ranking})
    return sheet, reviews.reset_index(drop=True), rules
