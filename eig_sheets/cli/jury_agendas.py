"""The .ics of `jury schedule`: one for each juror, and one for all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from eig_sheets.cli.session import Session
from eig_sheets.demarche.file_names import safe_name
from eig_sheets.emails.outlets.agendas import SUFFIX, Agendas, write_agendas
from eig_sheets.sync.agendas import agenda_entries
from eig_sheets.sync.auditions import ScheduleRun
from eig_sheets.text.french import plural, typographic

_EVERYBODY: Final = "tous"


def write(session: Session, run: ScheduleRun, folder: str) -> None:
    """Write the agendas that changed."""
    campaign = run.reading.campaign
    title = typographic(f"Auditions : {campaign.campaign.name or campaign.campaign.id}")
    changed = write_agendas(Path(folder), _agendas(run), title, campaign.zone, datetime.now(campaign.zone))
    session.say(f"{folder} : {plural(changed, 'agenda écrit', 'agendas écrits')}.")


def _agendas(run: ScheduleRun) -> Agendas:
    """The auditions of each file: that of all, and those of the jurors, even of one who hears nothing any more."""
    everybody, of_jurors = agenda_entries(run)
    jurors = [juror for group in run.schedule.auditions.problem.groups for juror in group.jurors]
    own = {safe_name(f"{juror}{SUFFIX}"): of_jurors.get(juror, []) for juror in jurors}
    return {f"{_EVERYBODY}{SUFFIX}": everybody, **own}
