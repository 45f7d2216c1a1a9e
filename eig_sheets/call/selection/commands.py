"""`select`: the selection that is proposed under the limits of the call, and all that explains it."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import Any, Final

import click

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.selection.selection import Selection, selection_in_force
from eig_sheets.call.selection.words import (
    costs_of,
    explanations,
    moved_texts,
    next_of,
    relaxed_text,
    sentences,
    swap_text,
)
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.results import Results
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.doubts import doubts_key
from eig_sheets.cli.output import gap_record, show, show_object
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.text.french import typographic
from eig_sheets.workbook.table import Col, Table

_TABLE: Final = Table[dict[Any, Any]](
    Col("state", "Sélection"),
    Col("dossier", "Dossier", itemgetter("numero")),
    Col("project", "Projet", itemgetter("projet")),
    Col("rank", "Rang"),
    Col("amount_max", typographic("Co-financement maximum (€)")),
    Col("decision", "Décision"),
    Col("why", "Pourquoi"),
)
_WITHOUT_AMOUNTS: Final = Table[dict[Any, Any]](
    *(replace(column, header="") if column.key == "amount_max" else column for column in _TABLE)
)
"""For a call that pays no co-financing: people see no amount, programs read the same."""


@click.command(cls=ReadingCommand, acts=(Act.SELECTION,))
@click.pass_obj
def select(session: Session, form: str) -> None:
    """Affiche la sélection proposée sous les limites publiées, sans rien écrire.

    Les limites sont celles de [selection] dans la configuration, ou de Paramètres : une enveloppe, un minimum ou un
    maximum par valeur d’une colonne de Candidatures. Chaque écart au classement est expliqué, avec ce que coûte chaque
    limite, la réserve dans l’ordre et la sélection qui vient juste après. Une Décision saisie s’impose. Quand rien ne
    respecte toutes les limites, le plus petit assouplissement est dit, avec la sélection qu’il donnerait : code 1.
    """
    selection, results = proposed_selection(session)
    if form == "json":
        show_object(_record(selection) | doubts_key())
    else:
        pays_none = session.campaign.cofinancing.rule == "none"
        table = _WITHOUT_AMOUNTS if pays_none else _TABLE
        show(table, rows_of(selection, results), form, "Aucun dossier classé.")
    for sentence in explanations(selection, projects_of(results)):
        session.say(sentence)
    if selection.outcome.relaxed:
        raise Refusal(next(sentences(selection)), by_data=True)


def proposed_selection(session: Session) -> tuple[Selection, Results]:
    """The selection that is proposed under the limits, or without any, and the results that it comes from."""
    reading, results = results_of(session)
    return selection_in_force(reading, results), results


def _record(selection: Selection) -> dict[str, Any]:
    """The whole selection, for programs: a contract."""
    outcome, numbers = selection.outcome, selection.problem.numbers

    def number(place: int | None) -> str | None:
        return None if place is None else numbers[place]

    following = next_of(selection)
    return {
        "selected": selection.numbers(outcome.selected),
        "reserve": selection.numbers(selection.reserve),
        "swaps": [
            {
                "out": number(swap.leaving),
                "in": number(swap.entering),
                "reason": swap_text(swap, selection),
                "cost": swap.cost,
            }
            for swap in selection.swaps
        ],
        "constraints": [
            {"name": limit.name, "cost": limit.cost, "source": limit.source} for limit in costs_of(selection)
        ],
        "optimal": outcome.optimal,
        "relaxed": [relaxed_text(limit, selection) for limit in outcome.relaxed],
        "utility": {"by": selection.by, "total": selection.problem.worth(outcome.selected)},
        "next": following
        and {
            "selected": selection.numbers(following.best.selected),
            "out": [*following.leaving],
            "in": [*following.entering],
            "behind": following.best.behind,
        },
        "free_places": [
            {"dossier": number(successor.dossier), "passed": [numbers[place] for place, _ in successor.passed]}
            for successor in selection.successors
        ],
        "gap": gap_record(outcome.gap),
    }


def projects_of(results: Results) -> dict[str, str]:
    """The names of the projects, by number of dossier; without those that have none."""
    dossiers = results.of(APPLICATIONS).dossiers.dropna(subset=["projet"])
    return dict(zip(dossiers["numero"], dossiers["projet"], strict=True))


def rows_of(selection: Selection, results: Results) -> list[dict[Any, Any]]:
    """A row for each selected dossier, then for the reserve in its order, then for who is left out by a limit."""
    reserve, moved = {place: order for order, place in enumerate(selection.reserve, 1)}, moved_texts(selection)
    left_out = [swap.leaving for swap in selection.swaps if swap.leaving is not None and swap.leaving not in reserve]
    selected = [place for place, chosen in enumerate(selection.outcome.selected.tolist()) if chosen]
    rows = selection.pool.rows.merge(results.of(APPLICATIONS).dossiers[["numero", "projet"]], on="numero", how="left")
    rows = rows.merge(results.of(COFINANCING)[["numero", "amount_max"]], on="numero", how="left")
    records = []
    for place in (*selected, *selection.reserve, *left_out):
        row = rows.iloc[place]
        state = f"réserve {reserve[place]}" if place in reserve else "retenu" if place in selected else "écarté"
        records.append({**row, "state": state, "why": moved.get(row["numero"])})
    return records
