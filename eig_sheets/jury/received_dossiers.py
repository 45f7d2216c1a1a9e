"""The answers of each dossier of a page that came back, and the dossiers whose lines cannot be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from eig_sheets.jury.fields import WIDE
from eig_sheets.jury.found_lines import FoundLine, FoundTab
from eig_sheets.jury.keys import DOSSIER, NUMBER
from eig_sheets.jury.page_problems import Problems
from eig_sheets.jury.pages import PageProblem, ReceivedRow
from eig_sheets.text.french import plain


def dossiers_of(
    tab: FoundTab, expected: AbstractSet[str], say: Problems
) -> tuple[tuple[ReceivedRow, ...], tuple[PageProblem, ...]]:
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


def _row(numero: str, lines: list[FoundLine]) -> ReceivedRow:
    answers = [line for line in lines if _is_answer(line)]
    version = next((line.text for line in lines if line.field == DOSSIER), "")
    return ReceivedRow(
        numero,
        {line.field: line.value for line in answers if line.value is not None},
        {line.field: line.cell for line in answers},
        "" if version.startswith(("#", "=")) else version,  # an error, or a formula that no program computed
    )
