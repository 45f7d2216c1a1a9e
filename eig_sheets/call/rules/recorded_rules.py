"""The rules of a call and the places of its dossiers as `Règles du jeu` records them, written and read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from eig_sheets.call.rules.regles import TABLE, RecordedRule
from eig_sheets.campaign.limits import ENVELOPE, KINDS, MAXIMISED, SECTION, UTILITIES
from eig_sheets.campaign.overrides import REOPENING, WEIGHT, settings_of, value_of, with_value
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.since_last_run import moment_of
from eig_sheets.config import Campaign, ConfigError, with_sections
from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.values import UnreadableError

DOSSIER: Final = "Dossier "
"""How the line of a dossier begins."""
ABSENT: Final = "absent"
"""The value of what was not there, or is no more."""
TAMPERED: Final = "modifié à la main"
"""The recorded value that people typed over and of which no copy is kept."""
NOT_YET_RECORDED: Final = {"Zone de délibération": typographic("25 % à 75 %")}
"""The rules that earlier releases applied without recording them."""
_SCALE: Final = "Barème"
_METHOD: Final = "Méthode du classement"
_METHODS: Final = {"mean": "moyenne des notes", "expected_rank": "rang attendu"}
_RULES: Final = ("campaign.target", "ranking.tie_break", "ranking.min_note", "ranking.waiting_list", "ranking.zone")


def recorded(
    reading: Reading, last_output: Sequence[Sequence[Any]] = (), last_known: Sequence[Sequence[Any]] = ()
) -> list[RecordedRule]:
    """The recorded rules and places, each with `now` None. `last_output`, `last_known`: headers, then rows as stored.

    When the last run was ours, what it left (`last_output`). Otherwise what the tab says; but for a line that is gone,
    or that people changed, what any run of this machine left (`last_known`), else TAMPERED, which no rule equals.
    """
    stored_rules = {_key(rule): rule for rule, _ in _read(TABLE.read_stored(last_output or last_known))}
    if last_output:
        return [*stored_rules.values()]
    name = reading.layout.robot_tabs.get("regles")
    rules = dict(stored_rules)
    for rule, genuine in _read(TABLE.read(reading.snapshot.tab(name) if name else None)):
        if genuine:
            rules[_key(rule)] = rule
        else:
            rules.setdefault(_key(rule), replace(rule, recorded=TAMPERED))
    return [*rules.values()]


def _key(rule: RecordedRule) -> tuple[str, str]:
    """The key of a line: its name, and the reason of a reopening, since there may be several."""
    return rule.name, rule.recorded if rule.name == REOPENING else ""


def _read(lines: Iterable[Mapping[str, Any]]) -> Iterator[tuple[RecordedRule, bool]]:
    """Each recorded line, and whether its checksum holds."""
    for line in lines:
        since = moment_of(line["since"])
        if line["name"] is not None and line["recorded"] is not None and since is not None:
            rule = RecordedRule(str(line["name"]), str(line["recorded"]), None, since, str(line["detail"] or ""))
            yield rule, rule.checksum == line["checksum"]


def rules_in_force(campaign: Campaign) -> dict[str, str]:
    """Every rule that is recorded, by its name."""
    settings = settings_of(campaign)
    low, high = campaign.scale
    rules = {
        **{settings[key].label: settings[key].write(value_of(campaign, key)) for key in _RULES},
        _SCALE: f"{number(low)} à {number(high)}",
        _METHOD: _METHODS[campaign.ranking.method],
        **{WEIGHT + criterion.label: number(criterion.weight) for criterion in campaign.criteria},
        **_of_selection(campaign),
    }
    return {name: typographic(value) for name, value in rules.items()}


def _of_selection(campaign: Campaign) -> dict[str, str]:
    """The rules of a selection under limits: no rank depends on them, the proposals do."""
    if campaign.selection is None:
        return {}
    settings = settings_of(campaign)
    keys = [key for key in settings if key.startswith(f"{SECTION}.")]
    written = {settings[key].label: settings[key].write(value_of(campaign, key)) for key in keys}
    return {MAXIMISED: UTILITIES[campaign.selection.utility], **written}


def is_of_selection(name: str) -> bool:
    """Whether a recorded line is a rule of the selection, by its name."""
    return name in (MAXIMISED, ENVELOPE) or name.startswith(KINDS)


def as_recorded(campaign: Campaign, values: Mapping[str, str]) -> Campaign | None:
    """The campaign under the recorded rules; None when they no longer fit it (other criteria, or TAMPERED)."""
    weights = {name for name, value in values.items() if name.startswith(WEIGHT) and value != ABSENT}
    if weights != {WEIGHT + criterion.label for criterion in campaign.criteria}:
        return None
    try:
        return _under(campaign, values)
    except (ConfigError, UnreadableError, KeyError, ValueError):
        return None


def _under(campaign: Campaign, values: Mapping[str, str]) -> Campaign:
    low, high = (float(number_text.replace(",", ".")) for number_text in re.findall(r"[\d,]+", values[_SCALE])[:2])
    scoring = {**campaign.scoring.model_dump(), "min": low, "max": high}
    ranking = {**campaign.ranking.model_dump(), "method": _method(values[_METHOD])}
    campaign = with_sections(campaign, {"scoring": scoring, "ranking": ranking})
    for setting in settings_of(campaign).values():
        if setting.label in values and not is_of_selection(setting.label):  # no place depends on a limit
            campaign = with_value(campaign, setting.key, setting.read(values[setting.label]))
    return campaign


def _method(written: str) -> str:
    return next((method for method, words in _METHODS.items() if words == written), written)


def places(ranking: pd.DataFrame) -> dict[str, str]:
    """« rang 3, 18,85/20 » of each ranked dossier, in official order, by the name of its line."""
    ranked = ranking[ranking["rank"].notna()]
    lines = zip(ranked["numero"], ranked["rank"], ranked["note"], strict=True)
    return {f"{DOSSIER}{numero}": f"rang {int(rank)}, {number(round(note, 2))}/20" for numero, rank, note in lines}


def note_in(place: str) -> str:
    """The note of a place."""
    return place.rpartition(", ")[2]
