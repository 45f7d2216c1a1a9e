"""`jury ballots` where jurors write in the workbook itself: each is given the rows of their dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.cli.doubts import doubts_key
from eig_sheets.cli.jury_links import record, words_of
from eig_sheets.cli.output import change_records, show, show_object
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.jury.pages import Page, PageKind
from eig_sheets.sync.jury_pages import PagesRun, Pair, missing_rows
from eig_sheets.text.french import plural
from eig_sheets.workbook.render.grilles import PageLink

_HEADERS = {"juror": "Juré", "dossiers": "Dossiers", "rows": "Lignes ajoutées", "url": "Document"}


def add_rows(
    session: Session, pages: Sequence[Page], kind: PageKind, *, dry_run: bool = False
) -> tuple[PagesRun, Sequence[Pair]]:
    """Append the rows that jurors lack; returns the run, and the (dossier, juror) that are added."""
    refuse_open(session)
    pairs = [(dossier.numero, page.juror) for page in pages for dossier in page.dossiers]
    links = [PageLink(page.juror, words_of(kind), session.workbook.location) for page in pages]
    what = f"Lignes d’Évaluations des jurés : {plural(len(pages), 'juré')}."
    run = record(session, links, pairs, what, dry_run=dry_run)
    return run, missing_rows(run.reading, pairs)


def refuse_open(session: Session) -> None:
    """Refuse a document that `init` has not closed: jurors who come into it would read everything. Raises Refusal."""
    if session.workbook.read().access.access is None:
        raise Refusal(
            "Ce document n’est pas fermé : les jurés y liraient les notes des autres. Lancez « eig-sheets init », qui "
            "n’y laisse lire que les responsables, l’équipe et, leurs lignes, les jurés. Puis relancez cette commande."
        )


def give_rows(session: Session, pages: Sequence[Page], kind: PageKind, *, dry_run: bool, form: str) -> None:
    """Append to `Évaluations` the rows that each juror lacks, and record that they fill them in this document."""
    location = session.workbook.location
    run, added = add_rows(session, pages, kind, dry_run=dry_run)
    records: list[dict[str, Any]] = [
        {
            "juror": page.juror,
            "dossiers": [dossier.numero for dossier in page.dossiers],
            "rows": sum(juror == page.juror for _, juror in added),
            "url": location,
        }
        for page in pages
    ]
    changes = change_records(run.plan.changes(run.reading.snapshot)) if dry_run else None
    if form == "json":
        show_object({"ballots": records, **doubts_key(), **({"changes": changes} if dry_run else {})})
    else:
        show([{**one, "dossiers": len(one["dossiers"])} for one in records], form, _HEADERS, "Aucun juré.")
    rows = (
        plural(len(added), "ligne ajoutée", "lignes ajoutées")
        if not dry_run
        else plural(len(added), "ligne à ajouter", "lignes à ajouter")
    )
    session.say(
        f"Aucune grille à faire : les jurés notent dans ce document, où chacun ne voit que ses lignes d’Évaluations. "
        f"{rows}. Partagez-le avec eux, comme éditeurs : {location}"
    )
