"""E-mails to the projects that were selected, while they last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from eig_sheets.domain.decisions import DONE, POINTLESS
from eig_sheets.domain.due.days import monthly
from eig_sheets.domain.due.ids import Due, about_dossiers, message_id
from eig_sheets.domain.rules import Experimentation


def to_projects(projects: pd.DataFrame, period: Experimentation, today: date) -> Iterator[Due]:
    """To each of the dossiers selected, a welcome until the first monthly point, then the latest point."""
    if not period.starts <= today <= period.ends:
        return
    points = [day for day in monthly(period) if day <= today]
    if points:
        yield from about_dossiers("point_mensuel", projects, points[-1].isoformat())
    else:
        yield from about_dossiers("bienvenue", projects)


def about_milestones(
    milestones: pd.DataFrame, projects: pd.DataFrame, period: Experimentation, today: date
) -> Iterator[Due]:
    """A reminder for each milestone of these projects that is near and not done; once more when it is put off."""
    if not period.starts <= today <= period.ends:
        return
    soon = milestones["echeance"] <= pd.Timestamp(today) + pd.Timedelta(days=period.remind_days)
    waiting = ~milestones["statut"].isin([DONE, POINTLESS]) & milestones["numero"].isin(projects["numero"])
    found = milestones.loc[soon & waiting, ["numero", "echeance", "jalon", "row"]]
    for numero, due_on, name, row in found.sort_values([*found]).to_numpy(dtype=object).tolist():
        day = due_on.date().isoformat()
        yield Due(message_id("rappel_jalon", f"{numero}\n{name}", day), "rappel_jalon", numero, None, day, row)
