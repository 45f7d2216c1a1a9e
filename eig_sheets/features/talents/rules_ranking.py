"""The ranking of candidates, by project and by métier: who is ranked, in which order, and what to know of each rank."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.scoring.rules_ranking import Alert, Unranked, natural_key, review_alerts
from eig_sheets.call.scoring.rules_scoring import EQUAL_DECIMALS
from eig_sheets.domain.decisions import HEARD, PRESELECTED, REFUSED, RETAINED, WAITING, WITHDRAWN
from eig_sheets.domain.frames import Mask, chosen, labelled, objects
from eig_sheets.features.talents.rules_choices import rank_of
from eig_sheets.features.talents.rules_scoring import TalentScores
from eig_sheets.features.talents.settings import TalentRules


class ListKind(StrEnum):
    """What a list ranks candidates for."""

    PROJECT = "projet"
    METIER = "metier"


CONCERNED: Final = (PRESELECTED, HEARD, RETAINED, WAITING)
"""The words of `Statut` of candidates whom a list has, even without an evaluation or a wish."""

COUNTS: Final = ("reviews", "incomplete", "nsp")


def to_hear(candidates: pd.DataFrame, eligibility: pd.DataFrame, evaluated: pd.Series) -> list[str]:
    """The numbers of the candidates whom the jury notes, in the order of the sheet: preselected, or further.

    One who was refused after a hearing, or an evaluation, was noted too: `evaluated` are the numbers that have one.
    """
    was_heard = candidates["audition"].notna() | candidates["candidature"].isin(evaluated)
    concerned = candidates["statut"].isin(CONCERNED) | ((candidates["statut"] == REFUSED) & was_heard)
    eligible = (eligibility["status"] != EligibilityStatus.INELIGIBLE).to_numpy(dtype=bool)
    return candidates.loc[concerned & eligible, "candidature"].tolist()


def were_heard(candidates: pd.DataFrame, today: date) -> Mask:
    """The mask of the candidates whose hearing is over: typed as such, or preselected with an hour that is past."""
    over = candidates["audition"] < pd.Timestamp(today)
    heard = candidates["statut"].isin([HEARD]) | (candidates["statut"].isin([PRESELECTED]) & over)
    return heard.to_numpy(dtype=bool)


def rank(
    candidates: pd.DataFrame,
    eligibility: pd.DataFrame,
    choices: pd.DataFrame,
    scores: TalentScores,
    corrected: pd.DataFrame,
    rules: TalentRules,
) -> pd.DataFrame:
    """The lists: by project, each in the order of numbers, then by métier; in each, ranked ones, then the unranked.

    Columns: `kind`, a ListKind; `group`, the project's number or the métier; `rank` (1, 2, 2, 4; null if unranked);
    `candidature`; `wish`, the place of the project among valid wishes, null where it is none; `note`, criteria,
    `stdev`, `reviews`, `incomplete`, `nsp`: of the evaluations for that project, or of all of them in a list of a
    métier and for who was not heard for the project; `corrected`, `corrected_error`, of all of them, null when nothing
    is corrected; `corrected_rank`; `status` of eligibility; `metier`; `statut`; `unranked_reason`, an Unranked or None;
    `alerts`, a tuple of Alert. A list has who was heard for the project or chose it; that of a métier, who has an
    evaluation, a wish, or was preselected.
    """
    lists = pd.concat([_by_project(candidates, choices, scores), _by_metier(candidates, choices, scores)])
    lists = lists.reset_index(drop=True)
    people = candidates.set_index("candidature")[["metier", "statut"]]
    status = eligibility.set_index("candidature")["status"]
    lists = lists.join(people, on="candidature").join(status, on="candidature").join(corrected, on="candidature")
    lists["unranked_reason"] = _unranked(lists)
    ranked = lists["unranked_reason"].isna()
    for column, note in (("rank", "note"), ("corrected_rank", "corrected")):
        notes = lists[note].where(ranked).round(EQUAL_DECIMALS)
        places = notes.groupby([lists["kind"], lists["group"]]).rank(method="min", ascending=False)
        lists[column] = places.astype("Int64")
    lists["alerts"] = _alerts(lists, ranked, rules)
    return _in_order(lists)


def _by_project(candidates: pd.DataFrame, choices: pd.DataFrame, scores: TalentScores) -> pd.DataFrame:
    """One row for each project that a candidate was heard for, or chose without having been heard for it."""
    numbers = candidates["candidature"]
    heard = scores.by_project.reset_index()
    heard = heard[heard["candidature"].isin(numbers)].rename(columns={"numero": "group"})
    pairs = choices[["candidature", "wishes"]].explode("wishes").dropna().rename(columns={"wishes": "group"})
    both = heard.merge(pairs.astype(object), on=["candidature", "group"], how="outer", indicator="origin")
    others = both["origin"] == "right_only"
    overall = scores.by_candidate.reindex(both.loc[others, "candidature"])
    for name in overall.columns:
        both.loc[others, name] = overall[name].to_numpy()
    wishes = dict(zip(choices["candidature"], choices["wishes"], strict=True))
    places = [rank_of(wishes[who], project) for who, project in zip(both["candidature"], both["group"], strict=True)]
    return both.drop(columns="origin").assign(
        kind=ListKind.PROJECT.value, wish=pd.array(places, dtype="Int64"), heard=~others
    )


def _by_metier(candidates: pd.DataFrame, choices: pd.DataFrame, scores: TalentScores) -> pd.DataFrame:
    wished = choices["wishes"].map(len) > 0
    overall = scores.by_candidate.reset_index()
    evaluated = (overall["reviews"] + overall["incomplete"]).to_numpy() > 0
    concerned = evaluated | wished.to_numpy() | candidates["statut"].isin(CONCERNED).to_numpy()
    named = concerned & candidates["metier"].notna().to_numpy()
    rows = overall[named].assign(
        kind=ListKind.METIER.value, heard=True, wish=pd.array([None] * named.sum(), dtype="Int64")
    )
    return rows.assign(group=candidates.loc[named, "metier"].to_numpy())


def _unranked(lists: pd.DataFrame) -> pd.Series:
    unheard = (lists["kind"] == ListKind.PROJECT) & (~lists["heard"].astype(bool))
    return chosen(
        [
            (Unranked.INELIGIBLE.value, (lists["status"] == EligibilityStatus.INELIGIBLE).to_numpy(dtype=bool)),
            (Unranked.WITHDRAWN.value, (lists["statut"] == WITHDRAWN).to_numpy(dtype=bool)),
            (Unranked.NOT_HEARD.value, (unheard & lists["note"].notna()).to_numpy(dtype=bool)),
            (Unranked.WITHOUT_EVALUATION.value, lists["note"].isna().to_numpy(dtype=bool)),
        ],
        lists.index,
    )


def _alerts(lists: pd.DataFrame, ranked: pd.Series, rules: TalentRules) -> pd.Series:
    heard_for = (lists["kind"] == ListKind.PROJECT) & lists["heard"].astype(bool)
    level = (
        lists[ranked].groupby(["kind", "group", "rank"])["kind"].transform("size").reindex(lists.index, fill_value=0)
    )
    reviews = review_alerts(lists, ranked.to_numpy(dtype=bool), rules.min_reviews)
    masks = {
        **{alert: reviews[alert] for alert in (Alert.FEW_REVIEWS, Alert.INCOMPLETE, Alert.NSP, Alert.TO_REVIEW)},
        Alert.NOT_WISHED: heard_for & lists["wish"].isna(),
        Alert.TIED: level > 1,
    }
    return labelled([(code, np.asarray(mask, dtype=bool)) for code, mask in masks.items()], lists.index)


def _in_order(lists: pd.DataFrame) -> pd.DataFrame:
    kinds = [*ListKind]
    keys = [
        (kinds.index(ListKind(kind)), natural_key(group), place if place is not pd.NA else np.inf, natural_key(who))
        for kind, group, place, who in zip(
            lists["kind"], lists["group"], lists["rank"], lists["candidature"], strict=True
        )
    ]
    ordered = lists.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)
    for name in COUNTS:
        ordered[name] = ordered[name].fillna(0).astype("int64")
    ordered["unranked_reason"] = objects(ordered["unranked_reason"])
    return ordered.drop(columns="heard")
