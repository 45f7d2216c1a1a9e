"""`cofinancing --to` and `--documents`: the files of the finance department, never over one that people made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import click

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import cofinancing_totals
from eig_sheets.call.cofinancing.cofinancement import AFTER_RECRUITMENT, PROVISIONAL
from eig_sheets.call.cofinancing.files_handovers import HandoverLog
from eig_sheets.call.cofinancing.finance.annex import blanks_text, document
from eig_sheets.call.cofinancing.finance.annexes import annexes_of
from eig_sheets.call.cofinancing.finance.lines import TITLE, ProgrammeLine, lines_of, programme_table
from eig_sheets.call.cofinancing.finance.summary_tabs import agreements_text, decree_text, delegations_text
from eig_sheets.call.cofinancing.finance.table import FinanceTable, as_csv, as_xlsx, table_of
from eig_sheets.call.cofinancing.finance.versions import Difference, Version, content_of, differences
from eig_sheets.call.cofinancing.words import total_sentences
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.documents.files import ReportError, refuse_taken, write, write_all
from eig_sheets.text.french import listed_first, plural
from eig_sheets.workbook.table import Col, Table

_TO, _DOCUMENTS = "--to", "--documents"


def write_table(session: Session, target: Path) -> None:
    """Write the table of every dossier, and say what it holds; the ending of the file says in which form."""
    table = written_table(session, target)
    session.say(f"{plural(len(table.rows), 'dossier')} : {target.absolute()}")
    session.say(f"{table.version.text} : « eig-sheets cofinancing --since {table.version.number} » dira ce qui change.")
    for sentence in total_sentences(table.totals):
        session.say(sentence)


def written_table(session: Session, target: Path) -> FinanceTable:
    """Write the table into a file, as a version that is kept. Raises Refusal."""
    forms: dict[str, Callable[[FinanceTable], bytes]] = {".xlsx": as_xlsx, ".csv": as_csv}
    form = forms.get(target.suffix.lower())
    if form is None:
        raise click.UsageError(f"{_TO} {target} : le nom du fichier doit se terminer par .xlsx ou .csv.")
    path = target.absolute()
    if form is as_csv and path.exists():
        raise Refusal(
            f"{path} existe déjà : rien n’a été écrit. Donnez un autre nom (option {_TO}), ou déplacez d’abord ce "
            "fichier : un .csv ne dit pas si quelqu’un l’a modifié, il n’est donc jamais remplacé."
        )
    try:
        refuse_taken(path, _TO)
        reading, results = cofinanced(session)
        with session.step("Écriture du tableau"), session.state_locked():
            table = table_of(reading, results, session.clock.today, _handed_over(session, reading, results))
            write(path, form(table), _TO)
    except ReportError as error:
        raise Refusal(str(error)) from None
    return table


def handover_log(session: Session) -> HandoverLog:
    """The versions of this workbook's table that were handed over."""
    return HandoverLog(session.state.folder, session.known.key)


def _handed_over(session: Session, reading: Reading, results: Results) -> Version:
    """The version that is about to be handed over, kept before its file is there: a file never names an unknown one."""
    log = handover_log(session)
    number = log.add(session.clock.today, content_of(reading, results))
    day, digest = log.versions()[number - 1]
    return Version(number, day, digest)


def write_documents(session: Session, folder: Path) -> None:
    """Write the annexes of the decided laureates into a folder, one for each route."""
    reading, results = cofinanced(session)
    lines = lines_of(results)
    if not lines:
        raise Refusal(
            "Aucun lauréat décidé ne demande de co-financement : il n’y a pas d’annexe à écrire. Saisissez « Lauréat » "
            "dans Décision, et « oui » dans Demande de co-financement, de Candidatures."
        )
    call = reading.campaign.campaign
    annexes = annexes_of(lines, reading.campaign.cofinancing)
    day = session.clock.today
    with session.step("Écriture des annexes"):
        files = {annex.file_name: document(annex, call.name or call.id, call.banner, day) for annex in annexes}
        try:
            write_all(folder.absolute(), files, _DOCUMENTS)
        except ReportError as error:
            raise Refusal(str(error)) from None
    session.say(f"Dans {folder.absolute()}, pour {plural(len(lines), 'lauréat co-financé', 'lauréats co-financés')} :")
    for annex in annexes:
        blanks = blanks_text(annex)
        session.say(f"{annex.file_name} : {blanks[0].lower()}{blanks[1:]}")
    if unrouted := [line.numero for line in lines if line.in_no_annex]:
        are = plural(len(unrouted), "lauréat n’est", "lauréats ne sont")
        session.say(
            f"{are} dans aucune annexe, faute de voie connue : {listed_first(unrouted)}. Voyez « Ce qui manque »."
        )


def cofinanced(session: Session) -> tuple[Reading, Results]:
    """The results. Raises Refusal for a call that pays nothing."""
    if session.campaign.cofinancing.rule == "none":
        raise Refusal("Cet appel ne prévoit pas de co-financement (cofinancing.rule = « none ») : rien à écrire.")
    return results_of(session)


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
    projects = dict(
        zip(results.of(APPLICATIONS).dossiers["numero"], results.of(APPLICATIONS).dossiers["projet"], strict=True)
    )
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
