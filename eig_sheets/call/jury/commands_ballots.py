"""`jury ballots`: one file a juror to fill, the grille of their dossiers or the declaration of their interests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from eig_sheets.call.jury.collecting import collection_of
from eig_sheets.call.jury.commands_links import give_rows, numbers_column, print_pages, record_files
from eig_sheets.call.jury.commands_share import share_pages
from eig_sheets.call.jury.files_ballots import Ballot, BallotLog
from eig_sheets.call.jury.pages.fields import collected_notes
from eig_sheets.call.jury.pages.files_folder import file_names, issues_of, write
from eig_sheets.call.jury.pages.issue import Collected, Issue
from eig_sheets.call.jury.pages.making import pages_of
from eig_sheets.call.jury.pages.pages import Page, PageKind
from eig_sheets.call.jury.plan_assignment import PagesRun
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import addresses_in_doubt, jurors_in_doubt
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedReadingCommand
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import listed, plural, typographic
from eig_sheets.workbook.table import Col, Table

_CANDIDATES_IN_FILES = (
    "Les grilles des candidats ne se font qu’en fichiers : « eig-sheets --talents jury ballots --to DOSSIER ». Leurs "
    "jurés disent leurs déports sur leur grille, ou dans l’onglet Jury."
)


@click.command(
    cls=SharedReadingCommand,
    path="jury ballots",
    acts=(Act.PAGES,),
    of_other_jury=lambda subject: subject.assignment_act,
)
@click.option(
    "--to",
    "target",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Le dossier où écrire les fichiers .xlsx.",
)
@click.option("--share", is_flag=True, help="Sur Google : une feuille par juré, partagée avec lui seul.")
@click.option("--yes", is_flag=True, help="Partage sans poser de question.")
@click.option(
    "--declarations",
    is_flag=True,
    help="Avant toute note : la liste de tous les projets, pour les déports, les disponibilités et la déclaration.",
)
@click.option("--for", "jurors", metavar="E-MAIL", multiple=True, help="Pour ce juré seulement ; répétable.")
@click.option("--dry-run", is_flag=True, help="Liste les fichiers, sans rien écrire.")
@click.pass_obj
def ballots(
    session: Session,
    target: Path | None,
    jurors: tuple[str, ...],
    form: str,
    *,
    share: bool,
    yes: bool,
    declarations: bool,
    dry_run: bool,
) -> None:
    """Prépare la grille de chaque juré : un fichier, une feuille Google, ou ses lignes dans un document Grist.

    Avec --to, un fichier .xlsx par juré, à remplir dans Excel, LibreOffice ou sur un téléphone ; ses e-mails le
    portent, s’il n’a pas de grille en ligne. Avec --share, une feuille Google par juré, partagée avec lui seul :
    relancée, la commande met à jour ce qui décrit les dossiers et ajoute les nouveaux, sans toucher à ce qui est saisi.
    Dans Grist, sans l’un ni l’autre : les jurés notent dans le document, et reçoivent les lignes d’Évaluations qui leur
    manquent.

    Chacun n’y trouve que ses dossiers, d’après « Affectations » ; sans cet onglet, tous ceux qui peuvent être classés,
    sauf ses déports. Une grille déjà remplie garde ses réponses : si ses dossiers ont changé, elle est refaite avec
    elles, et l’ancienne est gardée dans le dossier d’état.
    """
    if session.talents and (share or declarations or target is None):
        raise click.UsageError(typographic(_CANDIDATES_IN_FILES))
    session = session.of_talents if session.talents else session
    if (target is not None) and share:
        raise click.UsageError("--to et --share s’excluent : des fichiers, ou des feuilles en ligne.")
    with nullcontext() if dry_run else session.locked():
        kind = PageKind.DECLARATION if declarations else PageKind.CANDIDATES if session.talents else PageKind.NOTES
        in_place = target is None and not share and kind is PageKind.NOTES and session.workbook.capabilities.row_access
        if target is None and not share and not in_place:
            online = "" if session.workbook.capabilities.row_access else " ou --share (Google)"
            raise click.UsageError(f"Dites où faire les grilles : --to DOSSIER (fichiers){online}.")
        reading, results = results_of(session)
        pages = pages_of(reading, results, kind)
        _refuse_doubtful(reading, jurors, kind)
        chosen = chosen_pages(pages, jurors, kind)
        if target is not None:
            folder = target.absolute()
            issues = write_files(session, reading, pages, chosen, folder, dry_run=dry_run)
            run, unrecorded = _recorded(session, issues, folder, dry_run=dry_run)
            _print(session, issues, folder, form, run if dry_run else None, dry_run=dry_run)
            if unrecorded:
                raise Refusal(unrecorded)
        elif in_place:
            give_rows(session, chosen, kind, dry_run=dry_run, form=form)
        else:
            share_pages(session, pages, chosen, kind, yes=yes, dry_run=dry_run, form=form)


def write_files(
    session: Session,
    reading: Reading,
    pages: Sequence[Page],
    chosen: Sequence[Page],
    folder: Path,
    *,
    dry_run: bool = False,
) -> Sequence[Issue]:
    """Write one file a juror and return what became of each; its name is the same whoever else is chosen."""
    names = {page.juror: name for page, name in zip(pages, file_names(pages), strict=True)}
    with session.step("Préparation des fichiers"):
        chosen_names = [names[page.juror] for page in chosen]
        earlier = _earlier(session, chosen[0].kind)
        collected = _collected(session, reading) if chosen[0].kind.value == "notes" else {}
        issues = issues_of(chosen, chosen_names, folder, session.campaign.zone, earlier, collected)
    if not dry_run:
        with session.step("Écriture des fichiers"):
            digests = write(issues, folder, session.state.versions, session.campaign.zone)
        remember(session, issues, folder, digests)
    return issues


def chosen_pages(pages: Sequence[Page], jurors: Sequence[str], kind: PageKind) -> list[Page]:
    """The pages to write. Raises Refusal when there is none, or none for a juror who was named."""
    if not pages and kind.value == "candidats":
        raise Refusal(
            "Aucun juré n’a de candidat : il n’y a rien à écrire. Saisissez « Présélectionné » en « Statut » de ceux "
            "que le jury entend, remplissez l’onglet Jury, et « Affectations talents » par « eig-sheets --talents jury "
            "assign ».",
            by_data=True,
        )
    if not pages:
        raise Refusal(
            "Aucun juré n’a de dossier : il n’y a rien à écrire. Remplissez l’onglet Jury, et « Affectations » par "
            "« eig-sheets jury assign ».",
            by_data=True,
        )
    wanted = {juror.strip().casefold() for juror in jurors}
    known = {page.juror for page in pages}
    if unknown := sorted(wanted - known):
        what = "de déclaration" if kind.value == "declaration" else "de grille"
        whose = "candidat" if kind.value == "candidats" else "dossier"
        raise Refusal(
            f"Il n’y a pas {what} pour {listed(unknown)} : cette adresse n’est celle d’aucun juré de l’onglet Jury, ou "
            f"aucun {whose} n’est à lui. Corrigez-la."
        )
    return [page for page in pages if not wanted or page.juror in wanted]


def _refuse_doubtful(reading: Reading, jurors: Sequence[str], kind: PageKind) -> None:
    """Raise Refusal when a juror who was named gets no page until a cell of `Jury` is corrected."""
    doubtful = addresses_in_doubt(reading) if kind.value == "declaration" else jurors_in_doubt(reading)
    for juror in jurors:
        if where := doubtful.get(juror.strip().casefold()):
            raise Refusal(typographic(f"{juror} n’a pas de nouvelle grille tant que {where} n’est pas corrigée."))


def _earlier(session: Session, kind: PageKind) -> dict[str, Path]:
    """The last file of each juror, that this machine made."""
    known = BallotLog(session.state_as_it_is.folder, session.known.key).ballots()
    return {juror: Path(ballot.path) for (made, juror), ballot in known.items() if made == kind.value}


def _collected(session: Session, reading: Reading) -> Mapping[str, Collected]:
    """The notes collected of each juror."""
    return collected_notes(collection_of(reading, session.page_store.kept()).records)


def remember(session: Session, issues: Sequence[Issue], folder: Path, digests: Mapping[str, str]) -> None:
    """Keep in the state folder which file is whose, and since when."""
    now = session.clock.now.isoformat(timespec="seconds")
    BallotLog(session.state.folder, session.known.key).add(
        Ballot(
            issue.page.juror,
            issue.page.kind.value,
            str(folder / issue.name),
            digests[issue.name],
            now,
            tuple(dossier.numero for dossier in issue.page.dossiers),
        )
        for issue in issues
        if issue.name in digests
    )


def _recorded(session: Session, issues: Sequence[Issue], folder: Path, *, dry_run: bool) -> tuple[PagesRun | None, str]:
    """Record in the workbook which file each juror has; what to say when it does not let itself be written."""
    try:
        return record_files(session, issues, folder, dry_run=dry_run), ""
    except (WorkbookError, Refusal) as error:
        return None, typographic(
            f"Les fichiers sont dans {folder}, mais le classeur ne le dit pas encore : les e-mails aux jurés ne les "
            f"porteront pas. {error} Relancez ensuite la même commande : elle ne refait aucun fichier."
        )


def _print(
    session: Session, issues: Sequence[Issue], folder: Path, form: str, run: PagesRun | None, *, dry_run: bool
) -> None:
    """`run`: what a dry run would write in the workbook."""
    changes = run.plan.changes(run.reading.snapshot) if run else []
    print_pages(_table(session, folder), issues, form, "Aucun fichier.", changes if dry_run else None)
    for issue in issues:
        if issue.left:
            those = plural(len(issue.left), "réponse est", "réponses sont")
            session.say(
                f"{issue.name} : {those} d’un {'candidat' if session.talents else 'dossier'} qui n’y est plus "
                f"({listed(issue.left)}) ; l’ancien fichier est gardé dans le dossier d’état."
            )
    files = plural(len(issues), "fichier")
    session.say(f"{files} à écrire dans {folder}, rien n’est écrit." if dry_run else f"{files} dans {folder}.")


def _table(session: Session, folder: Path) -> Table[Issue]:
    numbers = ("candidates", "Candidats") if session.talents else ("dossiers", "Dossiers")
    return Table(
        Col("juror", "Juré", lambda issue: issue.page.juror),
        Col("name", value=lambda issue: issue.page.name),
        Col("group", value=lambda issue: issue.page.group or None),
        Col("kind", value=lambda issue: issue.page.kind),
        Col("file", "Fichier", lambda issue: str(folder / issue.name)),
        numbers_column(*numbers).over(lambda issue: issue.page),
        Col("state", "État"),
        Col("carried"),
    )
