"""Calendar entries of auditions, for all and for each juror; each has the uid of its invitation. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.emails.catalogue.appointments import HEARING
from eig_sheets.emails.catalogue.due import message_id
from eig_sheets.emails.drafting.appointments import appointment_uid
from eig_sheets.emails.mail.agenda_entries import AgendaEntry
from eig_sheets.emails.outbox.appointments import unused_uid
from eig_sheets.features.auditions.schedule import INVITATION, ScheduleRun, invitations_of
from eig_sheets.features.auditions.tab import AuditionStatus, PlannedAudition
from eig_sheets.text.french import typographic

_SETTLED: Final = (AuditionStatus.DECIDED, AuditionStatus.CONVENED)


def agenda_entries(run: ScheduleRun) -> tuple[list[AgendaEntry], dict[str, list[AgendaEntry]]]:
    """The auditions of all, and those that each juror hears, by address: not those for which they leave."""
    everybody: list[AgendaEntry] = []
    of_juror: dict[str, list[AgendaEntry]] = {}
    rows = {row.numero: row for row in run.schedule.rows}
    problem = run.schedule.auditions.problem
    for placement in run.schedule.timetable.placements:
        entry = _entry(run, rows[placement.numero])
        everybody.append(entry)
        for juror in problem.present(placement.numero, problem.group_named(placement.group), placement.span):
            of_juror.setdefault(juror, []).append(entry)
    return everybody, {juror: of_juror[juror] for juror in sorted(of_juror)}


def _entry(run: ScheduleRun, row: PlannedAudition) -> AgendaEntry:
    if row.heard is None:
        raise ValueError(row)
    campaign = run.reading.campaign
    sent = invitations_of(run.previous).get(row.numero)
    details = HEARING.details(campaign.messages, {"projet": row.project, "numero": row.numero})
    return AgendaEntry(
        uid=sent.uid if sent else _uid(run, row.numero),
        starts=row.heard.start,
        ends=row.heard.end,
        title=typographic(details.title),
        place=details.place,
        description=typographic(_description(row, row.heard.group)),
        settled=row.status in _SETTLED,
        sequence=sent.sequence if sent else 0,
    )


def _uid(run: ScheduleRun, numero: str) -> str:
    """The uid that the invitation will have."""
    about = message_id(INVITATION, numero).removeprefix(f"{INVITATION}-")
    first = appointment_uid(run.reading.campaign, HEARING.family, about)
    taken: Mapping[str, object] = run.previous.booked
    return unused_uid(first, first, taken.keys())


def _description(row: PlannedAudition, group: str) -> str:
    parts = [f"Dossier n° {row.numero}"]
    parts += [row.administration] if row.administration else []
    parts += [f"groupe {group}"] if group else []
    return f"{', '.join(parts)}."
