"""`cofinancing --programmes`, `--versions`, `--since`: the table by programme, the versions that were handed over."""

from __future__ import annotations

from datetime import date
from typing import Final

from eig_sheets.campaign.results import cofinancing_totals
from eig_sheets.cli.cofinancing_files import cofinanced, handover_log
from eig_sheets.cli.output import show
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.finance.differences import Difference, differences
from eig_sheets.finance.handovers import content_of
from eig_sheets.finance.lines import lines_of
from eig_sheets.finance.programmes import TITLE, ProgrammeLine, programme_table
from eig_sheets.finance.summary_tabs import agreements_text, decree_text, delegations_text
from eig_sheets.text.french import plural
from eig_sheets.workbook.cofinancing_texts import total_sentences
from eig_sheets.workbook.render.cofinancement import AFTER_RECRUITMENT, PROVISIONAL
from eig_sheets.workbook.table import Col, Table

_TO_COMPLETE: Final = "à compléter"
_PROGRAMMES: Final = Table[ProgrammeLine](
    Col("programme", "Programme", lambda line: line.number or None, lambda line: line.number or _TO_COMPLETE),
    Col("name", value=lambda line: line.name or None),
    Col("mission", "Mission", lambda line: line.mission or None, lambda line: line.mission or _TO_COMPLETE, first=True),
    Col("title", "Titre", lambda _: TITLE),
    Col("eig", "EIG"),
    Col("dossiers"),
    Col("amount_min", "Minimum (€)", lambda line: line.least),
    Col("amount_max", "Maximum (€)", lambda line: line.most),
    Col("unknown"),
    Col("after_recruitment", value=lambda line: line.exact),
    Col("nature", "Montant", lambda line: AFTER_RECRUITMENT if line.exact else PROVISIONAL, for_programs=False),
    Col("dossiers", "Dossiers", for_programs=False),
)
_VERSIONS: Final = Table[tuple[int, tuple[date, str]]](
    Col("version", "Version", lambda version: version[0]),
    Col("day", "Données du", lambda version: version[1][0]),
    Col("digest", "Empreinte", lambda version: version[1][1], people=lambda version: version[1][1][:12]),
)


def show_programmes(session: Session, form: str) -> None:
    """Print one line for each programme that a décret credits; délégations, conventions and totals are told apart."""
    reading, results = cofinanced(session)
    lines = lines_of(results)
    table = programme_table(lines, reading.campaign.cofinancing)
    show(_PROGRAMMES, table.lines, form, "Aucun lauréat décidé n’est co-financé par décret de transfert.")
    for sentence in (decree_text(table), delegations_text(lines), agreements_text(lines)):
        if sentence:
            session.say(sentence)
    for sentence in total_sentences(cofinancing_totals(results, reading.campaign)):
        session.say(sentence)


def show_versions(session: Session, form: str) -> None:
    """Print the versions that were handed over."""
    versions = [*enumerate(handover_log(session).versions(), 1)]
    show(_VERSIONS, versions, form, "Aucune version remise : « cofinancing --to FICHIER » en fait une.")


def show_differences(session: Session, since: int, form: str) -> None:
    """Print what differs between a version and what the table says today. Raises Refusal for an unknown version."""
    log = handover_log(session)
    count = len(log.versions())
    if since > count:
        known = f"la dernière est la version {count}" if count else "aucune n’a été remise"
        raise Refusal(f"Il n’y a pas de version {since} : {known}. Voyez « eig-sheets cofinancing --versions ».")
    before = log.content(since)
    reading, results = cofinanced(session)
    projects = dict(zip(results.dossiers["numero"], results.dossiers["projet"], strict=True))
    changes = differences(before, content_of(reading, results))
    table = Table[Difference](
        Col("dossier", "Dossier"),
        Col("project", "Projet", lambda change: projects.get(change.dossier or "")),
        Col("what", "Quoi"),
        Col("before", "De"),
        Col("after", "À"),
        Col("why", "Pourquoi"),
    )
    show(table, changes, form, f"Rien n’a changé depuis la version {since}.")
    if changes:
        session.say(f"{plural(len(changes), 'différence')} depuis la version {since}.")
