"""Eligibility of candidates: éligible, à instruire or inéligible, with every reason and its field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from eig_sheets.call.applications.rules_eligibility import statuses
from eig_sheets.domain.frames import Mask, labelled, no_row, unreadable
from eig_sheets.features.talents.settings import Exclusion, TalentRules
from eig_sheets.text.french import plain
from eig_sheets.text.names import name_key

SUBMITTED: Final = "date_depot"


class CandidateCode(StrEnum):
    """The codes of reasons why a candidate is not simply eligible."""

    TOO_LATE = "depot_hors_delai"  # received after the last second of the window
    TOO_EARLY = "depot_avant_ouverture"  # received before the window opened
    EXCLUDED = "exclu"  # what the candidate typed is an exclusion of the call
    DOUBTFUL = "exclusion_a_verifier"  # what the candidate typed may be one
    JUROR = "jure"  # the address of a juror of the programme
    NAMESAKE = "homonyme_jure"  # the name of a juror of the programme
    PROJECT_SIDE = "porteur_ou_mentor"  # the address of someone who submits or mentors a project
    BLANK = "a_completer"  # the cell is blank: never taken for a no
    UNREADABLE = "illisible"  # the cell is filled, and cannot be understood
    UNVERIFIABLE = "non_verifiable"  # the sheet has no such column


BREAKING: Final = frozenset(
    {CandidateCode.TOO_LATE, CandidateCode.TOO_EARLY, CandidateCode.EXCLUDED, CandidateCode.JUROR}
)
"""The codes of a rule that is broken by what was filled in: only these make a candidate inéligible."""


class CandidateReason(NamedTuple):
    """One reason, the field that it comes from, and the id of the exclusion that it is, if it is one."""

    code: CandidateCode
    field: str
    exclusion: str = ""


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Those who may not be candidates, or should be looked at: addresses as they compare, names as they are typed.

    Jurors are those of `Jury` and of the evaluations; the règlement says « jurés et experts ».
    """

    jurors: frozenset[str] = frozenset()
    juror_names: frozenset[str] = frozenset()
    project_side: frozenset[str] = frozenset()


Finding = tuple[CandidateReason, Mask]


def assess(
    candidates: pd.DataFrame, available: frozenset[str], rules: TalentRules, known: KnownPeople = KnownPeople()
) -> pd.DataFrame:
    """The eligibility of each candidate, on the index of `candidates`.

    Columns: `candidature`; `status`, an EligibilityStatus; `reasons`, a tuple of CandidateReason. `available` are
    the fields whose column exists. A broken rule wins over blanks; what is blank, unreadable, doubtful or not there is
    à instruire.
    """
    findings = [
        *_window(candidates, available, rules),
        *_missing(candidates, available, rules),
        *(finding for exclusion in rules.exclusions for finding in _excluded(candidates, exclusion)),
        *_people(candidates, known),
    ]
    breaking = [reason.code in BREAKING for reason, _ in findings]
    return pd.DataFrame(
        {
            "candidature": candidates["candidature"],
            "status": statuses([mask for _, mask in findings], breaking, candidates),
            "reasons": labelled(findings, candidates.index),
        }
    )


def _window(candidates: pd.DataFrame, available: frozenset[str], rules: TalentRules) -> list[Finding]:
    """Where a candidature came before the opening, or after the last second: no platform shows a fraction of one."""
    if SUBMITTED not in available:
        return []
    second = pd.to_datetime(candidates[SUBMITTED]).dt.floor("s")
    limits = (
        (CandidateCode.TOO_EARLY, rules.first_moment, second.lt),
        (CandidateCode.TOO_LATE, rules.last_moment, second.gt),
    )
    return [
        (CandidateReason(code, SUBMITTED), beyond(pd.Timestamp(limit)).to_numpy(dtype=bool))
        for code, limit, beyond in limits
        if limit is not None
    ]


def _missing(candidates: pd.DataFrame, available: frozenset[str], rules: TalentRules) -> list[Finding]:
    fields = checked_fields(rules)
    unread = unreadable(candidates, fields)
    findings: list[Finding] = []
    for field in fields:
        if field not in available:
            findings.append((CandidateReason(CandidateCode.UNVERIFIABLE, field), ~no_row(candidates)))
            continue
        blank = candidates[field].isna().to_numpy(dtype=bool) & ~unread[field]
        findings += [
            (CandidateReason(CandidateCode.BLANK, field), blank),
            (CandidateReason(CandidateCode.UNREADABLE, field), unread[field]),
        ]
    return findings


def checked_fields(rules: TalentRules) -> list[str]:
    """The fields that the rules look at: the date where there is a window, what is required, what may exclude."""
    dated = (SUBMITTED,) if rules.first_moment or rules.last_moment else ()
    of_exclusions = (field for exclusion in rules.exclusions for field in exclusion.fields)
    return [*dict.fromkeys((*dated, *rules.required, *of_exclusions))]


def _excluded(candidates: pd.DataFrame, exclusion: Exclusion) -> list[Finding]:
    return [
        (CandidateReason(code, field, exclusion.id), mask)
        for field in exclusion.fields
        for code, mask in zip(
            (CandidateCode.EXCLUDED, CandidateCode.DOUBTFUL), _told(candidates[field], exclusion), strict=True
        )
    ]


def _told(column: pd.Series, exclusion: Exclusion) -> tuple[Mask, Mask]:
    """Where a cell surely tells the exclusion, and where it may; a text that many cells have is read once."""
    codes, texts = pd.factorize(column)
    spaced = [f" {plain(str(text))} " for text in texts]
    concerned = _has_any(spaced, exclusion.words)
    sure = concerned & ~_has_any(spaced, exclusion.unless)
    if exclusion.certain:
        sure &= _has_any(spaced, exclusion.certain)
    return _by_row(sure, codes), _by_row(concerned & ~sure, codes)


def _has_any(spaced: Sequence[str], words: Iterable[str]) -> Mask:
    wanted = [f" {plain(word)} " for word in words]
    return np.array([any(word in text for word in wanted) for text in spaced], dtype=bool)


def _by_row(of_texts: Mask, codes: np.ndarray) -> Mask:
    """What holds of each distinct text, row by row; a blank (-1) is no text."""
    result: Mask = np.append(of_texts, np.False_)[codes]
    return result


def _people(candidates: pd.DataFrame, known: KnownPeople) -> list[Finding]:
    email = candidates["email"]
    juror = email.isin(known.jurors).to_numpy(dtype=bool)
    names = {name_key(name) for name in known.juror_names} - {frozenset()}
    keys = [name_key(f"{first or ''} {last or ''}") for first, last in zip(candidates["prenom"], candidates["nom"])]  # noqa: B905 (columns of one table)
    namesake = np.array([key in names for key in keys], dtype=bool) & ~juror
    beside_project = email.isin(known.project_side).to_numpy(dtype=bool) & ~juror
    return [
        (CandidateReason(CandidateCode.JUROR, "email"), juror),
        (CandidateReason(CandidateCode.NAMESAKE, "nom"), namesake),
        (CandidateReason(CandidateCode.PROJECT_SIDE, "email"), beside_project),
    ]
