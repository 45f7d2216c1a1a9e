"""An anomaly: a problem of a code at its cell, in French, with what to do; limits on how many are listed.

`docs/anomalies.fr.md` lists the codes for the staff; a test keeps them equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final, TypeVar

from eig_sheets.spreadsheet.model.cell_names import between, name_of
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import listed_first, number, plural, typographic


class Severity(StrEnum):
    """`BLOCKING`: a result or an act rests on the cell, and takes the careful side; `WARNING` is only reported."""

    BLOCKING = "bloquant"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of anomaly. `message` and `remedy` are French sentences with the `{words}` that `anomaly` fills in.

    `severity` is None where it depends on the column: blocking in those that something of the call rests on.
    `stops`: of the whole workbook; nothing is written but the failure line, which goes where a mark of ours is.
    `unintended`: the cell is read, and so believed, but was probably not meant: what rests on it says so.
    `is_read`: the cell is read, and the anomaly says what is done meanwhile. `for_operator`: officers cannot mend it,
    by a cell or a request: it is for whoever keeps the configuration, or the accounts of the workbook.
    """

    name: str
    severity: Severity | None
    message: str
    remedy: str
    stops: bool = False
    unintended: bool = False
    is_read: bool = False
    for_operator: bool = False


def blocking(name: str, message: str, remedy: str, *, is_read: bool = False, for_operator: bool = False) -> Code:
    """A code of which each cell blocks: its row is left out."""
    return Code(name, Severity.BLOCKING, message, remedy, is_read=is_read, for_operator=for_operator)


def warning(name: str, message: str, remedy: str, *, unintended: bool = False, for_operator: bool = False) -> Code:
    """A code of which each row still counts."""
    return Code(name, Severity.WARNING, message, remedy, unintended=unintended, for_operator=for_operator)


def by_column(name: str, message: str, remedy: str) -> Code:
    """A code that blocks in some columns, and is a warning in the others."""
    return Code(name, None, message, remedy)


def stopping(name: str, message: str, remedy: str) -> Code:
    """A code while which nothing is written."""
    return Code(name, Severity.BLOCKING, message, remedy, stops=True)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A problem found in a workbook, in French. `cell` is None when no single cell is at fault.

    `others`: how many more of its kind it stands for, when it is the line that counts those that are not listed.
    `cells`: all cells of its cause, of which `cell` is the first; () where it is the only one.
    `cell_name` is the name by which people know it, where that is not its address, `cell_names` those of `cells`.
    `field`: the id of the field that it is about, where its cell is in no column of a field.
    """

    severity: Severity
    tab: str
    cell: str | None
    dossier: str | None
    kind: Code
    message: str
    remedy: str
    others: int = 0
    cell_name: str = ""
    field: str = ""
    cells: tuple[str, ...] = ()
    cell_names: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The name of its code."""
        return self.kind.name

    @property
    def shown_cell(self) -> str | None:
        """The cell as people know it."""
        return self.cell_name or self.cell

    @property
    def shown_cells(self) -> tuple[str, ...]:
        """All its cells, as people know them."""
        return self.cell_names or self.cells or ((self.shown_cell,) if self.shown_cell else ())

    @property
    def place(self) -> str:
        """The cell with its tab: « Jury!B4 », or « Jury, ligne 3, E-mail »; the tab alone where there is no cell."""
        return f"{self.tab}{between(by_id=bool(self.cell_name))}{self.shown_cell}" if self.cell else self.tab

    def named(self, snapshot: Snapshot) -> Anomaly:
        """The anomaly with the names of its cells where these are not their addresses."""
        if self.cell is None or not snapshot.capabilities.row_ids:
            return self
        names = tuple(name_of(cell, self.tab, snapshot) for cell in self.cells)
        return replace(self, cell_name=name_of(self.cell, self.tab, snapshot), cell_names=names)


def anomaly(
    code: Code,
    tab: str,
    cell: str | None = None,
    dossier: str | None = None,
    *,
    blocks: bool = False,
    field: str = "",
    **words: object,
) -> Anomaly:
    """An anomaly of that code; `words` fill its sentences; `blocks` decides where the code leaves it open."""
    severity = code.severity or (Severity.BLOCKING if blocks else Severity.WARNING)
    words = {"hint": "", "suggestion": "", "tab": tab, **{name: _as_text(word) for name, word in words.items()}}
    message, remedy = (typographic(sentence.format(**words)) for sentence in (code.message, code.remedy))
    return Anomaly(severity, tab, cell, dossier, code, message, remedy, field=field)


_LONGEST_WORD: Final = 600


def _as_text(word: object) -> object:
    if isinstance(word, int):
        return number(word)
    too_long = isinstance(word, str) and len(word) > _LONGEST_WORD  # a person may paste any length in a cell
    return f"{str(word)[:_LONGEST_WORD]}…" if too_long else word


T = TypeVar("T")

MOST_LISTED: Final = 500
"""Maximum of anomalies of one kind that are listed for a tab."""
MOST_ALIKE: Final = 2
"""Maximum of identical anomalies of one column that are listed one by one."""


def described(suspects: Sequence[T], describe: Callable[[T], Anomaly]) -> Iterator[Anomaly]:
    """The listed anomalies of suspects of one kind in one tab, then the line that counts the others."""
    listed = [describe(suspect) for suspect in islice(suspects, MOST_LISTED)]
    yield from listed
    if len(suspects) > len(listed):
        yield and_others(listed[-1], len(suspects) - len(listed))


def and_others(last: Anomaly, count: int) -> Anomaly:
    """The line that counts the anomalies like `last` which are not listed."""
    others = plural(count, "autre anomalie", "autres anomalies")
    message = typographic(f"… et {others} « {last.code} » dans l’onglet « {last.tab} ».")
    remedy = "Corrigez celles qui sont listées : les suivantes le seront à leur tour."
    return Anomaly(last.severity, last.tab, None, None, last.kind, message, remedy, count)


def limited(anomalies: Iterable[Anomaly]) -> list[Anomaly]:
    """The anomalies in order, up to the maximum per kind and tab; the lines that count the others come last."""
    listed: list[Anomaly] = []
    seen: Counter[tuple[str, str, Severity]] = Counter()
    rest: Counter[tuple[str, str, Severity]] = Counter()
    last: dict[tuple[str, str, Severity], Anomaly] = {}
    for anomaly in anomalies:
        kind = (anomaly.tab, anomaly.code, anomaly.severity)
        last[kind] = anomaly
        if anomaly.others or seen[kind] == MOST_LISTED:
            rest[kind] += anomaly.others or 1
        else:
            seen[kind] += 1
            listed.append(anomaly)
    return [*listed, *(and_others(last[kind], count) for kind, count in rest.items())]


def grouped(anomalies: Iterable[Anomaly]) -> list[Anomaly]:
    """The anomalies in order, where those of one cause are merged at the place of the first.

    Of one cause are those, from three on, that say the same of cells of one column: an error that was copied down, an
    address or a number that many rows name. What each does to its row does not depend on it.
    """
    alike: dict[tuple[object, ...], list[Anomaly]] = {}
    for place, anomaly in enumerate(anomalies):
        column = (parse_a1(anomaly.cell)[1],) if anomaly.cell and not anomaly.cells else (None, place)
        cause = (anomaly.severity, anomaly.tab, anomaly.code, anomaly.message, anomaly.remedy, *column)
        alike.setdefault(cause, []).append(anomaly)
    causes = (_as_one(some) if len(some) > MOST_ALIKE else some for some in alike.values())
    return [anomaly for some in causes for anomaly in some]


def _as_one(alike: Sequence[Anomaly]) -> list[Anomaly]:
    first = alike[0]
    said = [
        f"{anomaly.shown_cell} ({anomaly.dossier})"
        if anomaly.dossier and anomaly.dossier != first.dossier
        else f"{anomaly.shown_cell}"
        for anomaly in alike
    ]
    names = tuple(anomaly.cell_name for anomaly in alike) if first.cell_name else ()
    return [replace(of_one_cause(first, [anomaly.cell or "" for anomaly in alike], said), cell_names=names)]


def of_one_cause(first: Anomaly, cells: Sequence[str], said: Sequence[str]) -> Anomaly:
    """One anomaly for all cells of a cause; `said`: the text of each cell in its sentence."""
    if len(cells) < 2:
        return first
    others = listed_first(said[1:], "autre cellule", "autres cellules")
    return replace(first, message=f"{first.message} {typographic(f'De même : {others}.')}", cells=tuple(cells))


def count(anomalies: Iterable[Anomaly]) -> int:
    """The number of anomalies, including those that are not listed; those of one cause count as one."""
    return sum(anomaly.others or 1 for anomaly in anomalies)
