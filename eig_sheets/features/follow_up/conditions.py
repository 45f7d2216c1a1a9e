"""Conditions: when each e-mail of the ten months is due, as in `programme_conditions`."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from eig_sheets.domain.date_bounds import after
from eig_sheets.domain.emails.due import Due, Situation, message_id, one_each
from eig_sheets.domain.emails.programme_conditions import months_reached, selected_projects, under_way
from eig_sheets.features.follow_up.settings import DONE, OF_THE_PROGRAMME, POINTLESS, FollowUpRules
from eig_sheets.features.follow_up.tabs import FOLLOW_UP


def milestone(template: str, now: Situation) -> Iterator[Due]:
    """A reminder for each milestone that is near and not done, until its day; another when it is postponed.

    `remind_days` of each is that of its rule; NaN for one that people added, or that has none of its own.
    """
    milestones = now.tables.of(FOLLOW_UP)
    if now.rules.experimentation is None or milestones is None or not now.announced(now.rules.announced):
        return
    today = pd.Timestamp(now.today)
    days = milestones["remind_days"].fillna(now.settings.section(FollowUpRules).remind_days)
    near = (milestones["echeance"] >= today) & (milestones["echeance"] - pd.to_timedelta(days, unit="D") <= today)
    selected = milestones["numero"].isin(selected_projects(now)["numero"])
    theirs = selected & ~milestones["responsable"].isin([OF_THE_PROGRAMME])
    left = ~milestones["statut"].isin([DONE, POINTLESS])
    due_soon = milestones.loc[near & left & theirs, ["numero", "echeance", "jalon", "row"]]
    for numero, due_on, name, row in due_soon.sort_values([*due_soon]).to_numpy(dtype=object).tolist():
        day = due_on.date().isoformat()
        yield Due(message_id(template, f"{numero}\n{name}", day), template, numero, None, day, row)


def monthly_point(template: str, now: Situation) -> Iterator[Due]:
    """Each project, for the latest monthly point."""
    period = under_way(now)
    if period and (points := months_reached(period, now.today)):
        yield from one_each(template, selected_projects(now), "numero", points[-1].isoformat())


def openness(template: str, now: Situation) -> Iterator[Due]:
    """Each project, from the day on which it may tell what it opened, until the last."""
    period = now.rules.experimentation
    if period is None:
        return
    asked = after(period.ends, months=-now.settings.section(FollowUpRules).asked_months)
    if asked <= now.today <= period.ends:
        yield from one_each(template, selected_projects(now), "numero")
