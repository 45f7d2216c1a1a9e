"""The rules of the call for talents, on tables of candidates and evaluations of a few rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from eig_sheets.config import Campaign
from eig_sheets.features.talents.settings import CandidateReadingRules, TalentRules
from tests.call import builders as build

RULES: TalentRules = build.EIG5.talents
ALL = frozenset(field.id for field in build.SCHEMA.tab("talents").fields)
CRITERIA = tuple(RULES.labels)
WHOLE: Mapping[str, Any] = {
    "prenom": "Alix", "nom": "Moreau", "email": "alix@candidat.example", "metier": "Designer",
    "statut_actuel": "Salariée", "date_depot": datetime(2021, 4, 30, 12), "cv": "cv.pdf",
}  # fmt: skip


def read_by(**reading: Any) -> Campaign:
    """EIG5, of which the jury of candidates is asked this and nothing else is asked of any jury."""
    jury = type(build.EIG5.jury)(talents=CandidateReadingRules(**reading))
    return build.EIG5.model_copy(update={"jury": jury})


def rules(**changes: Any) -> TalentRules:
    """Those of EIG5, with some values changed."""
    return TalentRules.model_validate({**RULES.model_dump(), **changes})


def candidates(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Whole candidatures, numbered T1, T2… unless they say otherwise."""
    return build.table("talents", [{"candidature": f"T{nth}", **WHOLE, **row} for nth, row in enumerate(rows, 1)])


def review(candidature: str, juror: str, *scores: Any, numero: str | None = "101", **more: Any) -> dict[str, Any]:
    """One row of `Évaluations talents`; the same score everywhere when there is one."""
    typed: Iterable[Any] = scores * len(CRITERIA) if len(scores) == 1 else scores
    return {"candidature": candidature, "jure": juror, "numero": numero, **dict(zip(CRITERIA, typed)), **more}  # noqa: B905


def reviews(*rows: Mapping[str, Any]) -> pd.DataFrame:
    return build.table("evaluations_talents", rows)
