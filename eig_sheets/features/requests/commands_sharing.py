"""The request that shares jurors' pages online: it shows with whom, and shares once that is confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from eig_sheets.call.jury import commands_share
from eig_sheets.call.jury.commands_ballots import chosen_pages
from eig_sheets.call.jury.commands_share import planned_shares
from eig_sheets.call.jury.pages.making import pages_of
from eig_sheets.call.jury.pages.pages import PageKind
from eig_sheets.call.jury.pages.sharing import SharedPage
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.commands_jobs import Listing
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.spreadsheet.forms import OnlinePages
from eig_sheets.text.french import plural

Shares = tuple[OnlinePages, Sequence[SharedPage], PageKind]


def listing(session: Session, request: Recorded) -> Listing:
    """The jurors with whom a page would be shared; that of one alone whose address is the detail."""
    kind = PageKind.NOTES
    pages = pages_of(*results_of(session), kind)
    chosen = chosen_pages(pages, [request.detail] if request.detail else [], kind)
    store, plans = planned_shares(session, pages, chosen, kind)
    to_do = [plan for plan in plans if not plan.is_done]
    if not to_do:
        return Listing("Toutes les grilles en ligne sont à jour et partagées.")
    lines = [f"• {plan.page.name} ({plan.page.juror}){' : à partager' if not plan.shared else ''}" for plan in to_do]
    digest = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]
    return Listing("\n".join([f"{plural(len(to_do), 'grille')} :", *lines]), digest, (store, plans, kind))


def share(session: Session, _: Recorded, shares: Shares) -> str:
    """Make, bring up to date and share these pages."""
    store, plans, kind = shares
    failures = commands_share.share(session, store, plans, kind)[-1]
    if failures:
        raise Refusal("\n".join(failures))
    return f"{commands_share.summary(plans)} Les liens sont dans l’onglet « Grilles »."
