"""Explanation of one dossier in a selection under limits: its state, its limits, their cells and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eig_sheets.campaign.explanation_lines import Line, explanation_line, rule_source
from eig_sheets.campaign.limit_settings import SECTION
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.selection import LimitInForce, Selection
from eig_sheets.campaign.selection_texts import UTILITIES, envelope_name, limit_name, money, moved_texts
from eig_sheets.domain.selection.problem import ENVELOPE
from eig_sheets.workbook.model.cell_names import reference


def selection_lines(
    numero: str, reading: Reading, selection: Selection, source_of: Mapping[str, str]
) -> Iterator[Line]:
    """A line on the state of a dossier in the selection, then one for each limit that it counts in."""
    if numero not in selection.problem.numbers:
        return
    place = selection.problem.numbers.index(numero)
    why = moved_texts(selection).get(numero) or "comme le classement seul"
    maximised = f"{why} ; ce qui est maximisé : {UTILITIES[selection.by]}"
    source = rule_source(source_of, f"{SECTION}.utility")
    yield explanation_line("Sélection", _state(place, selection), maximised, "", source)
    row = int(reading.tables["candidatures"].frame.set_index("numero")["row"][numero])
    totals = selection.problem.totals(selection.outcome.selected)
    for bound, total in zip(selection.problem.bounds, totals, strict=True):
        if place not in bound.members:
            continue
        if bound.limit == ENVELOPE:
            weight = int(bound.weights[bound.members == place][0])
            text = f"les retenus en prennent {money(total / 100)}, sur {money(bound.level / 100)}"
            name = envelope_name(bound.level / 100)
            source = f"{selection.rules.source} ; {rule_source(source_of, f'{SECTION}.envelope')}"
            yield explanation_line(name, weight / 100, text, "", source)
        elif bound.limit >= 0:
            limit = selection.limits[bound.limit]
            text = f"{total} retenus sur {bound.level} {'au moins' if bound.at_least else 'au plus'}"
            cell = _cell(limit, row, reading)
            yield explanation_line(limit_name(limit), bound.value, text, cell, _source(bound.limit, limit, source_of))


def _state(place: int, selection: Selection) -> str:
    if selection.outcome.selected[place]:
        return "retenu"
    return f"réserve {selection.reserve.index(place) + 1}" if place in selection.reserve else "non retenu"


def _cell(limit: LimitInForce, row: int, reading: Reading) -> str:
    tab = reading.layout.tabs["candidatures"]
    return reference(tab.tab, row, limit.column.column, by_id=tab.rows_have_ids)


def _source(place: int, limit: LimitInForce, source_of: Mapping[str, str]) -> str:
    typed = [source_of[key] for name in ("min", "max") if (key := f"{SECTION}.limits.{place}.{name}") in source_of]
    return " ; ".join((limit.rule.source, *typed))
