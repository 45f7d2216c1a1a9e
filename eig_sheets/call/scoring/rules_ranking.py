"""The official ranking: who is ranked, in which order, with which ties, and what the rank proposes."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.scoring import rules_proposals
from eig_sheets.call.scoring.calibration import Calibration, Uncorrected
from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS
from eig_sheets.domain.decisions import PRESELECTED, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WITHDRAWN
from eig_sheets.domain.frames import Mask, chosen, labelled, objects
from eig_sheets.domain.rules import CallRules, RankingRules, ScoringRules

CORRECTED = ("expected_rank", "interval_50", "mass_50", "interval_90", "mass_90", "p_selected", "zone")
"""Columns of the corrected ranking, beside the raw one; null for the unranked, and when nothing can be corrected."""


MANY_TIES = 20
"""Beyond, an alert that most rows have tells nothing about any: it is shown once, about all."""


class Unranked(StrEnum):
    """The reason why a dossier, or a candidate in a list, has no rank; the first that holds is given."""

    INELIGIBLE = "ineligible"  # a rule of eligibility is broken
    REJECTED_INELIGIBLE = "ecarte_ineligible"  # set aside at preselection as ineligible
    REJECTED_INSUFFICIENT = "ecarte_insuffisant"  # set aside at preselection as not detailed enough
    WITHDRAWN = "desiste"  # the administration, or the candidate, gave up
    NOT_HEARD = "pas_entendu"  # the candidate chose the project, and no included evaluation is about it
    NOT_PRESELECTED = "non_preselectionne"  # others are preselected, this one is not
    WITHOUT_EVALUATION = "sans_evaluation"  # no included evaluation, so no note


class Alert(StrEnum):
    """A warning about a rank."""

    LAUREATE_OUT = "laureat_zone_non_retenu"  # proposed, where the probability of selection says the contrary
    OTHER_IN = "autre_zone_retenu"  # not proposed, where the probability of selection says the contrary
    FEW_REVIEWS = "peu_evaluations"  # fewer included evaluations than the call wants
    NSP = "nsp"  # a juror left out a criterion
    INCOMPLETE = "evaluations_incompletes"  # an evaluation waits for a score
    TO_REVIEW = "a_instruire"  # the eligibility is not settled
    BELOW_MINIMUM = "note_minimale"  # the note is under the call's minimum
    NOT_WISHED = "projet_non_choisi"  # the candidate was heard for a project that is none of their valid wishes
    TIED = "ex_aequo"  # shares its rank, all tie-breaks used
    AS_MANY_PLACES = "autant_de_places"  # as many places as ranked dossiers, or more: a rank selects nobody
    COLLECTIVE = "une_evaluation_par_dossier"  # no corrected rank: one evaluation a dossier
    FEW_REPEATED = "peu_de_dossiers_relus"  # no corrected rank: too few dossiers that two jurors read
    DISCONNECTED = "groupes_disjoints"  # no corrected rank: no chain of evaluations links all dossiers
    TOO_MANY_JURORS = "trop_de_jures"  # no corrected rank: more jurors than can be compared
    WEAK_LINK = "lien_faible"  # a few evaluations alone compare its part of the jury with another
    EARLIER_VERSION = "version_anterieure"  # it changed after a juror scored it


_UNCORRECTED = {
    Alert.COLLECTIVE: Uncorrected.COLLECTIVE,
    Alert.FEW_REPEATED: Uncorrected.FEW_REPEATED,
    Alert.DISCONNECTED: Uncorrected.DISCONNECTED,
    Alert.TOO_MANY_JURORS: Uncorrected.TOO_MANY_JURORS,
}


def contenders(dossiers: pd.DataFrame, eligibility: pd.DataFrame, scores: pd.DataFrame) -> list[str]:
    """The numbers of the dossiers that are ranked, in the order of the sheet."""
    table = _gathered(dossiers, eligibility, scores)
    return table.loc[_unranked_reasons(table).isna(), "numero"].tolist()


def to_read(dossiers: pd.DataFrame, eligibility: pd.DataFrame) -> list[str]:
    """The numbers of the dossiers that would be ranked if they were all read, in the order of the sheet."""
    table = _judged(dossiers, eligibility).assign(note=0.0)
    return table.loc[_unranked_reasons(table).isna(), "numero"].tolist()


def rank(
    dossiers: pd.DataFrame,
    eligibility: pd.DataFrame,
    scores: pd.DataFrame,
    corrected: Calibration,
    call: CallRules,
    rules: RankingRules,
    scoring: ScoringRules,
    outdated: Collection[str] = (),
) -> pd.DataFrame:
    """Every dossier in official order: ranked ones by rank then number, then the unranked by number.

    Columns: `numero`; `rank` (1, 2, 2, 4; null when unranked); those of `scores`; CORRECTED, of `corrected`, which is
    about the `contenders`; `proposal`, a Proposal or None; `proposal_reserves`, a tuple of Condition; `tie_break`, the
    criterion that separated it from a neighbour that was level, or None; `tied`; `alerts`, a tuple of Alert;
    `unranked_reason`, an Unranked or None; `decision`, typed by people or None. The ranking goes by note, or by
    expected rank when that is the method and there is one; then by the means of `tie_break` in order; a missing mean
    comes last. `outdated`: the numbers of dossiers that changed after a juror scored them.
    """
    table = _gathered(dossiers, eligibility, scores).join(corrected.dossiers[list(CORRECTED)], on="numero")
    reasons = _unranked_reasons(table)
    order, keys = _order(table, reasons, rules, by_expected_rank(rules, corrected))
    ordered = table.iloc[order].reset_index(drop=True).join(_placed(keys, rules))
    ordered["tied"] = ordered["tied"].eq(True)
    ordered["tie_break"] = objects(word if isinstance(word, str) else None for word in ordered["tie_break"])
    ordered["unranked_reason"] = objects(reasons.iloc[order])
    for column in ("interval_50", "interval_90", "zone"):
        ordered[column] = objects(None if isinstance(value, float) else value for value in ordered[column])
    proposed = rules_proposals.propose(ordered, call.target, rules)
    ordered = _proposed(ordered, proposed, corrected, call, rules, scoring, outdated)
    last = ["proposal", "proposal_reserves", "tie_break", "tied", "alerts", "unranked_reason", "decision"]
    return ordered[["numero", "rank", *scores.columns, *CORRECTED, *last]]


def with_proposals(
    ranking: pd.DataFrame,
    proposed: pd.Series,
    eligibility: pd.DataFrame,
    corrected: Calibration,
    call: CallRules,
    rules: RankingRules,
    scoring: ScoringRules,
) -> pd.DataFrame:
    """The ranking with other proposals, and the reserves and alerts that follow; None where `proposed` has no row."""
    by_row = proposed.to_dict()
    proposed = objects((by_row.get(row) for row in ranking.index), ranking.index)
    status = eligibility.set_index("numero")["status"].loc[ranking["numero"]].to_numpy()
    outdated = ranking.loc[[Alert.EARLIER_VERSION in alerts for alerts in ranking["alerts"]], "numero"].tolist()
    ordered = ranking.assign(status=status)
    return _proposed(ordered, proposed, corrected, call, rules, scoring, outdated)[[*ranking.columns]]


def _proposed(
    ordered: pd.DataFrame,
    proposed: pd.Series,
    corrected: Calibration,
    call: CallRules,
    rules: RankingRules,
    scoring: ScoringRules,
    outdated: Collection[str],
) -> pd.DataFrame:
    ordered = ordered.assign(proposal=proposed)
    ordered["proposal_reserves"] = rules_proposals.reserves(ordered, scoring)
    ordered["alerts"] = _alerts(ordered, corrected, call, rules, scoring, outdated)
    return ordered


def mostly_tied(ranking: pd.DataFrame) -> int:
    """How many dossiers share their rank, when those are over half of the ranked and over MANY_TIES; else 0."""
    tied = int(ranking["tied"].sum())
    return tied if tied > MANY_TIES and 2 * tied > int(ranking["rank"].notna().sum()) else 0


def by_expected_rank(rules: RankingRules, corrected: Calibration) -> bool:
    """Whether the official rank is by expected rank: the method asks for it, and it exists."""
    return rules.method == "expected_rank" and corrected.reason is None


def _gathered(dossiers: pd.DataFrame, eligibility: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    judged = _judged(dossiers, eligibility)
    return scores.loc[judged["numero"]].reset_index().join(judged.drop(columns="numero"))


def _judged(dossiers: pd.DataFrame, eligibility: pd.DataFrame) -> pd.DataFrame:
    """What decides on whether each dossier is ranked, apart from its note."""
    numbers = dossiers["numero"].reset_index(drop=True)
    return pd.DataFrame(
        {
            "numero": numbers,
            "status": eligibility.set_index("numero")["status"].loc[numbers].to_numpy(),
            "preselection": dossiers["preselection"].to_numpy(),
            "decision": objects(None if pd.isna(word) else word for word in dossiers["decision"]),
        }
    )


def _unranked_reasons(table: pd.DataFrame) -> pd.Series:
    preselection, decision = table["preselection"], table["decision"]
    preselected = _where(preselection, PRESELECTED)
    return chosen(
        [
            (Unranked.INELIGIBLE, _where(table["status"], EligibilityStatus.INELIGIBLE)),
            (Unranked.REJECTED_INELIGIBLE, _where(preselection, REJECTED_INELIGIBLE)),
            (Unranked.REJECTED_INSUFFICIENT, _where(preselection, REJECTED_INSUFFICIENT)),
            (Unranked.WITHDRAWN, _where(decision, WITHDRAWN)),
            (Unranked.NOT_PRESELECTED, preselected.any() & ~preselected),
            (Unranked.WITHOUT_EVALUATION, table["note"].isna().to_numpy(dtype=bool)),
        ],
        table.index,
    )


def _where(column: pd.Series, word: str) -> Mask:
    mask: Mask = (column == word).to_numpy(dtype=bool)
    return mask


def _order(
    table: pd.DataFrame, reasons: pd.Series, rules: RankingRules, expected: bool
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """The source row of each row of the result, and the sort keys of the ranked ones, in their order.

    The keys are the note, or the expected rank turned over, then the tie-breaks: more is better.
    """
    unranked = reasons.notna().to_numpy()
    first = -table["expected_rank"] if expected else table["note"]
    means = [table[name].to_numpy(dtype=float) for name in rules.tie_break]
    keys = np.round(np.column_stack([first.to_numpy(dtype=float), *means]), EQUAL_DECIMALS)
    keys = np.where(np.isnan(keys) | unranked[:, None], -np.inf, keys)
    natural = _natural_positions(table["numero"])
    order = np.lexsort((natural, *(-keys.T[::-1]), unranked))
    return order, keys[order[: np.count_nonzero(~unranked)]]


def _natural_positions(numbers: pd.Series) -> npt.NDArray[np.intp]:
    """The natural sort positions of numbers: 9 before 10, also inside a text (EIG-9, EIG-10)."""
    parts = [natural_key(number) for number in numbers]
    positions = np.empty(len(parts), dtype=np.intp)
    positions[sorted(range(len(parts)), key=parts.__getitem__)] = np.arange(len(parts))
    return positions


def natural_key(number: str) -> tuple[list[str | tuple[int, str]], str]:
    """The key of a number in the natural order: 9 before 10, also inside a text (EIG-9, EIG-10)."""
    parts = re.split(r"(\d+)", number)
    return [_digits_key(part) if place % 2 else part for place, part in enumerate(parts)], number


def _digits_key(digits: str) -> tuple[int, str]:
    """Digits in the order of their numbers: by length, then one by one, since Python converts no more than 4300."""
    plain = "".join(str(int(digit)) for digit in digits).lstrip("0")  # of any script
    return len(plain), plain


def _placed(keys: npt.NDArray[np.float64], rules: RankingRules) -> pd.DataFrame:
    """The rank, the tie and the deciding criterion of each ranked row; `keys` come best first."""
    starts = np.ones(len(keys), dtype=bool)
    starts[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    first = np.flatnonzero(starts)
    group = np.cumsum(starts) - 1
    sizes = np.diff(np.append(first, len(keys)))
    return pd.DataFrame(
        {
            "rank": pd.array(first[group] + 1, dtype="Int64"),
            "tied": sizes[group] > 1,
            "tie_break": _deciding(keys[first], rules)[group],
        }
    )


def _deciding(keys: npt.NDArray[np.float64], rules: RankingRules) -> npt.NDArray[np.object_]:
    """For each group of equal keys, the criterion that put it below the group above, else above the one below."""
    criteria = np.array([*rules.tie_break, None], dtype=object)
    level = keys[1:, 0] == keys[:-1, 0]
    differs = np.column_stack([keys[1:, 1:] != keys[:-1, 1:], np.ones(len(level), dtype=bool)])
    between = np.where(level, criteria[differs.argmax(axis=1)], None)
    above, below = np.append([None], between), np.append(between, [None])
    return np.where(above.astype(bool), above, below)[: len(keys)]


def review_alerts(rows: pd.DataFrame, ranked: Mask, min_reviews: int) -> dict[Alert, pd.Series]:
    """What is to be known of the evaluations and the eligibility of each row, dossiers and candidates alike."""
    return {
        Alert.FEW_REVIEWS: (rows["reviews"] < min_reviews) & ranked,
        Alert.NSP: rows["nsp"] > 0,
        Alert.INCOMPLETE: rows["incomplete"] > 0,
        Alert.TO_REVIEW: rows["status"] == EligibilityStatus.TO_REVIEW,
    }


def _alerts(
    ordered: pd.DataFrame,
    corrected: Calibration,
    call: CallRules,
    rules: RankingRules,
    scoring: ScoringRules,
    outdated: Collection[str],
) -> pd.Series:
    ranked: Mask = ordered["rank"].notna().to_numpy(dtype=bool)
    apart = {numero for link in corrected.weak_links for numero in link.apart}
    all_in = np.count_nonzero(ranked) <= call.target
    masks = {
        Alert.LAUREATE_OUT: rules_proposals.laureates_out(ordered),
        Alert.OTHER_IN: rules_proposals.others_in(ordered, rules),
        **review_alerts(ordered, ranked, scoring.min_reviews),
        Alert.BELOW_MINIMUM: ranked & rules_proposals.below_minimum(ordered, rules),
        Alert.TIED: ordered["tied"],
        Alert.AS_MANY_PLACES: ranked & all_in,
        Alert.WEAK_LINK: ordered["numero"].isin(apart),
        Alert.EARLIER_VERSION: ordered["numero"].isin([*outdated]),
        **{alert: ranked & (corrected.reason == reason) for alert, reason in _UNCORRECTED.items()},
    }
    return labelled([(code, np.asarray(mask, dtype=bool)) for code, mask in masks.items()], ordered.index)
