"""Limits of what is reported: of one cause, one anomaly with its cells; of one kind, so many anomalies in a tab.

One line counts the others. A tab of junk would else make more text than a workbook holds, or anybody reads. Which rows
count never depends on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, TypeVar

from eig_sheets.text.french import listed_first, plural, typographic
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.codes import Severity
from eig_sheets.workbook.model.cells import parse_a1

T = TypeVar("T")

MOST_LISTED: Final = 500
"""Anomalies of one kind that a tab lists."""
MOST_ALIKE: Final = 2
"""Anomalies that say the same of one column, one by one."""


def described(suspects: Sequence[T], describe: Callable[[T], Anomaly]) -> Iterator[Anomaly]:
    """The anomalies of suspects of one kind in one tab; those that are not listed are never described."""
    found = [describe(suspect) for suspect in islice(suspects, MOST_LISTED)]
    yield from found
    if len(suspects) > len(found):
        yield and_others(found[-1], len(suspects) - len(found))


def and_others(last: Anomaly, count: int) -> Anomaly:
    """The line that counts the anomalies like `last` which are not listed."""
    others = plural(count, "autre anomalie", "autres anomalies")
    message = typographic(f"… et {others} « {last.code} » dans l’onglet « {last.tab} ».")
    remedy = "Corrigez celles qui sont listées : les suivantes le seront à leur tour."
    return Anomaly(last.severity, last.tab, None, None, last.kind, message, remedy, count)


def limited(anomalies: Iterable[Anomaly]) -> list[Anomaly]:
    """The anomalies in their order, no more than are listed of each kind in each tab; lines that count come last."""
    listed: list[Anomaly] = []
    seen: Counter[tuple[str, str, Severity]] = Counter()
    rest: Counter[tuple[str, str, Severity]] = Counter()
    last: dict[tuple[str, str, Severity], Anomaly] = {}
    for found in anomalies:
        kind = (found.tab, found.code, found.severity)
        last[kind] = found
        if found.others or seen[kind] == MOST_LISTED:
            rest[kind] += found.others or 1
        else:
            seen[kind] += 1
            listed.append(found)
    return [*listed, *(and_others(last[kind], count) for kind, count in rest.items())]


def grouped(anomalies: Iterable[Anomaly]) -> list[Anomaly]:
    """The anomalies in their order, those of one cause as one, in the place of the first.

    Of one cause are those, from three on, that say the same of cells of one column: an error that was copied down, an
    address or a number that many rows name. What each does to its row does not depend on it.
    """
    alike: dict[tuple[object, ...], list[Anomaly]] = {}
    for place, found in enumerate(anomalies):
        column = (parse_a1(found.cell)[1],) if found.cell and not found.cells else (None, place)
        alike.setdefault((found.severity, found.tab, found.code, found.message, found.remedy, *column), []).append(
            found
        )
    causes = (_as_one(some) if len(some) > MOST_ALIKE else some for some in alike.values())
    return [one for some in causes for one in some]


def _as_one(alike: Sequence[Anomaly]) -> list[Anomaly]:
    first = alike[0]
    said = [
        f"{one.shown_cell} ({one.dossier})" if one.dossier and one.dossier != first.dossier else f"{one.shown_cell}"
        for one in alike
    ]
    names = tuple(one.cell_name for one in alike) if first.cell_name else ()
    return [replace(of_one_cause(first, [one.cell or "" for one in alike], said), cell_names=names)]


def of_one_cause(first: Anomaly, cells: Sequence[str], said: Sequence[str]) -> Anomaly:
    """The anomaly of the first cell of a cause, with all its cells: `said` is what its sentence says of each."""
    if len(cells) < 2:
        return first
    others = listed_first(said[1:], "autre cellule", "autres cellules")
    return replace(first, message=f"{first.message} {typographic(f'De même : {others}.')}", cells=tuple(cells))


def count(anomalies: Iterable[Anomaly]) -> int:
    """How many anomalies there are, those that are not listed included; those of one cause are one."""
    return sum(found.others or 1 for found in anomalies)
