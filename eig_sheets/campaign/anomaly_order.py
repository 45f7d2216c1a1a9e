"""The order in which anomalies are listed, those of one cause as one line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from eig_sheets.campaign.last_known import KEY_CHANGED
from eig_sheets.campaign.reading import Reading
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.workbook.anomalies import Anomaly, Severity, grouped, limited

_Place = tuple[bool, int, tuple[int, int]]
_AFTER_ALL = (1 << 30, 0)


def in_order(reading: Reading, anomalies: tuple[Anomaly, ...]) -> tuple[Anomaly, ...]:
    """The anomalies to list, one for each cause: those of officers first, then those of the operator.

    Of each, blocking ones first, then by tab in people's order; those of one code follow each other in a tab, where the
    first of them is, by row and column.
    """
    tabs = {tab.name: index for index, tab in enumerate(reading.snapshot.tabs)}
    anomalies = tuple(_without_consequences(anomalies))

    def place(anomaly: Anomaly) -> _Place:
        cell = parse_a1(anomaly.cell) if anomaly.cell else _AFTER_ALL if anomaly.others else (0, 0)
        return anomaly.severity is not Severity.BLOCKING, tabs.get(anomaly.tab, len(tabs)), cell

    by_place = [(place(anomaly), anomaly) for anomaly in limited(sorted(anomalies, key=place))]
    return tuple(grouped(anomaly.named(reading.snapshot) for anomaly in _by_code(by_place)))


_OF_A_LOST_NUMBER: Final = frozenset({"dossier_inconnu", "candidature_inconnue", "note_changee", "affectation_caduque"})
"""What is said of a dossier that is not there any more: nobody can mend it but by its number."""


def _without_consequences(anomalies: Sequence[Anomaly]) -> Iterator[Anomaly]:
    """The anomalies without those that follow from a number that was mistyped: its own line says so."""
    lost = {one.dossier for one in anomalies if one.kind is KEY_CHANGED and one.dossier}
    return (one for one in anomalies if one.dossier not in lost or one.code not in _OF_A_LOST_NUMBER)


def _by_code(by_place: Iterable[tuple[_Place, Anomaly]]) -> list[Anomaly]:
    """The anomalies with those of one code and severity together in each tab, at the place of the first."""
    in_places = sorted(by_place, key=lambda placed: placed[0])
    first: dict[tuple[Severity, str, str], int] = {}
    for number, (_, anomaly) in enumerate(in_places):
        first.setdefault(_kind(anomaly), number)
    in_order = sorted(in_places, key=lambda placed: (placed[1].kind.for_operator, first[_kind(placed[1])], placed[0]))
    return [anomaly for _, anomaly in in_order]


def _kind(anomaly: Anomaly) -> tuple[Severity, str, str]:
    return anomaly.severity, anomaly.tab, anomaly.code
