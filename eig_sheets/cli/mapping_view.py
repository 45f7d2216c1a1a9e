"""Shows where each column of an export goes, with three of its values, before anything is written."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.config.mapping_toml import toml_line
from eig_sheets.importing.columns import header_of
from eig_sheets.importing.kinds import ImportKind, Requirement
from eig_sheets.importing.mapping import ExportMapping, MappedColumn
from eig_sheets.text.french import NARROW, listed, listed_first, plural, typographic
from eig_sheets.text.printable import printable
from eig_sheets.workbook.fields import TabSchema

_CERTAINTIES: Final = {"exact": "exact", "alias": "alias", "likely": "probable", "nowhere": "nulle part"}
_ORDER: Final = {"exact": 0, "alias": 0, "nowhere": 1, "likely": 2}
_HEADERS: Final = ("Colonne de l’export", "Va dans", "Comment", "Valeurs")
_RATIOS: Final = (5, 4, None, 5)
_PIPE_WIDTH: Final = 160
_MOST_NAMED: Final = 30
_MOST_ROWS: Final = 300
"""Columns that are shown, the likely ones first of all: each takes a millisecond to lay out."""
_NO_BREAK: Final = "\ue000"


def mapping_text(mapping: ExportMapping, name: str, tab: TabSchema, kind: ImportKind) -> str:
    """The table of the columns, and the requirements that none meets."""
    own = [column for column in mapping.columns if not _is_left_of_platform(column)]
    platform = [column.header for column in mapping.columns if _is_left_of_platform(column)]
    lines = [f"« {name} » : {plural(len(mapping.columns), 'colonne')}. Où va chacune :", "", _table(own)]
    if len(own) > _MOST_ROWS:
        lines += [f"… et {plural(len(own) - _MOST_ROWS, 'autre colonne', 'autres colonnes')}."]
    if platform:
        lines += [f"Laissées, car la plateforme les ajoute à tout export : {listed_first(platform, most=_MOST_NAMED)}."]
    lines += [
        f"• {named(requirement, tab)} : aucune colonne sûre.{_resembling(requirement, mapping, kind)}"
        for requirement in mapping.lacking
    ]
    return "\n".join(lines)


def named(requirement: Requirement, tab: TabSchema) -> str:
    """The headers of a requirement, in the workbook."""
    return listed((f"« {header_of(field, tab)} »" for field in requirement), "ou")


def suggestion(mapping: ExportMapping, campaign: Campaign, kind: ImportKind) -> str:
    """The lines of TOML that would make the likely columns sure."""
    known = kind.settings(campaign.imports).fields
    lines = [toml_line(field, (*known.get(field, ()), name)) for field, name in mapping.likely.items()]
    writes = " ; --write-mapping le fait" if campaign.home == campaign.folder else ""
    beginning = typographic(
        f"Les colonnes probables seraient sûres avec ces lignes dans [{kind.section}] de "
        f"{campaign.to_edit} (à la place de celles des mêmes champs{writes}) :"
    )
    return "\n".join([beginning, *lines])


def counted(mapping: ExportMapping, *, with_likely: bool) -> str:
    """How many columns and values of the export were taken, and left."""
    taken = [column for column in mapping.columns if column.place in mapping.read or (with_likely and column.fields)]
    left = [column for column in mapping.columns if column not in taken]
    platform = sum(column.is_standard for column in left)
    of_platform = f", dont {platform} de la plateforme" if platform else ""
    return typographic(
        f"Colonnes de l’export : {_amount(taken, 'reprise', 'reprises')} ; {_amount(left, 'laissée', 'laissées')}"
        f"{of_platform}."
    )


def _amount(columns: Sequence[MappedColumn], word: str, words: str) -> str:
    return f"{plural(len(columns), word, words)} ({plural(sum(column.filled for column in columns), 'valeur')})"


def _is_left_of_platform(column: MappedColumn) -> bool:
    return column.is_standard and not column.fields


def _resembling(requirement: Requirement, mapping: ExportMapping, kind: ImportKind) -> str:
    alike = dict.fromkeys(header for field in requirement for header in mapping.doubtful.get(field, ()))
    quoted = listed_first([f"« {header} »" for header in alike])
    verb = "pourrait" if len(alike) == 1 else "pourraient"
    return f" {quoted} {verb} l’être : à vous de le dire dans [{kind.section}]." if alike else ""


def _table(columns: Sequence[MappedColumn]) -> str:
    """The columns that are known first, then the others, then the likely ones: next to the question about them."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    for header, ratio in zip(_HEADERS, _RATIOS, strict=True):
        table.add_column(header, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for column in sorted(columns, key=lambda shown: _ORDER[shown.certainty])[-_MOST_ROWS:]:
        table.add_row(*(Text(printable(cell).replace(NARROW, _NO_BREAK)) for cell in _row(column)))
    laid_out = io.StringIO()
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else _PIPE_WIDTH
    Console(file=laid_out, highlight=False, color_system=None, width=width).print(table)
    return "\n".join(line.rstrip() for line in laid_out.getvalue().replace(_NO_BREAK, NARROW).splitlines())


def _row(column: MappedColumn) -> tuple[str, ...]:
    header = column.header or "(sans en-tête)"
    return header, ", ".join(column.fields) or "—", _CERTAINTIES[column.certainty], " · ".join(column.values)
