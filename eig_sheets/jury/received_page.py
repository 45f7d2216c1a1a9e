"""Reads a page back from the cells of a file or of a Google Sheet: what each line says, or why it cannot be trusted.

Each line is named by its own hidden cells, checked against what people see of it: the label beside the answer, the
number above. Where they contradict each other, the dossier is left out, and said; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from eig_sheets.jury import descriptions
from eig_sheets.jury.fields import AVAILABILITY, DECLARED, DECLARED_ON, DEPORT, HALF_DAY
from eig_sheets.jury.found_lines import FoundLine, FoundTab, find_tabs
from eig_sheets.jury.keys import CAMPAIGN, JUROR, KIND, OF_THE_PAGE, PAGE, VERSION
from eig_sheets.jury.layout import LAYOUT
from eig_sheets.jury.page_problems import Problems
from eig_sheets.jury.pages import PageKind, PageProblem, ReceivedPage, ReceivedRow
from eig_sheets.jury.received_dossiers import dossiers_of
from eig_sheets.text.french import plain
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.model.snapshot import Snapshot
from eig_sheets.workbook.values import UnreadableError, yes_no


def received_page(snapshot: Snapshot, source: str, digest: str, modified: datetime | None = None) -> ReceivedPage:
    """What a page says. `source` names the file for people. What is no page of ours comes back refused."""
    say = Problems(source)
    tabs = find_tabs(snapshot)
    problem = _refusal(snapshot, tabs, say)
    if problem is not None:
        return ReceivedPage(PageKind.NOTES, source, digest, "", "", modified, problems=(problem,))
    tab = tabs[0]
    rows, problems = dossiers_of(tab, _expected(snapshot), say)
    is_declaration = tab.identity(KIND) == PageKind.DECLARATION
    whole = {line.field: line for line in tab.lines if not line.numero}
    return ReceivedPage(
        PageKind(tab.identity(KIND)),
        source,
        digest,
        tab.identity(CAMPAIGN),
        tab.identity(JUROR),
        modified,
        rows,
        _value(whole.get(DECLARED)),
        _value(whole.get(DECLARED_ON)),
        _availability(whole) if is_declaration else None,
        tuple(row.numero for row in rows if _stands_aside(row.values.get(DEPORT))),
        (*problems, *((*_doubtful_deports(rows, say), *_doubtful_half_days(whole, say)) if is_declaration else ())),
        {field: line.value for field, line in whole.items() if field[0] != OF_THE_PAGE and line.value is not None},
        tab.identity(VERSION),
    )


def _refusal(snapshot: Snapshot, tabs: list[FoundTab], say: Problems) -> PageProblem | None:
    """Why the whole file is refused; None when it is a page."""
    if not tabs:
        is_ours = any(tab.name == descriptions.TAB for tab in snapshot.tabs)
        return say.no_keys(snapshot.tabs[0].name if snapshot.tabs else "") if is_ours else say.no_page()
    if len(tabs) > 1:
        return say.two_pages([tab.name for tab in tabs])
    tab = tabs[0]
    if tab.identity(PAGE) not in ("", LAYOUT):
        return say.other_layout()
    if tab.identity(KIND) not in {*PageKind} or not tab.identity(JUROR) or not tab.identity(PAGE):
        return say.no_identity(tab.name)
    return next(_of_two_jurors(tab, snapshot, say), None)


def _of_two_jurors(tab: FoundTab, snapshot: Snapshot, say: Problems) -> Iterator[PageProblem]:
    """What people see of whose page it is, where it is not what the columns that are not shown say.

    The page is then held: it may have been filled for somebody else. The name is shown by a formula, which not every
    program computes; who types another one in its place may only say more.
    """
    juror, name = tab.identity(JUROR), plain(_heading(snapshot, KIND))
    for line in tab.lines:
        is_typed = bool(line.shown) and not line.shown.startswith(("=", "#"))
        is_other = line.field == JUROR and line.shown.casefold() != juror.casefold()
        if is_other or (line.field == KIND and is_typed and name not in plain(line.shown)):
            yield say.two_jurors(line.shown_cell, line.shown, juror)


def _heading(snapshot: Snapshot, key: str) -> str:
    """What the hidden tab has for a line above the list of dossiers; '' when somebody deleted it."""
    tab = snapshot.tab(descriptions.TAB)
    texts = (row[1] for row in (tab.rows if tab else ()) if len(row) > 1 and row[0] == key)
    return next((text for text in texts if isinstance(text, str)), "")


def _expected(snapshot: Snapshot) -> frozenset[str]:
    """The numbers that the hidden tab has; none when somebody deleted it."""
    tab = snapshot.tab(descriptions.TAB)
    rows = tab.rows[1:] if tab else ()
    firsts = (row[0] for row in rows if row)
    return frozenset(text for text in firsts if isinstance(text, str) and text and not text.startswith(OF_THE_PAGE))


def _value(line: FoundLine | None) -> CellValue:
    return line.value if line else None


def _says_yes(value: CellValue) -> bool:
    try:
        return bool(yes_no(value))
    except UnreadableError:
        return False


def _is_yes_or_no(value: CellValue) -> bool:
    try:
        yes_no(value)
    except UnreadableError:
        return False
    return True


def _stands_aside(deport: CellValue) -> bool:
    """Whether a juror must not judge a dossier: in doubt, they stand aside."""
    return _says_yes(deport) or not _is_yes_or_no(deport)


def _doubtful_deports(rows: Iterable[ReceivedRow], say: Problems) -> Iterator[PageProblem]:
    """Answers on a déport that are neither yes nor no."""
    for row in rows:
        if not _is_yes_or_no(row.values.get(DEPORT)):
            yield say.unreadable_deport(row.cells[DEPORT], row.numero)


def _half_days(whole: dict[str, FoundLine]) -> list[FoundLine]:
    return [line for field, line in whole.items() if field.startswith(HALF_DAY)]


def _availability(whole: dict[str, FoundLine]) -> str | None:
    """The text that was typed, or the half-days with a « oui »; None when nothing was said, or none is left."""
    free = _value(whole.get(AVAILABILITY))
    if isinstance(free, str):
        return free
    chosen = [line.text for line in _half_days(whole) if _says_yes(line.value)]
    return " ; ".join(chosen) or None


def _doubtful_half_days(whole: dict[str, FoundLine], say: Problems) -> Iterator[PageProblem]:
    """Answers that are neither yes nor no, and half-days that are all refused."""
    lines = _half_days(whole)
    for line in lines:
        if not _is_yes_or_no(line.value):
            yield say.unreadable_half_day(line)
    answered = [line for line in lines if line.value is not None]
    if lines and len(answered) == len(lines) and _availability(whole) is None:
        yield say.never_available(lines[0])
