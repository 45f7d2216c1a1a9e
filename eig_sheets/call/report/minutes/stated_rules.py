"""The rules that the minutes state, each with its value and its source, and what changed since they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from eig_sheets.call.report.people import RuleSources
from eig_sheets.call.report.summary import amount
from eig_sheets.call.rules.recorded_rules import ABSENT, DOSSIER, NOT_YET_RECORDED, recorded
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.campaign.limits import ENVELOPE, MAXIMISED, UTILITIES, limit_keys, limit_value
from eig_sheets.campaign.overrides import FEWEST_REVIEWS, REOPENING
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.text.french import listed, number, percent, plural, typographic

_METHODS = {
    "mean": "moyenne des notes des évaluations complètes",
    "expected_rank": "rang attendu, corrigé de la sévérité des jurés",
}


def stated_rules_of(campaign: Campaign, source_of: RuleSources) -> Iterator[tuple[str, str, str]]:
    """Each rule, its value, and its source: a cell, or a comment of the configuration."""
    for name, value, key in _rules(campaign):
        yield typographic(name), typographic(value), typographic(source_of(key))
    for name, value, key, source in _rules_of_selection(campaign):
        published = filter(None, (source or source_of.comment(key), source_of.cells(key)))
        yield name, typographic(value), typographic(" ; ".join(published))


def _rules_of_selection(campaign: Campaign) -> Iterator[tuple[str, str, str, str]]:
    """Each rule of a selection under limits: its name, its value, its key, where it was published."""
    rules = campaign.selection
    if rules is None:
        return
    yield MAXIMISED, UTILITIES[rules.utility], "selection.utility", ""
    if rules.envelope is not None:
        yield ENVELOPE, amount(rules.envelope), "selection.envelope", rules.source
    for key, label in limit_keys(campaign).items():
        source = rules.limits[int(key.split(".")[2])].source
        yield label, number(limit_value(campaign, key)), key, source


def _rules(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    low, high = campaign.scale
    ranking = campaign.ranking
    yield "Places", plural(campaign.campaign.target, "projet"), "campaign.target"
    for criterion in campaign.criteria:
        yield f"Critère « {criterion.label} »", f"poids {number(criterion.weight)}", f"criteria.{criterion.id}"
    yield "Échelle d’un critère", f"de {number(low)} à {number(high)}", "scoring.min"
    yield "Note d’une évaluation", "20 × Σ poids × note ÷ (maximum × Σ poids)", "scoring.max"
    yield FEWEST_REVIEWS, number(campaign.scoring.min_reviews), "scoring.min_reviews"
    yield "Rang officiel", _METHODS[ranking.method], "ranking.method"
    yield "Départage à égalité", _tie_break(campaign), "ranking.tie_break"
    if ranking.min_note is not None:
        yield "Note minimale", f"{number(ranking.min_note)} sur 20", "ranking.min_note"
    yield "Liste d’attente", plural(ranking.waiting_list, "place"), "ranking.waiting_list"
    bounds = " à ".join(map(percent, ranking.zone))
    yield "Zone de délibération", f"probabilité de sélection de {bounds}, bornes comprises", "ranking.zone"


def _tie_break(campaign: Campaign) -> str:
    labels = [campaign.labels[name] for name in campaign.ranking.tie_break]
    return f"{listed(labels, 'puis')} ; sinon ex aequo" if labels else "aucun : ex aequo"


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """The rules that the tab `Règles du jeu` recorded, compared with the present ones; empty when none is recorded.

    `tab`: its name in this workbook.

    `rules`: all of them; one that the tab does not know was « absent ». `noted`: dossiers whose rank and note are
    recorded. `moved`: those whose rank or note changed; when none is recorded, those to which the recorded rules would
    give another. `reopenings`: each with its reason, `since` None when no synchronisation recorded it yet.
    `unexplained`: changes that wait for a reason.
    """

    tab: str
    rules: tuple[RecordedRule, ...] = ()
    noted: int = 0
    moved: tuple[RecordedRule, ...] = ()
    reopenings: tuple[RecordedRule, ...] = ()
    unexplained: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything differs from what was recorded at first."""
        return bool(self.moved or self.reopenings or any(rule.changed for rule in self.rules))


def rule_changes_of(reading: Reading, results: Results, day: date) -> RuleChanges:
    """The rule changes that a synchronisation on that `day` would find, by what the workbook itself recorded."""
    tab = reading.layout.robot_tabs.get("regles", reading.schema.robot_tabs["regles"])
    before = recorded(reading)
    if not before:
        return RuleChanges(tab)
    current = compare_rules(reading, results, before, datetime.combine(day, time.min), day)
    by_name = {rule.name: rule for rule in before if rule.name != REOPENING}
    noted = [name for name in by_name if name.startswith(DOSSIER)]
    lines = [
        *_compared(by_name.values(), current.rules),
        *_unrecorded(by_name, current.rules, noted=bool(noted)),
    ]
    return RuleChanges(
        tab,
        rules=tuple(line for line in lines if not line.name.startswith(DOSSIER)),
        noted=len(noted),
        moved=tuple(line for line in lines if line.name.startswith(DOSSIER) and line.changed),
        reopenings=tuple(
            rule if rule in before else replace(rule, since=None) for rule in current.rules if rule.name == REOPENING
        ),
        unexplained=len(current.anomalies),
    )


def _compared(before: Iterable[RecordedRule], after: Sequence[RecordedRule]) -> list[RecordedRule]:
    """The recorded lines with their current values; a reopening not yet recorded changes none."""
    now = {rule.name: rule.now for rule in after}
    return [replace(rule, now=now.get(rule.name) or ABSENT) for rule in before]


def _unrecorded(recorded_names: Iterable[str], after: Sequence[RecordedRule], *, noted: bool) -> list[RecordedRule]:
    """The lines that the tab does not have yet.

    Before notes are recorded, those of a dossier are what the recorded rules would give; the first notes to be
    recorded are no change.
    """
    new = [rule for rule in after if rule.name not in recorded_names and rule.name != REOPENING]
    expected = [rule for rule in new if rule.name.startswith(DOSSIER) and not noted]
    appeared = [
        replace(rule, recorded=NOT_YET_RECORDED.get(rule.name, ABSENT), since=None)
        for rule in new
        if rule not in expected
    ]
    return [*appeared, *(rule for rule in expected if rule.since is None)]
