"""`select`: the selection that is proposed under the limits of the call, and all that explains it."""

from __future__ import annotations

from collections.abc import Mapping

import click

from eig_sheets.campaign.acts import Act
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.selection import Selection, official_selection
from eig_sheets.campaign.selection_summary import explanations
from eig_sheets.campaign.selection_texts import sentences
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.doubts import doubts_key
from eig_sheets.cli.output import show_object, show_table
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.selection_records import SELECTION, projects_of, record, rows_of
from eig_sheets.cli.session import Session


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
        show_object(record(selection) | doubts_key())
    else:
        show_table(SELECTION, rows_of(selection, results), form, "Aucun dossier classé.")
    _explain(session, selection, projects_of(results))
    if selection.outcome.relaxed:
        raise Refusal(next(sentences(selection)), by_data=True)


def proposed_selection(session: Session) -> tuple[Selection, Results]:
    """The selection that is proposed under the limits, or without any, and the results that it comes from."""
    reading, results = results_of(session)
    official = (reading, results.dossiers, results.ranking, results.cofinancing)
    return results.selection or official_selection(*official), results


def _explain(session: Session, selection: Selection, projects: Mapping[str, str]) -> None:
    for sentence in explanations(selection, projects):
        session.say(sentence)
