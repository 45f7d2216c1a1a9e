"""Decides what becomes of each file of a page: made, left as it is, or made again with what its juror filled. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.call.jury.pages.layout import form_of, page_version
from eig_sheets.call.jury.pages.pages import NO_ANSWERS, CollectedNotes, Page, ReturnedPage
from eig_sheets.call.jury.pages.xlsx_form import xlsx_page
from eig_sheets.text.french import listed, typographic

Collected = Mapping[str, CollectedNotes]
"""What was collected of one juror, by dossier."""
NOTHING_COLLECTED: Final[Collected] = {}


class IssueState(StrEnum):
    """What becomes of a file."""

    NEW = "nouveau"
    SAME = "inchangé"
    REMADE = "refait"


class TakenError(Exception):
    """A file has the name of a page and may not be replaced. The text is French, with the remedy."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The file of one page, with the answers that it keeps. `before` is what it replaces.

    `carried`: dossiers whose answers were carried over; `left`: those that the new page does not have any more.
    `filled_at`: when its juror last saved these answers (naive), None when there are none: a version of what a juror
    says is of that moment, and never of the one at which we made the file again.
    """

    page: Page
    name: str
    state: IssueState
    before: bytes = b""
    carried: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    filled_at: datetime | None = None

    def file(self, zone: ZoneInfo) -> bytes:
        """What is written; `filled_at` is in that zone."""
        form, saved = form_of(self.page), self.filled_at
        return xlsx_page(form, saved.replace(tzinfo=zone).astimezone(UTC)) if saved else xlsx_page(form)


def new_issue(page: Page, name: str, earlier: ReturnedPage | None, collected: Collected = NOTHING_COLLECTED) -> Issue:
    """A file that is not there yet, with the answers of the `earlier` one that was made for this juror elsewhere."""
    if earlier is not None and (earlier.problems or _owner(earlier) != _owner(page)):
        earlier = None
    return _with_answers(Issue(page, name, IssueState.NEW), earlier, collected)


def issue_of(
    page: Page, name: str, before: bytes, received: ReturnedPage, collected: Collected = NOTHING_COLLECTED
) -> Issue:
    """What becomes of a file that is there: `before`, which says `received`.

    Raises TakenError when that is not this juror's page of this campaign, or says something that cannot be read back.
    """
    _refuse_taken(page, name, received)
    if received.asked == page_version(page):
        return Issue(page, name, IssueState.SAME)
    return _with_answers(Issue(page, name, IssueState.REMADE, before), received, collected)


def _with_answers(issue: Issue, filled: ReturnedPage | None, collected: Collected) -> Issue:
    """The file with what its juror filled, and what was collected of the dossiers that the last one did not have.

    A dossier comes back when a déport is withdrawn: were it blank, a juror who gave some of its notes again would lose
    the others.
    """
    page, shown = issue.page, {dossier.numero for dossier in issue.page.dossiers}
    answers = filled.answers if filled else page.answers
    listed = {row.numero for row in filled.rows} if filled else {*answers.dossiers}
    back = {numero: notes for numero, notes in collected.items() if numero in shown - listed}
    dossiers = {**answers.dossiers, **{numero: notes.values for numero, notes in back.items()}}
    moments = [notes.moment for notes in back.values()]
    if filled and filled.modified and answers != NO_ANSWERS:
        moments.append(filled.modified)
    return replace(
        issue,
        page=replace(page, answers=replace(answers, dossiers=dossiers)),
        carried=tuple(numero for numero in dossiers if numero in shown),
        left=tuple(numero for numero in dossiers if numero not in shown),
        filled_at=max(moments, default=None),
    )


def _owner(page: Page | ReturnedPage) -> tuple[str, str, str]:
    return page.kind, page.campaign_id, page.juror


def _refuse_taken(page: Page, name: str, received: ReturnedPage) -> None:
    """Raise TakenError unless the existing file is an earlier one of this page, all of which can be read back."""
    if received.problems:
        reasons = " ".join(problem.message for problem in received.problems[:3])
        raise TakenError(typographic(f"{name} existe déjà et ne se relit pas en entier. {reasons}"))
    if _owner(received) != _owner(page):
        whose = listed([f"« {received.juror} »", f"campagne « {received.campaign_id} »"])
        raise TakenError(typographic(f"{name} existe déjà : c’est une autre page ({whose})."))
