"""The requests on what juries do: who reads what, the grids to fill, what they say; of dossiers, then of candidates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eig_sheets.call.jury.commands_assign import assigned_again
from eig_sheets.call.jury.commands_ballots import chosen_pages, write_files
from eig_sheets.call.jury.commands_collect import collected, summary_text
from eig_sheets.call.jury.commands_links import add_rows, record_files
from eig_sheets.call.jury.commands_reading import read_online_pages, read_pages
from eig_sheets.call.jury.pages.making import pages_of
from eig_sheets.call.jury.pages.pages import PageKind
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.request_details import is_anew
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.commands_files import asked_files, place
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.text.french import plural, typographic


def assign(session: Session, request: Recorded, _: object) -> str:
    """As few pairs as possible change where dossiers are assigned, unless the detail says to begin anew."""
    return assigned_again(session, anew=is_anew(request.detail))


def ballots(session: Session, request: Recorded, _: object) -> str:
    """The grilles of all jurors, or of the one whose address is the detail: files, or rows of the document."""
    kind = PageKind.CANDIDATES if session.talents else PageKind.NOTES
    reading, results = results_of(session)
    pages = pages_of(reading, results, kind)
    chosen = chosen_pages(pages, [request.detail] if request.detail else [], kind)
    if session.workbook.capabilities.row_access and kind is PageKind.NOTES:
        _, added = add_rows(session, chosen, PageKind.NOTES)
        rows = plural(len(added), "ligne ajoutée", "lignes ajoutées")
        return f"Les jurés notent dans ce document, où chacun ne voit que ses lignes d’Évaluations : {rows}."
    folder = _grilles(session)
    issues = write_files(session, reading, pages, chosen, folder)
    record_files(session, issues, folder)
    return f"{plural(len(issues), 'grille')}, un fichier par juré : {place(session, folder)}"


def collect(session: Session, _: Recorded, __: object) -> str:
    """The pages of the folder of the configuration, else of the grilles that were asked for; and those online."""
    jury = session.campaign.jury
    folder = session.campaign.home / jury.received if jury.received else _grilles(session)
    collections = [read_online_pages(session)] if jury.collect_online and not session.talents else []
    from_folder = bool(jury.received) or not collections
    collections += [read_pages(session, [folder])] if from_folder and folder.is_dir() else []
    read = [pages for pages in collections if pages.pages]
    if not read:
        raise Refusal(typographic(f"Aucune page dans {folder}. Déposez-y les pages que les jurés ont renvoyées."))
    return "\n".join(summary_text(collected(session, pages), pages, session) for pages in read)


def assign_candidates(session: Session, request: Recorded, chosen: object) -> str:
    """The same, of candidates."""
    with _about_candidates(session):
        return assign(session, request, chosen)


def ballots_of_candidates(session: Session, request: Recorded, chosen: object) -> str:
    """The same, of candidates: files alone."""
    with _about_candidates(session):
        return ballots(session, request, chosen)


def collect_of_candidates(session: Session, request: Recorded, chosen: object) -> str:
    """The same, of candidates."""
    with _about_candidates(session):
        return collect(session, request, chosen)


@contextmanager
def _about_candidates(session: Session) -> Iterator[None]:
    """Have a session be about the candidates of its workbook, as `--talents` does: what it read answers for doubts."""
    before, session.talents = session.talents, True
    try:
        yield
    finally:
        session.talents = before


def _grilles(session: Session) -> Path:
    """Where the grids are: a juror of both juries has two."""
    return asked_files(session) / ("grilles-candidats" if session.talents else "grilles")
