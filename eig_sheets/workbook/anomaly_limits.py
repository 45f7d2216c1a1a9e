"""Limits of what is reported: of one kind, a tab lists so many anomalies, and one line counts the others.

A tab of junk would else make more text than a workbook holds, or anybody reads. Which rows count never depends on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, Severity

T = TypeVar("T")

MOST_LISTED: Final = 500
"""Anomalies of one kind that a tab lists."""


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
    return Anomaly(last.severity, last.tab, None, None, last.code, message, remedy, count)


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


def count(anomalies: Iterable[Anomaly]) -> int:
    """How many anomalies there are, those that are not listed included."""
    return sum(found.others or 1 for found in anomalies)
