"""The recruits of a project against the rules told again one row at a time, with fractions."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.call import builders as build

PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "cout_reel": st.none() | st.decimals(30_000, 130_000, places=2).map(float),
            "experience": st.none() | st.integers(0, 30).map(float),
            "debut_contrat": st.none() | st.sampled_from([datetime(2021, 9, 13), datetime(2021, 10, 15)]),
            "statut": st.sampled_from(["Retenu", "Retenu", "Retenu", "Désisté"]),
            "projet_decide": st.sampled_from(["1", "1", "2", None]),
        }
    ),
    max_size=4,
)
FIVE_YEARS = {
    "cout_reel": None, "experience": 5.0, "debut_contrat": datetime(2021, 9, 13), "statut": "Retenu",
    "projet_decide": "1",
}  # fmt: skip
PAID = {datetime(2021, 9, 13): 90, datetime(2021, 10, 15): 76}


LOWEST, HIGHEST = 36_750, 112_000  # 0.6 times the lower estimate, 1.6 times the higher


def amount_of(people, numero):
    """The exact amount of a project's recruits to the cent; None when one of them is not known, or not plausible."""
    total = Fraction(0)
    for one in people:
        if one["statut"] != "Retenu" or one["projet_decide"] != numero:
            continue
        cost = one["cout_reel"]
        if cost is not None and not LOWEST <= cost <= HIGHEST:
            return None
        if cost is None and one["experience"] is not None:
            cost = 61250.0 if one["experience"] <= 5 else 70000.0
        if cost is None or one["debut_contrat"] is None:
            return None
        total += Fraction(str(cost)) * PAID[one["debut_contrat"]] / 300
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.slow
@example([FIVE_YEARS], 1.0, False)
@given(PEOPLE, st.sampled_from([1.0, 2.0, 3.0]), st.booleans())
def test_the_amount_is_that_of_the_people_recruited_or_the_range_stays(people, asked, closed):
    typed = {"nombre_eig": asked, "demande_cofinancement": True, "recrutement_clos": closed or None}
    sheet = build.dossiers(*[typed | {"cout_jusqu_a_5_ans": 61250.0, "cout_plus_de_5_ans": 70000.0}] * 2)
    found = build.cofinance(sheet, build.talents(*people))
    for place, numero in enumerate(("1", "2")):
        row = found.iloc[place]
        recruited = sum(one["statut"] == "Retenu" and one["projet_decide"] == numero for one in people)
        counted = recruited if closed and people and recruited < asked else asked
        exact = amount_of(people, numero) if recruited == counted else None
        assert (row["recruited"], row["counted"], bool(row["exact"])) == (recruited, counted, exact is not None)
        if exact is None:
            assert (row["amount_min"], row["amount_max"]) == (18375 * counted, 21000 * counted)
            assert bool(row["awaited"]) == bool(recruited)
        else:
            assert row["amount_min"] == row["amount_max"] == exact
            assert row["awaited"] == ()
        assert (row["range_min"], row["range_max"]) == (18375 * asked, 21000 * asked)


def test_nobody_in_talents_changes_nothing():
    sheet = build.dossiers({"nombre_eig": 2.0, "demande_cofinancement": True})
    before, after = build.cofinance(sheet), build.cofinance(sheet, build.talents({"statut": "Auditionné"}))
    pd.testing.assert_frame_equal(before, after)
