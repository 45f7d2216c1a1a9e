"""`cofinancing`: who pays how much of each project, for people, for programs, and for the finance department."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import click

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing import commands_files
from eig_sheets.call.cofinancing.amounts import COFINANCING, cofinancing_totals
from eig_sheets.call.cofinancing.cofinancement import amount_nature, missing_text
from eig_sheets.call.cofinancing.explain import explain_cofinancing
from eig_sheets.call.cofinancing.words import total_sentences
from eig_sheets.call.scoring.commands_rank import View, explain_option, print_view
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.click_french import WholeNumber, at_most_one
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.session import Session
from eig_sheets.workbook import words
from eig_sheets.workbook.cells import sentence, written
from eig_sheets.workbook.table import Col, Table, plain


@click.command(
    cls=ReadingCommand,
    acts=(
        Act.SELECTION,
        Act.COFINANCING_TABLE,
    ),
)
@explain_option
@click.option(
    "--to",
    "target",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Écrit le tableau du service financier dans ce fichier, .xlsx ou .csv (pour Excel en français). Il porte un "
    "numéro de version, et ce qu’il dit est conservé.",
)
@click.option(
    "--documents",
    "folder",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Écrit dans ce dossier les annexes (.docx) des lauréats décidés, une par voie, à compléter.",
)
@click.option("--programmes", is_flag=True, help="Une ligne par programme budgétaire crédité, en euros entiers.")
@click.option("--versions", is_flag=True, help="Les versions remises par --to.")
@click.option(
    "--since",
    metavar="N",
    type=WholeNumber(1),
    help="Ce qui a changé depuis la version N : quel projet, de combien à combien, pourquoi.",
)
@click.pass_obj
def cofinancing(
    session: Session,
    explain: str | None,
    target: Path | None,
    folder: Path | None,
    *,
    programmes: bool,
    versions: bool,
    since: int | None,
    form: str,
) -> None:
    """Affiche le co-financement de chaque dossier, ou l’écrit pour le service financier, hors du classeur.

    Le total des lauréats proposés et celui des lauréats décidés, face à l’enveloppe, ne comptent ni les inéligibles, ni
    les écartés, ni les désistés. Avec --explain, chaque nombre d’un dossier : ses cellules, sa formule et la source de
    la règle. Un fichier de ce nom n’est remplacé que s’il vient d’ici et que personne ne l’a modifié ; un .csv, qui ne
    peut pas le dire, ne l’est jamais.
    """
    files = {"--to": target is not None, "--documents": folder is not None}
    views = {"--programmes": programmes, "--versions": versions, "--since": since is not None}
    at_most_one({"--explain": explain is not None, **files, **views})
    if form != "table":
        at_most_one({"--format": True, **files})
    if target is not None:
        commands_files.write_table(session, target)
    elif folder is not None:
        commands_files.write_documents(session, folder)
    elif programmes:
        commands_files.show_programmes(session, form)
    elif versions:
        commands_files.show_versions(session, form)
    elif since is not None:
        commands_files.show_differences(session, since, form)
    else:
        _show_dossiers(session, explain, form)


def _show_dossiers(session: Session, explain: str | None, form: str) -> None:
    view = View(lambda *_: TABLE, lambda _, results: rows_of(results), explain_cofinancing, once=_total_sentences)
    print_view(view, session, explain, form)


def _total_sentences(reading: Reading, results: Results) -> Sequence[str]:
    """What the laureates cost together, proposed and decided apart; nothing for a call without co-financing."""
    if reading.campaign.cofinancing.rule == "none":
        return ()
    return [*total_sentences(cofinancing_totals(results, reading.campaign))]


def rows_of(results: Results) -> list[dict[Any, Any]]:
    """A row for each dossier, in the order of the sheet."""
    typed = results.of(APPLICATIONS).dossiers[["decision", "siret", "email_gestion", "nombre_eig"]]
    return results.of(COFINANCING).join(typed).to_dict("records")


def _cell(key: str, column: str) -> Col[dict[Any, Any]]:
    """A column for programs: what a cell would hold, a whole number where it is one."""
    return Col(key, value=lambda row: written(row[column]))


TABLE: Final = Table[dict[Any, Any]](
    Col("dossier", "Dossier", itemgetter("numero")),
    Col("decision", "Décision", lambda row: written(row["decision"]), for_programs=False),
    Col("requested"),
    Col("eligible"),
    Col("status", "Statut", people=lambda row: words.COFINANCING[row["status"]]),
    Col(
        "route", "Voie",
        people=lambda row: words.credit_route(plain(row["route"]), plain(row["payment"]), bool(row["carried"])),
    ),
    Col("payment"),
    Col("programme", "Programme"),
    Col("eig", "EIG", lambda row: written(row["nombre_eig"]), for_programs=False),
    Col("reason", value=lambda row: sentence([words.COFINANCING_REASONS[row["reason"]]])),
    Col("missing"),
    Col("amount_min", "Minimum (€)"),
    Col("amount_max", "Maximum (€)"),
    Col("estimated"),
    Col("source"),
    _cell("decision", "decision"),
    _cell("siret", "siret"),
    _cell("contact", "email_gestion"),
    _cell("eig", "nombre_eig"),
    _cell("months", "months"),
    _cell("amount_per_eig_min", "one_min"),
    _cell("amount_per_eig_max", "one_max"),
    _cell("after_recruitment", "exact"),
    _cell("recruited", "recruited"),
    _cell("paid_months", "paid_months"),
    _cell("foreseen_min", "range_min"),
    _cell("foreseen_max", "range_max"),
    Col("awaited"),
    Col("carried", value=lambda row: bool(row["carried"])),
    Col("to_check"),
    Col(
        "nature", "Montant",
        lambda row: amount_nature(row["status"], row["amount_max"], exact=bool(written(row["exact"]))),
        for_programs=False,
    ),
    Col(
        "missing", "Ce qui manque", lambda row: missing_text(row["missing"], row["to_check"]), for_programs=False,
    ),
)  # fmt: skip
"""The co-financing of each dossier; its JSON is a contract."""
