"""Changes of rules and notes since they were recorded: rules at the first evaluation, notes when the jury closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from eig_sheets.call.jury.progress import is_over
from eig_sheets.call.results import compute
from eig_sheets.call.rules.recorded_rules import (
    ABSENT,
    DOSSIER,
    NOT_YET_RECORDED,
    as_recorded,
    is_of_selection,
    note_in,
    places,
    rules_in_force,
)
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.call.scoring.rules_ranking import Unranked
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.overrides import REOPENING, Origin
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import day, plain, plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning

RULE_CHANGED: Final = warning(
    "regle_changee",
    "« {header} », enregistré le {day} : {before} ; maintenant : {now}. La règle a changé en cours de jeu.",
    "Rétablissez ce qui est enregistré, ou ajoutez dans Paramètres une ligne « Réouverture » avec une raison qui "
    "n’a pas encore servi. Règles du jeu montre ce qui change.",
)
CRITERION_CHANGED: Final = warning(
    "critere_change",
    "« {header} », enregistré le {day} : {before} ; maintenant : {now}. Les critères ont changé en cours de jeu : "
    "le classement d’avant ne se recalcule plus.",
    "Rétablissez les critères et leurs noms, ou ajoutez dans Paramètres une ligne « Réouverture » avec une raison "
    "qui n’a pas encore servi.",
)
SCORE_CHANGED: Final = warning(
    "note_changee",
    "Rang et note enregistrés le {day} : {before} ; maintenant : {now}.",
    "Rétablissez ce qui a changé (notes, éligibilité, décision : l’historique des versions le dit), ou ajoutez "
    "dans Paramètres une ligne « Réouverture » avec une raison qui n’a pas encore servi.",
)

_MOST_SHOWN: Final = 200
_REASON_USED_UP: Final = typographic("Rien n’avait changé : cette raison ne vaut pour aucun changement à venir.")
_FIRST: Final = typographic("D’abord enregistré : ")


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """The lines of `Règles du jeu`, and the changes that nobody gave a reason for."""

    rules: tuple[RecordedRule, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()


def compare_rules(
    reading: Reading, results: Results, before: Sequence[RecordedRule], now: datetime, today: date
) -> RuleChanges:
    """Compare the rules and the notes with what was recorded, and record what is new, `now`. Pure.

    The jury is closed when `today` is after the day that the configuration says. A change stays an anomaly until
    `Paramètres` holds a « Réouverture » with a reason that was not there before: then what is now is recorded in its
    place. A reason that comes when nothing has changed is used up: it covers no later change.
    """
    begun = (results.of(SCORES).evaluated["status"] == EvaluationStatus.INCLUDED).any()
    if not before and not begun:
        return RuleChanges()
    return _Comparison(reading, results, before, now.replace(second=0, microsecond=0), today).rule_changes()


class _Comparison:
    def __init__(
        self, reading: Reading, results: Results, before: Sequence[RecordedRule], now: datetime, today: date
    ) -> None:
        self._reading, self._results, self._now, self._today = reading, results, now, today
        self._before = {rule.name: rule for rule in before if rule.name != REOPENING}
        self._used_reasons = [rule for rule in before if rule.name == REOPENING]
        self._campaign = reading.campaign

    def rule_changes(self) -> RuleChanges:
        """Compare the rules, then the places; a change is accepted by a reason, or reported as an anomaly."""
        notes = self._notes()
        moved = [*(rule for rule in self._rules if rule.changed), *filter(self._has_other_note, notes)]
        reasons = self._new_reasons()
        reopened = [
            RecordedRule(REOPENING, reason, None, self._now, _changes(moved) or _REASON_USED_UP) for reason in reasons
        ]
        if moved and reasons:
            accepted = (_accepted(rule, self._now) for rule in (*self._rules, *notes) if rule.since is not None)
            return RuleChanges((*self._used_reasons, *reopened, *accepted))
        return RuleChanges((*self._used_reasons, *reopened, *self._rules, *notes), tuple(map(self._anomaly, moved)))

    @cached_property
    def _rules(self) -> list[RecordedRule]:
        current = rules_in_force(self._campaign)
        gone = (rule for name, rule in self._before.items() if name not in current and not name.startswith(DOSSIER))
        return [
            *(self._rule(name, value) for name, value in current.items()),
            *(replace(rule, now=ABSENT) for rule in gone),
        ]

    def _rule(self, name: str, value: str) -> RecordedRule:
        previous = self._before.get(name)
        origin = self._origin(name)
        source = typographic(str(origin)) if origin else ""
        if previous is None:
            recorded = NOT_YET_RECORDED.get(name, ABSENT) if self._before else value
            return RecordedRule(name, recorded, value, self._now, source)
        return replace(previous, now=value, detail=source)

    def _origin(self, name: str) -> Origin | None:
        return next((origin for origin in self._reading.overrides.origins.values() if origin.label == name), None)

    def _notes(self) -> list[RecordedRule]:
        """The lines of places: recorded when the jury closes; before, only to show what a change of rules moves."""
        recorded_places = {name: rule for name, rule in self._before.items() if name.startswith(DOSSIER)}
        if recorded_places:
            unchanged = [replace(rule, now=self._current.get(name, ABSENT)) for name, rule in recorded_places.items()]
            new = [
                RecordedRule(name, ABSENT, place, self._now)
                for name, place in self._current.items()
                if name not in recorded_places
            ]
            return [*unchanged, *new]
        expected = self._places_under_recorded_rules
        if is_over(self._campaign, self._today):  # under the rules that are recorded: others wait for a reason
            return self._compared_with(self._current if expected is None else expected, self._now)
        if expected is None or not any(rule.changed for rule in self._rules):
            return []
        return self._compared_with(expected, None)

    def _compared_with(self, expected: Mapping[str, str], since: datetime | None) -> list[RecordedRule]:
        both = {**expected, **self._current}
        return [RecordedRule(name, expected.get(name, ABSENT), self._current.get(name, ABSENT), since) for name in both]

    @cached_property
    def _current(self) -> dict[str, str]:
        return places(self._results.of(SCORES).ranking)

    @cached_property
    def _places_under_recorded_rules(self) -> dict[str, str] | None:
        """The places of the current notes under the recorded rules; None when the campaign no longer fits these."""
        if not any(rule.changed for rule in self._rules):
            return self._current
        campaign = as_recorded(self._campaign, {name: rule.recorded for name, rule in self._before.items()})
        return None if campaign is None else places(compute(self._reading.with_campaign(campaign)).of(SCORES).ranking)

    def _has_other_note(self, rule: RecordedRule) -> bool:
        """Whether a dossier's note changed since it was recorded: not because of a rule, nor of its withdrawal."""
        if rule.since is None or self._places_under_recorded_rules is None:
            return False
        now = self._places_under_recorded_rules.get(rule.name, ABSENT)
        return note_in(rule.recorded) != note_in(now) and not (now == ABSENT and self._is_out(rule.name))

    def _is_out(self, name: str) -> bool:
        """Whether people took a dossier out of the ranking."""
        ranking = self._results.of(SCORES).ranking
        reasons = ranking.loc[ranking["numero"] == name.removeprefix(DOSSIER), "unranked_reason"]
        return any(reason is not None and reason != Unranked.WITHOUT_EVALUATION for reason in reasons)

    def _new_reasons(self) -> list[str]:
        used = {plain(rule.recorded) for rule in self._used_reasons}
        return [
            *{
                plain(reason): reason for _, reason in self._reading.overrides.reopenings if plain(reason) not in used
            }.values()
        ]

    def _anomaly(self, rule: RecordedRule) -> Anomaly:
        since = day(rule.since) if rule.since else ""
        if rule.name.startswith(DOSSIER):
            numero = rule.name.removeprefix(DOSSIER)
            tab, cell = self._first_cell(numero)
            now = (self._places_under_recorded_rules or self._current).get(rule.name, ABSENT)
            before = _note_text(rule.recorded)
            return anomaly(SCORE_CHANGED, tab, cell, numero, day=since, before=before, now=_note_text(now))
        origin = self._origin(rule.name)
        tab, cell = (origin.tab, origin.cell) if origin else (self._tab_name(), None)
        is_criterion = ABSENT in (rule.recorded, rule.now) and not is_of_selection(rule.name)
        code = CRITERION_CHANGED if is_criterion else RULE_CHANGED
        return anomaly(code, tab, cell, None, header=rule.name, day=since, before=rule.recorded, now=str(rule.now))

    def _first_cell(self, numero: str) -> tuple[str, str | None]:
        """The cell of the first evaluation of a dossier, else that of the dossier."""
        for table in (*self._reading.review_tables, self._reading.tables["candidatures"]):
            rows = table.frame.loc[table.frame["numero"] == numero, "row"].tolist()
            if rows:
                return table.layout.name, table.layout.cell("numero", rows[0])
        return self._reading.layout.tabs["candidatures"].name, None

    def _tab_name(self) -> str:
        return self._reading.layout.robot_tabs.get("regles", self._reading.schema.robot_tabs["regles"])


def _note_text(place: str) -> str:
    return "aucune note" if place == ABSENT else place


def _accepted(rule: RecordedRule, now: datetime) -> RecordedRule:
    """The line with its current value as the recorded one; that of a dossier still shows what was first recorded."""
    if not rule.changed:
        return rule
    first = rule.detail if rule.detail.startswith(_FIRST) else f"{_FIRST}{rule.recorded}."
    detail = first if rule.name.startswith(DOSSIER) else rule.detail
    return replace(rule, recorded=str(rule.now), since=now, detail=detail)


def _changes(moved: Sequence[RecordedRule]) -> str:
    listed = [f"{rule.name} : {rule.recorded} → {rule.now}" for rule in moved[:_MOST_SHOWN]]
    others = len(moved) - len(listed)
    return typographic(" ; ".join([*listed, *([f"et {plural(others, 'autre')}"] if others else [])]))
