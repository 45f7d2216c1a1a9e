"""The tab `Accueil`: tasks of today by person, indicators of the campaign, links to the other tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from eig_sheets.spreadsheet.model.cells import Formula, Link, column_letters
from eig_sheets.spreadsheet.model.sheet import Apart, Chart, Column, Format, Sheet, Tone
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook import journal
from eig_sheets.workbook.quoting import for_officers
from eig_sheets.workbook.table import Col, Table


class Urgency(StrEnum):
    """How pressing a line is: a sign and a word, so that no colour has to be seen."""

    URGENT = "▲ urgent"
    TO_DO = "● à faire"
    TO_KNOW = "○ à savoir"
    NOTHING = "✓ rien"


HEARTBEAT: Final = "Dernière synchronisation réussie"
SILENCE = timedelta(hours=26)
"""After so long without a success, the banner turns red."""

TODAY, OTHER_TABS = "Aujourd’hui", "Autres onglets"
_TO_DO, _REST = "À faire aujourd’hui", "Où en est la campagne"
_NOTHING: Final = "Rien n’attend personne aujourd’hui"
_BEAT: Final = (
    "Ce qui a été saisi depuis n’y est pas. {causes} la remettent à jour ; si rien ne change, toutes les douze heures."
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
    """A task of somebody: `what` has its count in words; `link` leads to its first cell."""

    who: str
    what: str
    count: int | None = None
    urgency: Urgency = Urgency.TO_DO
    link: Link | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: a count, a share of a whole, an amount or a date, a detail, a link.

    `is_stage`: it says how far a stage of the call is, and comes before the figures.
    """

    section: str
    label: str
    count: int | None = None
    share: float | None = None
    amount: float | None = None
    moment: datetime | None = None
    detail: str = ""
    link: Link | None = None
    is_stage: bool = False


FOLDED: Final = Indicator(
    "Et aussi", "Les chiffres, qui suit quoi, les autres onglets", detail="Dépliez par le « + », à gauche."
)
"""The line above what is folded."""


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A row of the tab: an indicator, or what awaits `who`."""

    line: Indicator
    urgency: Urgency | None = None
    who: str = ""


TABLE: Final = Table[HomeRow](
    Col("section", value=lambda row: row.line.section, tab=Column("Rubrique", width=18)),
    Col(
        "urgency", value=lambda row: None if row.urgency is None else row.urgency.value,
        tab=Column(
            "État", width=13,
            tones=(
                (Urgency.URGENT, Tone.BAD), (Urgency.TO_DO, Tone.DOUBT),
                (Urgency.TO_KNOW, Tone.QUIET), (Urgency.NOTHING, Tone.GOOD),
            ),
        ),
    ),
    Col("label", value=lambda row: typographic(row.line.label), tab=Column("Quoi", Format.WRAPPED, 50)),
    Col("count", value=lambda row: row.line.count, tab=Column("Nombre", Format.INTEGER, 11)),
    Col("who", value=lambda row: row.who or None, tab=Column("Pour qui", width=18)),
    Col(
        "link", value=lambda row: row.line.link,
        tab=Column("Y aller", width=28, note="Cliquez pour y aller.", names_cells=True),
    ),
    Col("share", value=lambda row: row.line.share, tab=Column("Avancement", Format.PERCENT, 14, bar=True)),
    Col("amount", value=lambda row: row.line.amount, tab=Column("Montant", Format.EURO, 17)),
    Col("moment", value=lambda row: row.line.moment, tab=Column("Date", Format.DATETIME, 18)),
    Col(
        "detail", value=lambda row: for_officers(typographic(row.line.detail)) or None,
        tab=Column("Précision", Format.WRAPPED, 64),
    ),
)  # fmt: skip
_OF_TODAY: Final = ("urgency", "label", "link", "who", "count", "moment", "detail")
_OF_THE_REST: Final = ("section", "label", "count", "share", "amount", "moment", "link", "detail")
"""The columns that have something to show in the lines of today, and in the others; links where they are seen."""
APART: Final = Apart(
    TABLE.sheet_keys.index("section"),
    TODAY,
    _TO_DO,
    tuple(map(TABLE.sheet_keys.index, _OF_TODAY)),
    _REST,
    tuple(map(TABLE.sheet_keys.index, _OF_THE_REST)),
)


@dataclass(frozen=True, slots=True)
class HomeLines:
    """The lines of the tab, in their order: what waits, the stages, the ways to features; then what is folded."""

    pending: Sequence[Pending] = ()
    stages: Sequence[Indicator] = ()
    ways: Sequence[Indicator] = ()
    folded: Sequence[Indicator] = ()


def filled(
    blank: Sheet,
    lines: HomeLines,
    heartbeat: datetime,
    charts: Sequence[Chart] = (),
    refreshed_by: Sequence[str] = (),
) -> Sheet:
    """The tab with its rows; `blank` has headers alone, `heartbeat` is the last success to show.

    `refreshed_by`: what brings it up to date besides synchronisations and sendings, in words.
    """
    causes = listed(["Chaque synchronisation", "chaque envoi", *refreshed_by])
    beat = Indicator(TODAY, HEARTBEAT, moment=heartbeat, detail=_BEAT.format(causes=causes))
    waiting = [*map(_pending_row, lines.pending)] or [HomeRow(Indicator(TODAY, _NOTHING), Urgency.NOTHING)]
    shown = [HomeRow(beat), *waiting, *map(HomeRow, (*lines.stages, *lines.ways))]
    rows = TABLE.cells([*shown, *map(HomeRow, lines.folded)])
    return replace(blank, rows=rows, charts=tuple(charts), folded=len(shown))


def _pending_row(line: Pending) -> HomeRow:
    shown = Indicator(TODAY, line.what, line.count, detail=line.detail, link=line.link)
    return HomeRow(shown, line.urgency, line.who)


def with_status(sheet: Sheet, heartbeat: datetime, now: datetime, newest: journal.NewestLine) -> Sheet:
    """The tab with one more line above the headers, which the workbook computes: whether the robot still works.

    It looks at the newest line of the Journal, which it repeats where it is a failure, and at how old the last success
    is.
    """
    beat = f"{column_letters(TABLE.sheet_keys.index('moment'))}{sheet.header_row + 2}"  # the first row, one lower
    displayed = _FAILED + newest.said if newest.failed else _LATE if now - heartbeat > SILENCE else _ALIVE
    failed, said = f'{newest.result}="{journal.FAILED}"', f'"{_FAILED}"&{newest.what}&" "&{newest.remedy}'
    status = Formula(f'IF({failed},{said},IF(NOW()-{beat}>26/24,"{_LATE}","{_ALIVE}"))', displayed)
    return replace(sheet, banner=(*sheet.banner, status))
