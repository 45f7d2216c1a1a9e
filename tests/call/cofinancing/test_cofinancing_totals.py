"""The totals of the laureates: exactly the sums of their lines, and never of who is out of the call."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.cofinancing.rules_totals import Total, Totals, totals, without_excluded
from tests.call import builders as build

INELIGIBLE, WITHDRAWN = {"nombre_eig": 5}, {"decision": "Désisté"}
PRESELECTIONS = (None, "Présélectionné", "Écarté – inéligible", "Écarté – insuffisant")
EUROS = st.decimals(0, 200_000, places=2).map(float)
DOSSIERS = st.fixed_dictionaries(
    {
        "demande_cofinancement": st.sampled_from([True, True, False, None]),
        "type_administration": st.sampled_from([*build.TYPES[:3], None]),
        "nombre_eig": st.sampled_from([2, 3, 5, None]),
        "cout_jusqu_a_5_ans": st.one_of(st.none(), EUROS),
        "cout_plus_de_5_ans": st.one_of(st.none(), EUROS),
        "preselection": st.sampled_from(PRESELECTIONS),
        "decision": st.sampled_from([None, "Lauréat", "Lauréat", "Désisté", "Non retenu"]),
    }
)


def cofinanced(sheet: pd.DataFrame) -> pd.DataFrame:
    rules = build.EIG5
    return without_excluded(build.cofinance(sheet), sheet, build.assess(sheet), rules.cofinancing)


def totals_of(sheet: pd.DataFrame, proposed: tuple[str, ...] = (), envelope: float | None = None) -> Totals:
    numbers = sheet["numero"]
    ranking = pd.DataFrame({"numero": numbers, "proposal": numbers.isin(proposed).map({True: "laureat", False: None})})
    return totals(cofinanced(sheet), sheet, ranking, envelope)


def asking(**more: object) -> dict[str, object]:
    usual = {"type_administration": build.TYPES[0], "programme": "113", "nombre_eig": 2, "demande_cofinancement": True}
    return usual | {"cout_jusqu_a_5_ans": 61250.0, "cout_plus_de_5_ans": 70000.0, "decision": "Lauréat"} | more


@pytest.mark.slow
@given(st.lists(DOSSIERS, max_size=8), st.data())
def test_a_total_is_the_sum_of_its_lines_and_never_counts_who_is_out_of_the_call(rows, data):
    sheet = build.dossiers(*rows)
    chosen = tuple(one for one in sheet["numero"] if data.draw(st.booleans()))
    found, lines = totals_of(sheet, chosen), cofinanced(sheet).set_index("numero")
    decided = [str(place) for place, row in enumerate(rows, 1) if row["decision"] == "Lauréat"]
    for total, numbers in ((found.proposed, chosen), (found.decided, decided)):
        inside = [
            one
            for one in numbers
            if (row := rows[int(one) - 1])["nombre_eig"] != 5
            and row["decision"] != "Désisté"
            and not str(row["preselection"]).startswith("Écarté")
        ]
        for sum_, column in ((total.least, "amount_min"), (total.most, "amount_max")):
            shown = [Fraction(repr(float(lines.at[one, column]))) for one in inside if pd.notna(lines.at[one, column])]
            assert Fraction(sum_) == sum(shown)
        assert (total.dossiers, total.excluded) == (len(numbers), len(numbers) - len(inside))
        assert total.asking == sum(rows[int(one) - 1]["demande_cofinancement"] is not False for one in inside)


def test_cents_add_up_exactly():
    sheet = build.dossiers(*[asking(cout_jusqu_a_5_ans=0.5)] * 3)  # 0,30 € each: three floats make 0,8999…
    assert totals_of(sheet).decided.least == Decimal("0.9")


def test_a_total_says_what_it_is_made_of():
    sheet = build.dossiers(
        asking(), asking(programme=None), asking(cout_plus_de_5_ans=None), asking(nombre_eig=None),
        asking(demande_cofinancement=False), asking(decision="Non retenu"), asking(**INELIGIBLE), asking(**WITHDRAWN),
    )  # fmt: skip
    assert totals_of(sheet).decided == Total(
        dossiers=6, excluded=1, asking=4, eig=6, least=Decimal(110250), most=Decimal(126000), unknown=1,
        conditional=1, estimated=1, exact=0,
    )  # fmt: skip


def test_proposed_and_decided_are_counted_apart_beside_the_envelope():
    sheet = build.dossiers(asking(decision=None), asking())
    found = totals_of(sheet, ("1",), 300000.5)
    assert (found.proposed.asking, found.decided.asking, found.envelope) == (1, 1, Decimal("300000.5"))
    assert totals_of(sheet, ("1", "2")).proposed.least == 2 * found.decided.least == Decimal(73500)


def test_a_total_is_provisional_until_every_laureate_that_asks_has_its_team():
    sheet = build.dossiers(asking(), asking(demande_cofinancement=False))
    start = datetime(2021, 9, 13)
    recruited = build.talents(*({"cout_reel": cost, "debut_contrat": start} for cost in (60000.0, 61000.0)))
    rules = build.EIG5
    for talents, provisional in ((None, True), (recruited, False)):
        money = without_excluded(build.cofinance(sheet, talents), sheet, build.assess(sheet), rules.cofinancing)
        found = totals(money, sheet, pd.DataFrame({"numero": [], "proposal": []}), None).decided
        assert found.provisional is provisional
    assert found.least == found.most == Decimal(36300)
