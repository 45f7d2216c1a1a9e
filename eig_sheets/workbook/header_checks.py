"""Checks of header rows: optional columns absent or repeated, robot's columns lost. None of them stops a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.spreadsheet.model.cell_names import column_name
from eig_sheets.spreadsheet.model.cells import CellError, a1
from eig_sheets.text.french import listed_first
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, of_one_cause, stopping, warning
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.locate import closest_header
from eig_sheets.workbook.ownership import rows_of_formula
from eig_sheets.workbook.quoting import quoted

COLUMN_ABSENT: Final = warning(
    "colonne_absente",
    "La colonne « {header} » manque : ce qui en dépend est « non vérifiable ».{hint}",
    "Ajoutez la colonne, ou laissez ainsi si l’appel ne la demande pas.",
)
COLUMN_GONE: Final = blocking(
    "colonne_disparue",
    "La colonne « {header} » n’est plus là.{hint} Ce qui en dépend reste comme à la dernière exécution, et rien "
    "n’en part.",
    "Rendez-lui l’en-tête « {header} ». Si vous l’avez supprimée exprès : « eig-sheets sync --force ».",
)
COLUMN_TWICE: Final = warning(
    "colonne_en_double",
    "Plusieurs colonnes ont l’en-tête « {header} » : {cells}. Seule la première est lue.",
    "Renommez celle qui est de trop.",
)
ROBOT_COLUMN_GONE: Final = warning(
    "colonne_robot_introuvable",
    "La colonne « {header} » du robot a été renommée ou retouchée : elle n’est plus mise à jour.",
    "Rendez-lui l’en-tête « {header} », ou supprimez-la puis lancez « eig-sheets init ».",
)
ROBOT_COLUMN_EDITED: Final = warning(
    "colonne_robot_retouchee",
    "La colonne « {header} » du robot ne s’affiche plus : son en-tête a été remplacé, et on y a saisi {cells}.",
    "Effacez ce qui est saisi sous l’en-tête (recopiez-le ailleurs s’il vous sert) : elle revient à la prochaine "
    "synchronisation. Si cette colonne est désormais à vous, « eig-sheets init » en ajoute une autre.",
)
ROBOT_COLUMN_IN_TABLE: Final = warning(
    "colonne_robot_en_tableau",
    "La colonne « {header} » du robot ne s’affiche plus : on en a fait un tableau (« Convertir en tableau »), dont "
    "l’en-tête ne garde pas sa formule.",
    "Convertissez le tableau en plage (flèche à droite de son nom), ou réduisez-le aux colonnes de l’équipe : la "
    "colonne revient à la prochaine synchronisation.",
)
TYPED_IN_ROBOT_COLUMN: Final = warning(
    "saisie_dans_colonne_robot",
    "« {value} » a été saisi dans la colonne « {header} » du robot : elle ne peut plus s’afficher.",
    "Effacez cette cellule (recopiez-la ailleurs si elle vous sert) : la colonne se remplit aussitôt.",
)

_MOST_NAMED = 5
"""Maximum of cells that a sentence names."""


def header_anomalies(tab: TabLayout, used: Sequence[str], *, formulas: bool = False) -> Iterator[Anomaly]:
    """Anomalies of a tab's header row; `used` are the optional fields that the rules of the call look at.

    `formulas`: each of the robot's columns is one, in its header cell.
    """
    for field_id in used:
        if field_id not in tab.columns and field_id not in tab.vanished:
            yield _absent(tab, field_id)
    for field_id, place in tab.vanished.items():
        yield _vanished(tab, field_id, place)
    for field_id, columns in tab.repeated.items():
        if not tab.schema.field(field_id).required:
            cells = listed_first([tab.cell_name(tab.header_row, column) for column in columns])
            cell = a1(tab.header_row, columns[1])
            yield anomaly(COLUMN_TWICE, tab.name, cell, header=tab.header(field_id), cells=cells)
    for robot in tab.schema.robot_fields:
        if robot.id in tab.lost:
            yield _lost(tab, robot.header, tab.lost[robot.id], formulas=formulas)
        elif robot.id in tab.robot_columns:
            column = tab.robot_columns[robot.id]
            blocking = [*_blocking_cells(tab, robot.header, column)]
            yield from blocking
            if formulas and not blocking and _is_lost_in_a_table(tab, column):
                yield anomaly(ROBOT_COLUMN_IN_TABLE, tab.name, a1(tab.header_row, column), header=robot.header)


def _is_lost_in_a_table(tab: TabLayout, column: int) -> bool:
    """Whether people made a table over a robot's column, whose header does not show its values any more."""
    holds = rows_of_formula(tab.tab, column) == [tab.header_row]
    error = isinstance(tab.tab.value(tab.header_row, column), CellError)
    return tab.tab.in_table(tab.header_row, column) and (error or not holds)


def _lost(tab: TabLayout, header: str, column: int, *, formulas: bool) -> Anomaly:
    """The anomaly of a robot's column that people took over; for a formula, with the cells typed under its header."""
    typed = _filled_under(tab, column) if formulas else []
    if not typed:
        return anomaly(ROBOT_COLUMN_GONE, tab.name, a1(tab.header_row, column), header=header)
    cells = [tab.cell_name(row, column) for row in typed]
    named = listed_first(cells, "autre cellule", "autres cellules", _MOST_NAMED)
    return anomaly(ROBOT_COLUMN_EDITED, tab.name, a1(typed[0], column), header=header, cells=named)


def _filled_under(tab: TabLayout, column: int) -> list[int]:
    """The rows under the headers in which a column holds a value or a formula."""
    rows = range(tab.header_row + 1, len(tab.tab.rows) + 1)
    return [row for row in rows if tab.tab.value(row, column) is not None or (row, column) in tab.tab.formulas]


def _blocking_cells(tab: TabLayout, header: str, column: int) -> Iterator[Anomaly]:
    """An anomaly for the cells typed under a formula of ours, which then shows an error instead of its values.

    A formula of ours in another row is about to be moved, and fills cells by itself.
    """
    error = isinstance(tab.tab.value(tab.header_row, column), CellError)
    if not error or rows_of_formula(tab.tab, column) != [tab.header_row]:
        return

    rows = _filled_under(tab, column)
    if rows:
        value = quoted(tab.tab.value(rows[0], column) or f"={tab.tab.formulas[rows[0], column]}")
        first = anomaly(TYPED_IN_ROBOT_COLUMN, tab.name, a1(rows[0], column), header=header, value=value)
        yield of_one_cause(first, [a1(row, column) for row in rows], [tab.cell_name(row, column) for row in rows])


def _vanished(tab: TabLayout, field_id: str, place: int | None) -> Anomaly:
    header = tab.schema.field(field_id).header
    if place is None:
        return anomaly(COLUMN_GONE, tab.name, header=header, field=field_id)
    name = " ".join(str(tab.tab.value(tab.header_row, place)).split())
    hint = f" « {name} » ({tab.cell_name(tab.header_row, place)}) l’a sans doute remplacée."
    return anomaly(COLUMN_GONE, tab.name, a1(tab.header_row, place), header=header, hint=hint, field=field_id)


def _absent(tab: TabLayout, field_id: str) -> Anomaly:
    field = tab.schema.field(field_id)
    places = {name: (column,) for name, column in tab.columns.items()}
    hint = closest_header(field, tab.tab, tab.header_row, places)
    return anomaly(COLUMN_ABSENT, tab.name, header=field.header, hint=hint)


TAB_TOO_LONG: Final = stopping(
    "onglet_demesure",
    "L’onglet « {tab} » a {value} lignes remplies ; le robot en lit {limit} au plus.",
    "Effacez celles qui sont de trop : souvent un collage, ou une colonne remplie jusqu’en bas de la feuille.",
)
TAB_TOO_WIDE: Final = stopping(
    "onglet_trop_large",
    "L’onglet « {tab} » a {value} cellules, jusqu’à la {column} ; le robot en lit {limit} au plus.",
    "Supprimez les lignes et les colonnes de trop : souvent un collage, ou un remplissage jusqu’au bord.",
)
TABS_TOO_LONG: Final = stopping(
    "onglets_demesures",
    "Les onglets ont ensemble plus de lignes que le robot n’en lit : {value} dans « {tab} », {count} dans « {other} ».",
    "Effacez celles qui sont de trop : souvent un collage, ou une colonne remplie jusqu’en bas de la feuille.",
)

_SCORED_RATIO: Final = 25
_EMAILS_RATIO: Final = 5
"""How many rows of evaluations, and of e-mails, cost what a dossier does."""
_MOST_COLUMNS: Final = 100
"""Columns that a tab may have at its most rows; fewer rows may be wider."""
_MOST_TOTAL: Final = 1.5
"""Maximum of the sum of the shares of tabs: one to its limit, say, and another half."""


def oversized(layouts: Sequence[TabLayout], rows: Mapping[str, int], most_rows: int) -> Iterator[Anomaly]:
    """An anomaly for each tab with too many rows or cells; or else one when they have too many together.

    `rows`: how many are filled, by the id of the tab; `most_rows`: those that one tab may have, evaluations and e-mails
    apart.
    """
    oversized_tabs = [excess for layout in layouts for excess in _of_tab(layout, rows[layout.schema.id], most_rows)]
    yield from oversized_tabs
    shares = {layout.schema.id: _share(layout, rows[layout.schema.id], most_rows) for layout in layouts}
    if not oversized_tabs and sum(shares.values()) > _MOST_TOTAL:
        first, second = sorted(layouts, key=lambda layout: -shares[layout.schema.id])[:2]
        value, count = rows[first.schema.id], rows[second.schema.id]
        yield anomaly(TABS_TOO_LONG, first.name, value=value, other=second.name, count=count)


def _of_tab(layout: TabLayout, rows: int, most_rows: int) -> Iterator[Anomaly]:
    limit = _most_rows_of(layout, most_rows)
    if rows > limit:
        yield anomaly(TAB_TOO_LONG, layout.name, value=rows, limit=limit)
    elif (cells := _cells(layout)) > limit * _MOST_COLUMNS:
        by_id = layout.rows_have_ids
        last = column_name(max(map(len, layout.tab.rows)) - 1, by_id=by_id)
        limit *= _MOST_COLUMNS
        yield anomaly(TAB_TOO_WIDE, layout.name, value=cells, column=last if by_id else f"colonne {last}", limit=limit)


def _share(layout: TabLayout, rows: int, most_rows: int) -> float:
    """The filled share of the limit of a tab."""
    limit = _most_rows_of(layout, most_rows)
    return max(rows / limit, _cells(layout) / (limit * _MOST_COLUMNS))


def _most_rows_of(layout: TabLayout, most_rows: int) -> int:
    if layout.schema.id == "emails":
        return most_rows * _EMAILS_RATIO
    scored = any(field.kind is Kind.SCORE for field in layout.schema.fields)
    return most_rows * _SCORED_RATIO if scored else most_rows


def _cells(layout: TabLayout) -> int:
    return sum(map(len, layout.tab.rows))
