"""Follow-up of the selected projects: planned milestones, rows of `Suivi`, and the progress of each. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import candidate_rows
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.follow_up.progress import IN_ORDER, progress
from eig_sheets.features.follow_up.schedule import Period, Planned, periods, schedule
from eig_sheets.features.follow_up.settings import FollowUpRules, Milestone
from eig_sheets.features.follow_up.tabs import FOLLOW_UP
from eig_sheets.text.french import plain


def schedules_of(reading: Reading) -> dict[str, Sequence[Planned]]:
    """The milestones of each selected project, by its number; nothing where the configuration plans none."""
    rules, experimentation = reading.campaign.section(FollowUpRules), reading.campaign.emails.experimentation
    if not rules.milestones or experimentation is None:
        return {}

    @cache  # most projects begin on the same day
    def of_period(period: Period) -> Sequence[Planned]:
        return schedule(rules, period)

    talents = candidate_rows(reading)
    period_of = periods(_selected(reading)["numero"].tolist(), talents, experimentation)
    return {number: of_period(period) for number, period in period_of.items()}


def named_milestones(reading: Reading) -> dict[str, list[str]]:
    """The milestones that rows of `Suivi` name, by project: also those of rows that a blocking anomaly leaves out."""
    if FOLLOW_UP not in reading.layout.tabs:
        return {}
    rows = reading.tables[FOLLOW_UP].frame.dropna(subset=["numero", "jalon"])
    return {str(number): group.tolist() for number, group in rows.groupby("numero")["jalon"]}


def followed_milestones(reading: Reading, today: date) -> pd.DataFrame:
    """The rows of `Suivi` about selected projects: the most pressing first, then by date.

    Columns of the tab, and `projet`, `suivi_par`, `progress` (`progress.MilestoneProgress`), `late_days` (0 unless
    it is late), `planned` (the date that the rule gives; NaT where no rule plans that row).
    """
    rows = reading.valid_rows(FOLLOW_UP)
    dossiers = _selected(reading).drop_duplicates("numero").set_index("numero")
    rows = rows[rows["numero"].isin(dossiers.index)]
    days = {
        (number, plain(milestone.label)): milestone.due
        for number, milestones in schedules_of(reading).items()
        for milestone in milestones
    }
    planned = [
        days.get((number, plain(name or ""))) for number, name in zip(rows["numero"], rows["jalon"], strict=True)
    ]
    followed = rows.assign(
        projet=rows["numero"].map(dossiers["projet"]),
        suivi_par=rows["numero"].map(dossiers["suivi_par"]),
        progress=progress(rows, today),
        planned=pd.to_datetime(pd.Series(planned, index=rows.index, dtype=object)),
        late_days=(pd.Timestamp(today) - rows["echeance"]).dt.days.clip(lower=0),
    )
    followed["late_days"] = followed["late_days"].where(followed["progress"] == IN_ORDER[0], 0).astype(int)
    order = followed["progress"].map({state: place for place, state in enumerate(IN_ORDER)})
    ordered = followed.assign(order=order).sort_values(["order", "echeance", "row"], ignore_index=True)
    return ordered.drop(columns="order")


def milestone_rows(reading: Reading) -> pd.DataFrame:
    """The rows of `Suivi` that messages are about.

    Those whose rule says `remind = false` are not. `remind_days`: how many days before its date a milestone is
    recalled, NaN where no rule says it.
    """
    rows, rules = reading.valid_rows(FOLLOW_UP), _rules_by_name(reading)
    own = [rules.get(plain(name or "")) for name in rows["jalon"]]
    days = pd.Series([rule.remind_days if rule else None for rule in own], index=rows.index, dtype="float64")
    reminded = pd.Series([rule is None or rule.remind for rule in own], index=rows.index, dtype=bool)
    return rows.assign(remind_days=days)[reminded].reset_index(drop=True)


def _rules_by_name(reading: Reading) -> Mapping[str, Milestone]:
    """Plain name of a row → the rule that plans it, whatever the project."""
    rules = {rule.id: rule for rule in reading.campaign.section(FollowUpRules).milestones}
    # Most projects share theirs.
    schedules = {id(milestones): milestones for milestones in schedules_of(reading).values()}
    planned = (milestone for milestones in schedules.values() for milestone in milestones)
    return {plain(milestone.label): rules[milestone.key.partition("-")[0]] for milestone in planned}


def _selected(reading: Reading) -> pd.DataFrame:
    dossiers = reading.valid_rows("candidatures")
    return dossiers[laureates(dossiers)]
