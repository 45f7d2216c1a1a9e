"""The tab `Accueil`: what awaits whom today, then the indicators of the campaign and the way to the other tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.cells import Formula, Link, WrittenValue, column_letters
from eig_sheets.workbook.model.sheet import Apart, Chart, Column, Format, Sheet, Tone
from eig_sheets.workbook.officer_texts import for_officers
from eig_sheets.workbook.render import journal


class Urgency(StrEnum):
    """How pressing a line is: a sign and a word, so that no colour has to be seen."""

    URGENT = "▲ urgent"
    TO_DO = "● à faire"
    TO_KNOW = "○ à savoir"
    NOTHING = "✓ rien"


COLUMNS: Final = (
    Column("Rubrique", width=18),
    Column(
        "État", width=13,
        tones=(
            (Urgency.URGENT, Tone.BAD), (Urgency.TO_DO, Tone.DOUBT),
            (Urgency.TO_KNOW, Tone.QUIET), (Urgency.NOTHING, Tone.GOOD),
        ),
    ),
    Column("Quoi", Format.WRAPPED, 50),
    Column("Nombre", Format.INTEGER, 11),
    Column("Pour qui", width=18),
    Column("Y aller", width=28, note="Cliquez pour y aller.", names_cells=True),
    Column("Avancement", Format.PERCENT, 14, bar=True),
    Column("Montant", Format.EURO, 17),
    Column("Date", Format.DATETIME, 18),
    Column("Précision", Format.WRAPPED, 64),
)  # fmt: skip
HEADERS: Final = tuple(column.header for column in COLUMNS)
HEARTBEAT: Final = "Dernière synchronisation réussie"
SILENCE = timedelta(hours=26)
"""After so long without a success, the banner turns red."""

TODAY, OTHER_TABS = "Aujourd’hui", "Autres onglets"
_TO_DO, _REST = "À faire aujourd’hui", "Où en est la campagne"
_OF_TODAY: Final = ("État", "Quoi", "Y aller", "Pour qui", "Nombre", "Date", "Précision")
_OF_THE_REST: Final = ("Rubrique", "Quoi", "Nombre", "Avancement", "Montant", "Date", "Y aller", "Précision")
"""The columns that have something to show in the lines of today, and in the others; links where they are seen."""
APART: Final = Apart(
    HEADERS.index("Rubrique"),
    TODAY,
    _TO_DO,
    tuple(map(HEADERS.index, _OF_TODAY)),
    _REST,
    tuple(map(HEADERS.index, _OF_THE_REST)),
)
_NOTHING: Final = "Rien n’attend personne aujourd’hui"
_BEAT: Final = (
    "Chaque synchronisation, chaque envoi et chaque demande remettent à jour les lignes qui suivent : ce qui a été "
    "saisi depuis n’y est pas. Tant que rien ne change, cette date n’est mise à jour que toutes les douze heures."
)
_LATE: Final = typographic(
    "⚠ Aucune synchronisation réussie depuis plus de 26 heures : les résultats peuvent être anciens. "
    "Voyez le Journal ou prévenez la personne qui exploite le robot."
)
_FAILED: Final = typographic("⚠ La dernière exécution a échoué, les résultats peuvent être anciens : ")
"""Followed by what the Journal says of it: officers do not see that tab."""
_ALIVE: Final = "Le robot synchronise normalement."


@dataclass(frozen=True, slots=True)
class Pending:
    """One line of what awaits somebody: `what` has its count in words; `link` leads to its first cell."""

    who: str
    what: str
    count: int | None = None
    urgency: Urgency = Urgency.TO_DO
    link: Link | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: a count, a share of a whole, an amount or a date, a detail, a link."""

    section: str
    label: str
    count: int | None = None
    share: float | None = None
    amount: float | None = None
    moment: datetime | None = None
    detail: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of the tab, in their order: what waits, the indicators, the other tabs."""

    pending: Sequence[Pending] = ()
    indicators: Sequence[Indicator] = ()
    others: Sequence[Indicator] = ()


def filled(blank: Sheet, lines: Lines, heartbeat: datetime, charts: Sequence[Chart] = ()) -> Sheet:
    """The tab with its rows; `blank` has headers alone, `heartbeat` is the last success to show."""
    beat = Indicator(TODAY, HEARTBEAT, moment=heartbeat, detail=_BEAT)
    waiting = [*map(_pending_row, lines.pending)] or [_row(Indicator(TODAY, _NOTHING), Urgency.NOTHING)]
    known = (_row(indicator) for indicator in (*lines.indicators, *lines.others))
    return replace(blank, rows=(_row(beat), *waiting, *known), charts=tuple(charts))


def with_status(sheet: Sheet, heartbeat: datetime, now: datetime, newest: journal.NewestLine) -> Sheet:
    """The same with one line more above the headers, which the workbook computes: whether the robot still works.

    It looks at the newest line of the Journal, which it repeats where it is a failure, and at how old the last success
    is.
    """
    beat = f"{column_letters(HEADERS.index('Date'))}{sheet.header_row + 2}"  # the first row, one lower
    displayed = _FAILED + newest.said if newest.failed else _LATE if now - heartbeat > SILENCE else _ALIVE
    failed, said = f'{newest.result}="{journal.FAILED}"', f'"{_FAILED}"&{newest.what}&" "&{newest.remedy}'
    status = Formula(f'IF({failed},{said},IF(NOW()-{beat}>26/24,"{_LATE}","{_ALIVE}"))', displayed)
    return replace(sheet, banner=(*sheet.banner, status))


def _pending_row(line: Pending) -> tuple[WrittenValue, ...]:
    shown = Indicator(TODAY, line.what, line.count, detail=line.detail, link=line.link)
    return _row(shown, line.urgency, line.who)


def _row(line: Indicator, urgency: Urgency | None = None, who: str = "") -> tuple[WrittenValue, ...]:
    return (
        line.section,
        None if urgency is None else urgency.value,
        typographic(line.label),
        line.count,
        who or None,
        line.link,
        line.share,
        line.amount,
        line.moment,
        for_officers(typographic(line.detail)) or None,
    )
