"""The tab `Données des graphiques`: the numbers that the charts of `Accueil` draw, each under a header of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Chart, Column, Format, Sheet
from eig_sheets.text.french import typographic
from eig_sheets.workbook.cells import Rows

TAB_ID: Final = "donnees_graphiques"


@dataclass(frozen=True, slots=True)
class ChartForm:
    """One chart: the column of its labels, those of its numbers, the title of its axis of numbers.

    `sideways`: bars that go to the right, for labels that are long. `stacked`: numbers that add up.
    """

    id: str
    labels: Column
    numbers: tuple[Column, ...]
    axis: str
    sideways: bool = False
    stacked: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the chart, side by side."""
        return (self.labels, *self.numbers)


def _count(header: str) -> Column:
    return Column(header, Format.INTEGER, 14)


FORMS: Final = (
    ChartForm(
        "depots",
        Column("Jour de dépôt", width=14),
        (_count("Déposés dans les délais"), _count("Déposés hors délais")),
        "Dossiers",
        stacked=True,
    ),
    ChartForm("completude", Column("Complétude", width=34), (_count("Dossiers"),), "Dossiers", sideways=True),
    ChartForm(
        "evaluations",
        Column("Évaluations qui manquent", width=14),
        (_count("Dossiers du jury"),),
        "Dossiers",
    ),
    ChartForm(
        "notes",
        Column("Critère", width=24),
        tuple(Column(header, Format.NOTE, 14) for header in ("La plus basse", "Moyenne", "La plus haute")),
        "Note moyenne d’un dossier",
    ),
    ChartForm(
        "cofinancement",
        Column("Voie du co-financement", width=40),
        tuple(Column(header, Format.EURO, 17) for header in ("Montant minimal", "Montant maximal")),
        "Euros",
        sideways=True,
    ),
    ChartForm("metiers", Column("Métier demandé", width=24), (_count("Projets"),), "Projets", sideways=True),
)
COLUMNS: Final = tuple(column for form in FORMS for column in form.columns)


@dataclass(frozen=True, slots=True)
class ChartNumbers:
    """The title of a chart, and its rows: a label, then its numbers. Without rows there is nothing to draw."""

    title: str
    rows: tuple[tuple[WrittenValue, ...], ...] = ()


Numbers = Mapping[str, ChartNumbers]
"""The numbers of each chart, by its id."""


def rows(numbers: Numbers) -> Rows:
    """The rows of the tab: each chart's own, side by side."""
    blocks = [(form, numbers[form.id].rows) for form in FORMS if form.id in numbers]
    widths = [len(form.columns) for form, _ in blocks]
    lines = zip_longest(*(lines_of_chart for _, lines_of_chart in blocks))
    return tuple(tuple(chain.from_iterable(_padded(line, widths))) for line in lines)


def _padded(line: Sequence[tuple[WrittenValue, ...] | None], widths: Sequence[int]) -> Iterator[Sequence[WrittenValue]]:
    return (cells or (None,) * width for cells, width in zip(line, widths, strict=True))


_ACROSS: Final = (0, 3, 7)
"""The (0-based) columns of `Accueil` under which charts begin, side by side."""
_ROWS_OF_A_CHART: Final = 17
_SMALL: Final = 12
"""Up to so much, an axis has a mark for each whole number: there is no half of a project."""
_STEP: Final = 5
"""Charts begin at a multiple of so many rows, so that one line more does not move them."""


def charts(numbers: Numbers, data: Sheet, home: Sheet) -> tuple[Chart, ...]:
    """The charts under the rows of `home` (`Accueil`), of the numbers in `data` (`Données des graphiques`)."""
    top = -(-(home.header_row + len(home.rows) + 3) // _STEP) * _STEP + 1  # a line above is for the state of the robot
    drawn = [(form, first) for form, first in _placed(numbers) if numbers[form.id].rows]
    return tuple(
        _chart(form, numbers[form.id], data, first, (top + place // len(_ACROSS) * _ROWS_OF_A_CHART, place))
        for place, (form, first) in enumerate(drawn)
    )


def _placed(numbers: Numbers) -> Iterator[tuple[ChartForm, int]]:
    """Each form that the call has with the first of its columns."""
    first = 0
    for form in FORMS:
        if form.id in numbers:
            yield form, first
            first += len(form.columns)


def _chart(form: ChartForm, numbers: ChartNumbers, data: Sheet, first: int, at: tuple[int, int]) -> Chart:
    row, place = at
    return Chart(
        typographic(numbers.title),
        first,
        tuple(range(first + 1, first + len(form.columns))),
        data.header_row + 1,
        data.header_row + len(numbers.rows),
        tab=data.name,
        at=(row, _ACROSS[place % len(_ACROSS)]),
        axes=(form.labels.header, form.axis),
        sideways=form.sideways,
        stacked=form.stacked,
        step=1 if _highest(numbers) <= _SMALL else 0,
    )


def _highest(numbers: ChartNumbers) -> float:
    """The highest number that a bar may reach."""
    return max(sum(number for number in row[1:] if isinstance(number, (int, float))) for row in numbers.rows)
