"""Which e-mails are due: from what people typed and the days of the configuration that have come, nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.domain.due.advice import to_advised
from eig_sheets.domain.due.applicants import laureates, to_applicants
from eig_sheets.domain.due.experimentation import about_milestones, to_projects
from eig_sheets.domain.due.ids import Due, message_id
from eig_sheets.domain.due.jury import to_jurors
from eig_sheets.domain.due.talents import to_talents
from eig_sheets.domain.rules import TEMPLATES, EmailRules

__all__ = ["COLUMNS", "TEMPLATES", "Due", "Tables", "due", "laureates", "message_id"]

COLUMNS: Final = Due._fields


@dataclass(frozen=True, slots=True)
class Tables:
    """What e-mails are about, each with the `row` of its line.

    `dossiers`: numero (unique), eligibility, to_complete (tuple), preselection, decision, audition, cofin_requested,
    cofin_missing (tuple). `jurors`: email (unique), pending (tuple of numbers), took_part (bool). `talents`,
    `slots`, `milestones`: the tabs Talents, Créneaux and Suivi as parsed, None when the workbook has no such tab.
    """

    dossiers: pd.DataFrame
    jurors: pd.DataFrame
    talents: pd.DataFrame | None = None
    slots: pd.DataFrame | None = None
    milestones: pd.DataFrame | None = None


def due(tables: Tables, rules: EmailRules, today: date, told: Collection[str] = ()) -> pd.DataFrame:
    """The e-mails due on `today`, one a row, whatever was drafted before: an id that exists already is not new.

    `told` are the ids of e-mails that people have received: a laureate who was told to wait is told otherwise.
    The answer has `COLUMNS`, in the order of `TEMPLATES` then of numbers, people and moments; each id is there once.
    """
    rows = [one for one in _all(tables, rules, today, told) if one.template not in rules.disabled]
    rows.sort(key=lambda one: TEMPLATES.index(one.template))
    return pd.DataFrame(rows, columns=[*COLUMNS], dtype=object).drop_duplicates("id", ignore_index=True)


def _all(tables: Tables, rules: EmailRules, today: date, told: Collection[str]) -> Iterator[Due]:
    yield from to_applicants(tables.dossiers, rules, today, told)
    yield from to_jurors(tables.jurors, rules, today)
    if tables.talents is not None:
        yield from to_talents(tables.talents, rules.talents, today)
    if tables.slots is not None:
        yield from to_advised(tables.slots, rules.webinars, today)
    if rules.experimentation is not None:
        projects = tables.dossiers[laureates(tables.dossiers)]
        yield from to_projects(projects, rules.experimentation, today)
        if tables.milestones is not None:
            yield from about_milestones(tables.milestones, projects, rules.experimentation, today)
