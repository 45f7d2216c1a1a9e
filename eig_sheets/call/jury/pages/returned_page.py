"""Reads a page back from the cells of a file or of a Google Sheet: what each line says, or why it cannot be trusted.

Each line is named by its own hidden cells, checked against what people see of it: the label beside the answer, the
number above. Where they contradict each other, the dossier is left out, and said; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime

from eig_sheets.call.jury.pages import descriptions
from eig_sheets.call.jury.pages.blocks import CAMPAIGN, DOSSIER, JUROR, KIND, NUMBER, OF_THE_PAGE, PAGE, VERSION
from eig_sheets.call.jury.pages.fields import AVAILABILITY, DECLARED, DECLARED_ON, DEPORT, HALF_DAY, WIDE
from eig_sheets.call.jury.pages.found_lines import FoundLine, FoundTab, find_tabs
from eig_sheets.call.jury.pages.layout import LAYOUT
from eig_sheets.call.jury.pages.page_problems import Problems
from eig_sheets.call.jury.pages.pages import PageKind, PageProblem, ReturnedPage, ReturnedRow
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import plain
from eig_sheets.workbook.values import UnreadableError, yes_no


def returned_page(snapshot: Snapshot, source: str, digest: str, modified: datetime | None = None) -> ReturnedPage:
    """What a page says. `source` names the file for people. What is no page of ours comes back refused."""
    say = Problems(source)
    tabs = find_tabs(snapshot)
    problem = _refusal(snapshot, tabs, say)
    if problem is not None:
        return ReturnedPage(PageKind.NOTES, source, digest, "", "", modified, problems=(problem,))
    tab = tabs[0]
    rows, problems = dossiers_of(tab, _expected(snapshot), say)
    is_declaration = tab.identity(KIND) == PageKind.DECLARATION
    whole = {line.field: line for line in tab.lines if not line.numero}
    return ReturnedPage(
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


def _doubtful_deports(rows: Iterable[ReturnedRow], say: Problems) -> Iterator[PageProblem]:
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


def dossiers_of(
    tab: FoundTab, expected: AbstractSet[str], say: Problems
) -> tuple[tuple[ReturnedRow, ...], tuple[PageProblem, ...]]:
    """A row for each dossier whose lines agree with each other, a problem for each other one; none for the recused."""
    blocks: dict[str, list[FoundLine]] = {}
    for line in tab.lines:
        if line.numero and line.numero not in tab.recused:
            blocks.setdefault(line.numero, []).append(line)
    asked = tuple(dict.fromkeys(line.field for lines in blocks.values() for line in lines))
    problems = [problem for lines in blocks.values() if (problem := next(_problems(tab, lines, asked, say), None))]
    doubtful = {problem.numero for problem in problems}
    rows = [_row(numero, lines) for numero, lines in blocks.items() if numero not in doubtful]
    problems += [say.dossier_gone(tab.name, numero) for numero in sorted(expected - blocks.keys() - tab.recused)]
    return tuple(rows), (*problems, *map(say.stray, tab.strays))


def _problems(tab: FoundTab, lines: list[FoundLine], asked: tuple[str, ...], say: Problems) -> Iterator[PageProblem]:
    """What contradicts itself in the lines of one dossier."""
    numero, by_field = lines[0].numero, {line.field: line for line in lines}
    for line in lines:
        if repr(line.value) != repr(by_field[line.field].value):
            yield say.doubled(by_field[line.field])
    for missing in (field for field in asked if field not in by_field):
        yield say.line_gone(tab, numero, missing)
    for line in lines:
        if line.field == NUMBER and f" {plain(numero)} " not in f" {plain(line.shown)} ":
            yield say.number_altered(line)
        elif _is_answer(line) and line.field not in WIDE and _first_line(line.shown) != plain(line.text):
            yield say.label_altered(line)
        if line.above != numero:
            yield say.out_of_place(line)


def _is_answer(line: FoundLine) -> bool:
    return line.field not in (DOSSIER, NUMBER)


def _first_line(shown: str) -> str:
    return plain(shown.partition("\n")[0])


def _row(numero: str, lines: list[FoundLine]) -> ReturnedRow:
    answers = [line for line in lines if _is_answer(line)]
    version = next((line.text for line in lines if line.field == DOSSIER), "")
    return ReturnedRow(
        numero,
        {line.field: line.value for line in answers if line.value is not None},
        {line.field: line.cell for line in answers},
        "" if version.startswith(("#", "=")) else version,  # an error, or a formula that no program computed
    )
