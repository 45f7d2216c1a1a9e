"""Eligibility of dossiers: éligible, à instruire or inéligible, with every reason."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from eig_sheets.domain.frames import Mask, is_no, labelled, no_row, unreadable
from eig_sheets.domain.rules import CallRules, EligibilityRules

SUBMITTED = "date_depot"
EIG_NUMBER = "nombre_eig"


class EligibilityStatus(StrEnum):
    """The eligibility of a dossier."""

    ELIGIBLE = "eligible"
    TO_REVIEW = "a_instruire"
    INELIGIBLE = "ineligible"


class EligibilityCode(StrEnum):
    """The codes of reasons why a dossier is not simply eligible."""

    TOO_LATE = "depot_hors_delai"  # received after the last second of the window
    TOO_EARLY = "depot_avant_ouverture"  # received before the window opened
    EIG_NUMBER_REFUSED = "nombre_eig_refuse"  # a number of EIG that the call does not accept
    COMMITMENT_REFUSED = "attestation_refusee"  # answered no to an attestation that eliminates
    COMMITMENT_NO = "attestation_non"  # answered no to an attestation that does not eliminate
    BLANK = "a_completer"  # the cell is blank: never taken for a no
    UNREAD = "a_lire"  # the cell is blank until officers have read the dossier's document: nothing to ask for
    UNREADABLE = "illisible"  # the cell is filled, and cannot be understood
    UNVERIFIABLE = "non_verifiable"  # the sheet has no such column


BREAKING = frozenset(
    {
        EligibilityCode.TOO_LATE,
        EligibilityCode.TOO_EARLY,
        EligibilityCode.EIG_NUMBER_REFUSED,
        EligibilityCode.COMMITMENT_REFUSED,
    }
)
"""The codes of a rule that is broken by what was filled in: only these make a dossier inéligible."""


class EligibilityReason(NamedTuple):
    """One reason, and the field that it comes from."""

    code: EligibilityCode
    field: str


Finding = tuple[EligibilityReason, Mask]


def assess(dossiers: pd.DataFrame, available: frozenset[str], call: CallRules, rules: EligibilityRules) -> pd.DataFrame:
    """The eligibility of each dossier, on the index of `dossiers`.

    Columns: `numero`; `status`, an EligibilityStatus; `reasons`, a tuple of EligibilityReason by order of fields;
    `to_complete`, the tuple of the blank fields that the applicant has to fill in. `available` are the fields whose
    column exists. A broken rule wins over blanks; a blank, an unreadable cell or a missing column is à instruire.
    """
    findings = _findings(dossiers, available, call, rules)
    breaking = [reason.code in BREAKING for reason, _ in findings]
    return pd.DataFrame(
        {
            "numero": dossiers["numero"],
            "status": statuses([mask for _, mask in findings], breaking, dossiers),
            "reasons": labelled(findings, dossiers.index),
            "to_complete": labelled(_blanks_of_applicants(findings, rules), dossiers.index),
        }
    )


def statuses(masks: Sequence[Mask], breaking: Sequence[bool], rows: pd.DataFrame) -> pd.Series:
    """The EligibilityStatus of each row: `breaking` masks make it inéligible, the others à instruire."""
    broken, doubtful = no_row(rows), no_row(rows)
    for mask, breaks in zip(masks, breaking, strict=True):
        doubtful |= mask
        if breaks:
            broken |= mask
    status = np.select(
        [broken, doubtful],
        [EligibilityStatus.INELIGIBLE.value, EligibilityStatus.TO_REVIEW.value],
        EligibilityStatus.ELIGIBLE.value,
    )
    return pd.Series(status, index=rows.index, dtype="str")


def _findings(
    dossiers: pd.DataFrame, available: frozenset[str], call: CallRules, rules: EligibilityRules
) -> list[Finding]:
    fields = _checked_fields(dossiers, rules)
    unread = unreadable(dossiers, fields)
    findings: list[Finding] = []
    for field in fields:
        if field not in available:
            findings.append((EligibilityReason(EligibilityCode.UNVERIFIABLE, field), ~no_row(dossiers)))
            continue
        column = dossiers[field]
        blank = column.isna().to_numpy(dtype=bool) & ~unread[field]
        findings += [(EligibilityReason(code, field), mask) for code, mask in _broken(column, call, rules)]
        lacking = EligibilityCode.UNREAD if field in rules.read_in_fiche else EligibilityCode.BLANK
        findings += [
            (EligibilityReason(lacking, field), blank),
            (EligibilityReason(EligibilityCode.UNREADABLE, field), unread[field]),
        ]
    return findings


def _checked_fields(dossiers: pd.DataFrame, rules: EligibilityRules) -> list[str]:
    """The fields that the rules look at, in the order of the columns."""
    checked = {SUBMITTED, *rules.required, *rules.attestations} | ({EIG_NUMBER} if rules.eig_numbers else set())
    position = {field: place for place, field in enumerate(dossiers.columns)}
    return sorted(checked, key=lambda field: (position.get(field, len(position)), field))


def _broken(column: pd.Series, call: CallRules, rules: EligibilityRules) -> list[tuple[EligibilityCode, Mask]]:
    field = str(column.name)
    if field == SUBMITTED:
        return _outside_the_window(column, call)
    if field == EIG_NUMBER and rules.eig_numbers:
        refused = column.notna() & ~column.isin(rules.eig_numbers)
        return [(EligibilityCode.EIG_NUMBER_REFUSED, refused.to_numpy(dtype=bool))]
    if field in rules.attestations:
        code = EligibilityCode.COMMITMENT_REFUSED if field in rules.eliminating else EligibilityCode.COMMITMENT_NO
        return [(code, is_no(column))]
    return []


def _outside_the_window(column: pd.Series, call: CallRules) -> list[tuple[EligibilityCode, Mask]]:
    """Where a dossier came before the opening, or after the last second: the platform shows no fraction of one."""
    second = pd.to_datetime(column).dt.floor("s")
    return [
        (EligibilityCode.TOO_EARLY, (second < call.first_moment).to_numpy(dtype=bool)),
        (EligibilityCode.TOO_LATE, (second > call.last_moment).to_numpy(dtype=bool)),
    ]


def _blanks_of_applicants(findings: list[Finding], rules: EligibilityRules) -> list[tuple[str, Mask]]:
    """The blank fields that applicants can fill: not the date of receipt, unless the rules require it."""
    blanks = [(reason.field, mask) for reason, mask in findings if reason.code is EligibilityCode.BLANK]
    return [(field, mask) for field, mask in blanks if field != SUBMITTED or field in rules.required]
