"""The auditions of a call, from its tabs: which dossiers are heard, by whom, and what people decided. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.jury.assignments import assignments_of
from eig_sheets.call.scoring.rules_ranking import natural_key
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.domain.decisions import PRESELECTED, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT, WITHDRAWN
from eig_sheets.domain.frames import is_yes
from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.availability import availability_of
from eig_sheets.features.auditions.rules_problem import Group, Hearing, Placement, Timetabling
from eig_sheets.features.auditions.settings import AuditionRules
from eig_sheets.features.auditions.tab import RecordedAudition, RecordedTimetable
from eig_sheets.text.french import plain

PORTEURS: Final = ("email_porteur", "email_porteur_2")
"""Fields of `Candidatures`: who presents the project."""


@dataclass(frozen=True, slots=True)
class Auditions:
    """The auditions of a call. `typed`: « Audition décidée » of each dossier; `unreadable`: where it cannot be read.

    `convened`: the hour that applicants were last told; `recorded`: what `Planning des auditions` knows.
    """

    problem: Timetabling
    typed: Mapping[str, datetime]
    unreadable: tuple[str, ...]
    convened: Mapping[str, datetime]
    recorded: RecordedTimetable

    def to_move(self, numero: str) -> RecordedAudition | None:
        """The hour proposed instead of the one that people decided, until they change theirs."""
        audition = self.recorded.heard.get(numero)
        if audition is None or audition.replaces is None or audition.replaces != self.problem.decided.get(numero):
            return None
        return audition


def auditions_of(
    reading: Reading,
    results: Results,
    today: date,
    recorded: RecordedTimetable,
    convened: Mapping[str, datetime],
) -> Auditions:
    """The auditions that are still to hold, or were held, on `today`.

    An hour that applicants were told stands even where its cell was erased: people may not have meant it.
    """
    heard = _heard(reading, results, today)
    numbers = [str(numero) for numero in heard["numero"]]
    decisions = heard.dropna(subset="audition")
    typed = {
        str(numero): _minute(moment) for numero, moment in zip(decisions["numero"], decisions["audition"], strict=True)
    }
    told = {numero: convened[numero] for numero in numbers if numero in convened}
    unreadable = tuple(
        numero for numero, fields in zip(numbers, heard["unreadable"], strict=True) if "audition" in fields
    )
    decided = {**told, **typed}
    groups = _groups(reading)
    problem = Timetabling(
        rules=reading.campaign.section(AuditionRules),
        hearings=_hearings(reading, heard[~heard["numero"].isin(unreadable)]),
        groups=groups,
        availability=availability_of(reading),
        recusals=frozenset(recusals_of(reading)),
        decided=decided,
        convened=frozenset(told),
        known=_known(recorded.heard, decided, {group.name for group in groups}),
        first_day=today,
    )
    return Auditions(problem, typed, unreadable, told, recorded)


def _heard(reading: Reading, results: Results, today: date) -> pd.DataFrame:
    """The dossiers to hear, in the order of their numbers.

    Those preselected, once there is one, else those that nobody set aside, while nothing is decided; and those that
    were heard already, or whose audition people decided.
    """
    dossiers = reading.valid_rows("candidatures")
    status = dossiers["numero"].map(results.of(APPLICATIONS).eligibility.set_index("numero")["status"])
    preselected = dossiers["preselection"].isin([PRESELECTED])
    called = preselected if preselected.any() else ~status.isin([EligibilityStatus.INELIGIBLE.value])
    aside = dossiers["preselection"].isin([REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT])
    aside |= dossiers["decision"].isin([WITHDRAWN])
    undecided = dossiers["decision"].isna()
    was_heard = dossiers["audition"] < pd.Timestamp(today) + timedelta(days=1)
    heard = ~aside & ((called & undecided) | (dossiers["audition"].notna() & (undecided | was_heard)))
    chosen = dossiers[heard]
    order = sorted(chosen.index, key=lambda place: natural_key(str(chosen["numero"].at[place])))
    return chosen.loc[order].reset_index(drop=True)


def _minute(moment: Any) -> datetime:
    minute: datetime = moment.to_pydatetime().replace(second=0, microsecond=0)
    return minute


def _groups(reading: Reading) -> tuple[Group, ...]:
    """The groups that « Groupe » names, in order; without any, the whole jury is one."""
    jurors = (
        reading.valid_rows("jury").dropna(subset="email").sort_values("email") if "jury" in reading.tables else None
    )
    if jurors is None or jurors["groupe"].isna().all():
        return (Group("", () if jurors is None else tuple(jurors["email"].drop_duplicates())),)
    first = jurors.dropna(subset="groupe").drop_duplicates("email")
    members = {name: tuple(emails) for name, emails in first.groupby("groupe")["email"]}
    return tuple(
        Group(str(name), members[name]) for name in sorted(members, key=lambda name: natural_key(plain(str(name))))
    )


def _hearings(reading: Reading, heard: pd.DataFrame) -> tuple[Hearing, ...]:
    assigned = assignments_of(reading)
    read = _readers(reading) if assigned.empty else assigned
    readers = {str(numero): frozenset(emails) for numero, emails in read.groupby("numero")["jure"]}
    as_groups = reading.campaign.jury.reads_as_group and not assigned.empty
    group_of = {juror: group.name for group in _groups(reading) for juror in group.jurors}

    def hearing(row: Any) -> Hearing:
        porteurs = frozenset(email for field in PORTEURS if (email := getattr(row, field)) is not None)
        own = readers.get(row.numero, frozenset())
        groups = frozenset(group_of[juror] for juror in own if juror in group_of) if as_groups else frozenset()
        return Hearing(row.numero, porteurs, own, groups)

    return tuple(hearing(row) for row in heard.itertuples(index=False))


def _readers(reading: Reading) -> pd.DataFrame:
    """Who has each dossier in `Évaluations`, and did not step aside."""
    rows = reading.valid_rows("evaluations")
    return rows[~is_yes(rows["deport"])].dropna(subset=["numero", "jure"])[["numero", "jure"]]


def _known(
    recorded: Mapping[str, RecordedAudition], decided: Mapping[str, datetime], groups: set[str]
) -> dict[str, Placement]:
    """The recorded placements of groups that are still there; of a decided dossier, only its group counts."""
    return {
        numero: Placement(numero, Span(audition.start, audition.end), audition.group)
        for numero, audition in recorded.items()
        if audition.group in groups and (numero not in decided or audition.replaces is None)
    }
