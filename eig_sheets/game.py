"""The rules of the game: recorded at the first evaluation, the notes when the jury closes; what changed since."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.config import Campaign, ConfigError, changed
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.french import number, plain, plural, typographic
from eig_sheets.memory import lines_of_output, moment_of
from eig_sheets.overrides import REOPENING, WEIGHT, Origin, settings_of, value_of, with_value
from eig_sheets.reading import Reading
from eig_sheets.results import Results, compute
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.render.regles import HEADERS, Rule
from eig_sheets.workbook.robot import records

_SCALE: Final = "Barème"
_METHOD: Final = "Méthode du classement"
DOSSIER: Final = "Dossier "
"""How the line of a dossier begins."""
ABSENT: Final = "absent"
"""The value of what was not there, or is no more."""
_METHODS: Final = {"mean": "moyenne des notes", "expected_rank": "rang attendu"}
_RULES: Final = ("campaign.target", "ranking.tie_break")


@dataclass(frozen=True, slots=True)
class Game:
    """The lines of `Règles du jeu`, and the changes that nobody gave a reason for."""

    rules: tuple[Rule, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()


def recorded(reading: Reading, remembered: Sequence[Sequence[Any]] = ()) -> list[Rule]:
    """What was recorded, as the tab says or, when no other machine wrote since, as the robot remembers it.

    `remembered`: headers then rows of `Règles du jeu` as the last run left it.
    """
    name = reading.layout.robot_tabs.get("regles")
    lines = list(records(reading.snapshot.tab(name) if name else None, HEADERS))
    if remembered:
        lines = [*lines_of_output(remembered, HEADERS)]
    found = (_rule(line) for line in lines)
    return [one for one in found if one is not None]


def _rule(line: Mapping[str, Any]) -> Rule | None:
    since = moment_of(line["Enregistré le"])
    if line["Quoi"] is None or line["Enregistré"] is None or since is None:
        return None
    return Rule(str(line["Quoi"]), str(line["Enregistré"]), None, since, str(line["Précision"] or ""))


def play(reading: Reading, results: Results, before: Sequence[Rule], now: datetime, today: date) -> Game:
    """Hold the rules and the notes against what was recorded, and record what is new, `now`. Pure.

    The jury is closed when `today` is after the day that the configuration says. A change stays an anomaly until
    `Paramètres` holds a « Réouverture » whose reason was not used before; then what is now is recorded in its place.
    """
    if not before and not _has_begun(results):
        return Game()
    return _Referee(reading, results, before, now.replace(second=0, microsecond=0), today).game()


def _has_begun(results: Results) -> bool:
    return bool((results.evaluated["status"] == EvaluationStatus.INCLUDED).any())


class _Referee:
    def __init__(self, reading: Reading, results: Results, before: Sequence[Rule], now: datetime, today: date) -> None:
        self._reading, self._results, self._now, self._today = reading, results, now, today
        self._before = {one.what: one for one in before if one.what != REOPENING}
        self._used = [one for one in before if one.what == REOPENING]
        self._campaign = reading.campaign

    def game(self) -> Game:
        rules = [self._rule(what, value) for what, value in _rules(self._campaign).items()]
        gone = [
            replace(one, now=ABSENT)
            for what, one in self._before.items()
            if what not in _rules(self._campaign) and not what.startswith(DOSSIER)
        ]
        rules += gone
        notes = self._notes(any(one.changed for one in rules))
        return self._settled(rules, notes)

    def _rule(self, what: str, value: str) -> Rule:
        known = self._before.get(what)
        if known is None:
            return Rule(what, value if not self._before else ABSENT, value, self._now, self._source(what))
        return replace(known, now=value, detail=self._source(what))

    def _source(self, what: str) -> str:
        origin = self._origin(what)
        return typographic(str(origin)) if origin else ""

    def _origin(self, what: str) -> Origin | None:
        return next((one for one in self._reading.overrides.origins.values() if one.label == what), None)

    def _notes(self, rules_changed: bool) -> list[Rule]:
        """Ranks and notes: recorded at the closing; before, only beside those that the recorded rules would give."""
        current = _places(self._results.ranking)
        known = {what: one for what, one in self._before.items() if what.startswith(DOSSIER)}
        if known or self._is_closed():
            kept = [replace(one, now=current.get(what, ABSENT)) for what, one in known.items()]
            new = [
                Rule(what, ABSENT if known else place, place, self._now)
                for what, place in current.items()
                if what not in known
            ]
            return [*kept, *new]
        if not rules_changed:
            return []
        then = self._by_the_recorded_rules()
        return [Rule(what, then.get(what, ABSENT), current.get(what, ABSENT), None) for what in {**then, **current}]

    def _is_closed(self) -> bool:
        closes = self._campaign.scoring.closes
        last = closes.date() if isinstance(closes, datetime) else closes
        return last is not None and self._today > last

    def _by_the_recorded_rules(self) -> dict[str, str]:
        try:
            campaign = _as_recorded(self._campaign, {what: one.recorded for what, one in self._before.items()})
        except ConfigError:
            return {}
        return _places(compute(self._reading, campaign).ranking)

    def _settled(self, rules: list[Rule], notes: list[Rule]) -> Game:
        """With the changes that a new reason allows recorded; the others are anomalies."""
        lines = [*rules, *(one for one in notes if one.since is not None)]
        moved = [one for one in rules if one.changed] or [one for one in lines if _is_another_note(one)]
        reason = self._new_reason() if moved else None
        if reason is None:
            return Game((*self._used, *rules, *notes), tuple(map(self._anomaly, moved)))
        said = Rule(REOPENING, reason, None, self._now, typographic(_changes(moved)))
        settled = [replace(one, recorded=one.now, since=self._now) for one in lines if one.now not in (None, ABSENT)]
        return Game((*self._used, said, *settled))

    def _new_reason(self) -> str | None:
        used = {plain(one.recorded) for one in self._used}
        return next((reason for _, reason in self._reading.overrides.reopenings if plain(reason) not in used), None)

    def _anomaly(self, one: Rule) -> Anomaly:
        if one.what.startswith(DOSSIER):
            numero = one.what.removeprefix(DOSSIER)
            tab = self._reading.layout.tabs["evaluations"]
            return anomaly("note_changee", tab.name, None, numero, before=one.recorded, now=one.now)
        origin = self._origin(one.what)
        tab_name, _, cell = origin.cell.rpartition("!") if origin else (self._tab_name(), "", "")
        return anomaly("regle_changee", tab_name, cell or None, None, header=one.what, before=one.recorded, now=one.now)

    def _tab_name(self) -> str:
        return self._reading.layout.robot_tabs.get("regles", self._reading.schema.robot_tabs["regles"])


_MOST_SHOWN: Final = 10


def _is_another_note(one: Rule) -> bool:
    """Whether a dossier's note is not what it was; its rank alone also moves with others', or when one withdraws."""
    return one.changed and one.now != ABSENT and one.recorded.rpartition(", ")[2] != str(one.now).rpartition(", ")[2]


def _changes(moved: Sequence[Rule]) -> str:
    shown = [f"{one.what} : {one.recorded} → {one.now}" for one in moved[:_MOST_SHOWN]]
    others = len(moved) - len(shown)
    return " ; ".join([*shown, *([f"et {plural(others, 'autre')}"] if others else [])])


def _rules(campaign: Campaign) -> dict[str, str]:
    settings = settings_of(campaign)
    low, high = campaign.scale
    rules = {
        **{settings[key].label: settings[key].write(value_of(campaign, key)) for key in _RULES},
        _SCALE: f"{number(low)} à {number(high)}",
        _METHOD: _METHODS[campaign.ranking.method],
        **{WEIGHT + one.label: number(one.weight) for one in campaign.criteria},
    }
    return {what: typographic(value) for what, value in rules.items()}


def _as_recorded(campaign: Campaign, values: Mapping[str, str]) -> Campaign:
    """The campaign under the rules that were recorded. Raises ConfigError when they fit it no more."""
    weights = {what for what in values if what.startswith(WEIGHT)}
    if weights != {WEIGHT + one.label for one in campaign.criteria}:
        raise ConfigError("criteria")
    low, high = (float(one.replace(",", ".")) for one in re.findall(r"[\d,]+", values[_SCALE])[:2])
    scoring = {**campaign.scoring.model_dump(), "min": low, "max": high}
    ranking = {**campaign.ranking.model_dump(), "method": _method(values[_METHOD])}
    campaign = changed(campaign, {"scoring": scoring, "ranking": ranking})
    for setting in settings_of(campaign).values():
        if setting.label in values:
            campaign = with_value(campaign, setting.key, setting.read(values[setting.label]))
    return campaign


def _method(written: str) -> str:
    return next((method for method, words in _METHODS.items() if words == written), written)


def _places(ranking: pd.DataFrame) -> dict[str, str]:
    """« rang 3, 18,85/20 » of each ranked dossier, in official order."""
    ranked = ranking[ranking["rank"].notna()]
    lines = zip(ranked["numero"], ranked["rank"], ranked["note"], strict=True)
    return {f"{DOSSIER}{numero}": f"rang {int(rank)}, {number(round(note, 2))}/20" for numero, rank, note in lines}
