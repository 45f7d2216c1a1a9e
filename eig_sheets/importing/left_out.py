"""The rows of an export that are not added: withdrawn, archived, or of which nothing tells whether they are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eig_sheets.config import ImportSettings
from eig_sheets.importing.cell_conversion import readable_text
from eig_sheets.importing.columns import Columns
from eig_sheets.importing.kinds import ImportKind
from eig_sheets.importing.problems import ImportProblem, unknown_state, unreadable_archive
from eig_sheets.text.french import plain
from eig_sheets.workbook import values
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.values import UnreadableError


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The numbers of the rows that are not added, by reason, and the problems of those that are `in_doubt`."""

    withdrawn: tuple[str, ...]
    archived: tuple[str, ...]
    in_doubt: tuple[str, ...]
    problems: tuple[ImportProblem, ...]

    @property
    def numbers(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.withdrawn, *self.archived, *self.in_doubt))


def left_out(columns: Columns, rows: Iterable[tuple[str, int]], settings: ImportSettings, kind: ImportKind) -> LeftOut:
    """Which rows that a tab lacks are not added. `rows`: the number and the 1-based row in the export of each.

    The rows of an unknown state are one problem; where no row has a state, whoever imports said so.
    """
    withdrawn, archived, doubtful = list[str](), list[str](), list[str]()
    unknown: dict[str, list[tuple[str, int]]] = {}
    problems: list[ImportProblem] = []
    for number, row in rows:
        state, mark = columns.value(row, columns.state), columns.value(row, columns.archived)
        if is_in(state, settings.withdrawn_states):
            withdrawn.append(number)
        elif (is_archived := _yes_no(mark)) is True:
            archived.append(number)
        elif columns.has_states and not is_in(state, settings.known_states):
            unknown.setdefault(readable_text(state) or "", []).append((number, row))
        elif is_archived is None:
            doubtful.append(number)
            problems.append(unreadable_archive(number, row, readable_text(mark) or ""))
    header = "" if columns.state is None else columns.header(columns.state)
    problems += [unknown_state(typed, dossiers, header, kind) for typed, dossiers in unknown.items()]
    doubtful += [number for dossiers in unknown.values() for number, _ in dossiers]
    return LeftOut(tuple(withdrawn), tuple(archived), tuple(doubtful), tuple(problems))


def is_in(state: CellValue, states: Sequence[str]) -> bool:
    """Whether a cell is one of these states, as headers are compared."""
    return plain(str(state or "")) in {plain(known_state) for known_state in states}


def _yes_no(mark: CellValue) -> bool | None:
    """What a cell says, a blank being no; None when it says neither."""
    try:
        return bool(values.yes_no(mark))
    except UnreadableError:
        return None
