"""`jury ballots --share`: one page online a juror, shared with that address alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from eig_sheets.call.jury.commands_links import numbers_column, online_pages, print_pages, record, words_of
from eig_sheets.call.jury.grilles import PageLink
from eig_sheets.call.jury.pages.pages import Page, PageKind
from eig_sheets.call.jury.pages.sharing import (
    PageState,
    SharedPage,
    carried_out,
    changes_of,
    key_of,
    planned,
    sorted_by_key,
)
from eig_sheets.call.jury.plan_assignment import PagesRun
from eig_sheets.cli import interruption
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.spreadsheet.forms import OnlinePage, OnlinePages
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import listed, listed_first, plural, typographic
from eig_sheets.workbook.table import Col, Table

_ROLES = {"organizer": "gère", "fileOrganizer": "gère", "owner": "gère", "writer": "modifie"}
_FILES = "« eig-sheets jury ballots --to DOSSIER » fait des fichiers à envoyer"


def share_pages(
    session: Session,
    pages: Sequence[Page],
    chosen: Sequence[Page],
    kind: PageKind,
    *,
    yes: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Make, bring up to date and share each chosen page, and record where it is in the workbook.

    `pages`: those of all jurors.
    """
    store, plans = planned_shares(session, pages, chosen, kind)
    if not dry_run:
        _confirm([plan for plan in plans if not plan.is_done and not plan.shared], yes=yes)
    links, run, failures = share(session, store, plans, kind, dry_run=dry_run)
    changes = run.plan.changes(run.reading.snapshot) if dry_run else []
    changes += [change for plan in plans for change in changes_of(plan)] if dry_run else []
    print_pages(_table(links), plans, form, "Aucune grille.", changes if dry_run else None)
    session.say(summary(plans, dry_run=dry_run))
    if failures:
        raise Refusal("\n".join(failures))


def planned_shares(
    session: Session, pages: Sequence[Page], chosen: Sequence[Page], kind: PageKind
) -> tuple[OnlinePages, Sequence[SharedPage]]:
    """The store of online pages, and what to do about each that was chosen; says who sees them."""
    store = online_pages(session)
    if store is None:
        raise Refusal(f"Ce classeur n’est pas une feuille Google : aucune grille en ligne n’est créée. {_FILES}.")
    with session.step("Lecture des grilles en ligne"):
        store.check()
        existing, again = sorted_by_key(store, store.pages())
        plans = [planned(store, replace(page, online=True), existing.get(key_of(page))) for page in chosen]
    _say_readers(session, store, plans)
    _say_strays(session, [page for key, page in existing.items() if key not in {*map(key_of, pages)}], again, kind)
    return store, plans


def share(
    session: Session, store: OnlinePages, plans: Sequence[SharedPage], kind: PageKind, *, dry_run: bool = False
) -> tuple[dict[str, OnlinePage], PagesRun, Sequence[str]]:
    """Do what is to be done, and record where each page is; returns the pages by juror, the run, what failed."""
    failures: list[str] = []
    links = {plan.page.juror: plan.online for plan in plans if plan.online and plan.shared}
    if not dry_run:
        links |= _carried_out(session, store, [plan for plan in plans if not plan.is_done], failures)
    return links, _recorded(session, kind, links, dry_run=dry_run), failures


def _carried_out(
    session: Session, store: OnlinePages, plans: Sequence[SharedPage], failures: list[str]
) -> dict[str, OnlinePage]:
    """Do each, one after the other: one that fails keeps none from the others."""
    done: dict[str, OnlinePage] = {}
    for number, plan in enumerate(plans, 1):
        interruption.raise_if_interrupted()
        with session.step(f"Grille {number} sur {len(plans)} : {plan.page.name}"):
            try:
                done[plan.page.juror] = carried_out(store, plan)
            except WorkbookError as error:
                failures.append(f"{plan.page.name} ({plan.page.juror}) : {error}")
    return done


def _say_readers(session: Session, store: OnlinePages, plans: Sequence[SharedPage]) -> None:
    """Name those who see every page, then those who see one that is not theirs."""
    readers = store.readers()
    if readers:
        names = listed([f"{reader.whom} ({_ROLES.get(reader.role, 'lit')})" for reader in readers])
        session.say(f"Chaque grille sera aussi vue de ceux qui voient ce dossier : {names}.")
    else:
        session.say("Chaque grille n’est vue que de son juré et du compte qui la crée.")
    for plan in plans:
        if plan.others:
            session.say(
                f"La grille de {plan.page.name} est aussi partagée avec "
                f"{listed([reader.whom for reader in plan.others])} : retirez ce partage s’il n’est pas voulu."
            )


def _say_strays(session: Session, unused: Sequence[OnlinePage], again: Sequence[OnlinePage], kind: PageKind) -> None:
    """Name the pages that are nobody's any more, and those made twice: what becomes of them is people's to decide."""
    for page in unused:
        if page.key.startswith(kind.value):
            session.say(
                f"« {page.title} » n’est plus la page d’aucun juré : elle reste, avec ce qui y est saisi. Retirez-en "
                f"le partage si ce juré ne doit plus l’ouvrir : {page.url}"
            )
    for page in again:
        session.say(
            f"« {page.title} » existe deux fois : la plus ancienne compte. Supprimez celle-ci si elle est vide : "
            f"{page.url}"
        )


def _confirm(plans: Sequence[SharedPage], *, yes: bool) -> None:
    """Ask before anything is shared."""
    if not plans or yes:
        return
    names = listed_first([plan.page.juror for plan in plans])
    what = f"Partager {plural(len(plans), 'grille')} avec {names}"
    if not sys.stdin.isatty():
        raise click.UsageError(typographic(f"{what} : sans terminal, confirmez avec --yes."))
    if not click.confirm(typographic(f"{what} ?"), default=False, err=True):
        raise Refusal("Rien n’est créé ni partagé.")


def _recorded(session: Session, kind: PageKind, links: dict[str, OnlinePage], *, dry_run: bool) -> PagesRun:
    """Record in the workbook where each page is."""
    made = [PageLink(juror, words_of(kind), page.url) for juror, page in links.items()]
    return record(session, made, (), f"Grilles en ligne : {plural(len(made), 'juré')}.", dry_run=dry_run)


def _table(links: dict[str, OnlinePage]) -> Table[SharedPage]:
    def url(plan: SharedPage) -> str | None:
        online = links.get(plan.page.juror, plan.online)
        return online.url if online else None

    return Table(
        Col("juror", "Juré", lambda plan: plan.page.juror),
        numbers_column("dossiers", "Dossiers").over(lambda plan: plan.page),
        Col("state", "Page"),
        Col("shared", "Partagée", lambda plan: plan.page.juror in links),
        Col("url", "Lien", url),
    )


def summary(plans: Sequence[SharedPage], *, dry_run: bool = False) -> str:
    """How many pages are new, brought up to date, to be looked at."""
    words = {
        PageState.NEW: ("nouvelle", "nouvelles"),
        PageState.UPDATED: ("mise à jour", "mises à jour"),
        PageState.SAME: ("inchangée", "inchangées"),
        PageState.REARRANGED: ("à revoir", "à revoir"),
    }
    counts = {state: sum(plan.state is state for plan in plans) for state in words}
    said = listed([plural(counts[state], *word) for state, word in words.items() if counts[state]])
    text = f"{plural(len(plans), 'grille')} : {said}."
    if counts[PageState.REARRANGED]:
        text += (
            " Une grille à revoir a été réorganisée ou remplacée : ce qui y est saisi est lu, rien n’y est ajouté. "
            "« Fichier > Historique des versions » la remet comme elle était."
        )
    return f"{text} Rien n’est créé, ni écrit." if dry_run else text
