"""The proposal for each ranked dossier. A proposal is the robot's; a decision is only ever typed by people."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS
from eig_sheets.domain.frames import Mask, chosen, labelled
from eig_sheets.domain.rules import RankingRules, ScoringRules


class Proposal(StrEnum):
    """The robot's proposal for a ranked dossier."""

    LAUREATE = "laureat"  # within the places
    DELIBERATION = "deliberation"  # the rules cannot say: the jury has to
    WAITING = "liste_attente"  # just after the places
    REFUSED = "non_retenu"  # beyond, under the minimum note, or refused by the majority of opinions


class Condition(StrEnum):
    """What must be settled before the proposal « lauréat » holds."""

    FEW_REVIEWS = "peu_evaluations"  # fewer included evaluations than the call wants
    TO_REVIEW = "a_instruire"  # the eligibility is not settled


def propose(ordered: pd.DataFrame, target: int, rules: RankingRules) -> pd.Series:
    """The Proposal of each dossier, None when unranked. `ordered` has rank, note, zone, favorable and unfavorable.

    With more ranked dossiers than places, the rank decides, and equals who straddle the last place go to
    deliberation together; when the official rank is the expected one, so do all dossiers of the zone of deliberation,
    because a rank of that kind does not tell them apart. With no more, the majority of opinions decides. The minimum
    note always applies.
    """
    ranked = ordered["rank"].notna().to_numpy(dtype=bool)
    crowded = np.count_nonzero(ranked) > target
    first_that_holds = [
        (None, ~ranked),
        (Proposal.REFUSED, below_minimum(ordered, rules)),
        *(_by_places(ordered, target, rules) if crowded else _by_opinions(ordered)),
    ]
    return chosen(first_that_holds, ordered.index)


def reserves(ordered: pd.DataFrame, scoring: ScoringRules) -> pd.Series:
    """The Conditions of each proposed laureate, none of the others. `ordered` has proposal, reviews, status."""
    laureates = (ordered["proposal"] == Proposal.LAUREATE).to_numpy(dtype=bool)
    masks = [
        (Condition.FEW_REVIEWS, laureates & (ordered["reviews"] < scoring.min_reviews).to_numpy(dtype=bool)),
        (Condition.TO_REVIEW, laureates & (ordered["status"] == EligibilityStatus.TO_REVIEW).to_numpy(dtype=bool)),
    ]
    return labelled(masks, ordered.index)


def laureates_out(ordered: pd.DataFrame) -> Mask:
    """The mask of the proposed laureates whose probability of selection puts them in the zone « non retenu »."""
    return ((ordered["proposal"] == Proposal.LAUREATE) & (ordered["zone"] == Zone.OUT)).to_numpy(dtype=bool)


def others_in(ordered: pd.DataFrame, rules: RankingRules) -> Mask:
    """The mask of those not proposed whose probability of selection puts them in the zone « retenu ».

    Equals around the last place are left to the jury, and are among them. Under the minimum note they are not proposed
    whatever their rank: that is no contradiction, and another alert.
    """
    others = [Proposal.DELIBERATION, Proposal.WAITING, Proposal.REFUSED]
    put_off = ordered["proposal"].isin(others) & ~below_minimum(ordered, rules)
    return (put_off & (ordered["zone"] == Zone.IN)).to_numpy(dtype=bool)


def below_minimum(ordered: pd.DataFrame, rules: RankingRules) -> Mask:
    """The mask of notes under the minimum of the call, if it has one."""
    least = -np.inf if rules.min_note is None else rules.min_note
    return (ordered["note"].round(EQUAL_DECIMALS) < least).to_numpy(dtype=bool)


def _by_places(ordered: pd.DataFrame, places: int, rules: RankingRules) -> list[tuple[Proposal, Mask]]:
    first = ordered["rank"].to_numpy(dtype=float, na_value=np.inf)
    last = first + ordered.groupby("rank", dropna=False)["rank"].transform("size").to_numpy() - 1
    unsure = (ordered["zone"] == Zone.DELIBERATION).to_numpy(dtype=bool) & (rules.method == "expected_rank")
    return [
        (Proposal.DELIBERATION, unsure | ((first <= places) & (places < last))),
        (Proposal.LAUREATE, first <= places),
        (Proposal.WAITING, first <= places + rules.waiting_list),
        (Proposal.REFUSED, first > places),
    ]


def _by_opinions(ordered: pd.DataFrame) -> list[tuple[Proposal, Mask]]:
    favorable, unfavorable = ordered["favorable"].to_numpy(), ordered["unfavorable"].to_numpy()
    return [
        (Proposal.REFUSED, unfavorable > favorable),
        (Proposal.DELIBERATION, (unfavorable == favorable) & (unfavorable > 0)),
        (Proposal.LAUREATE, unfavorable <= favorable),
    ]
