"""Limits on reported anomalies: one per cause, with all of its cells, and a maximum per kind and tab.

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
