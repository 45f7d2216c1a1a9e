"""The words and tables in which jurors' progress is printed: how many evaluations came, who is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from eig_sheets.call.jury.progress import JurorProgress
from eig_sheets.cli.output import show
from eig_sheets.cli.terminal import echo
from eig_sheets.text.french import listed_first, number, plural, typographic
from eig_sheets.workbook.table import Col, Table

Row = TypeVar("Row")
Names = Mapping[str, str]
"""The names of jurors, by their addresses."""


def counts(left: str, names: Names, late: str = "En retard") -> Table[Any]:
    """How many evaluations are expected and came. `left`, `late`: the headers of what is missing, and whether it is."""
    return Table[Any](
        Col("expected", "Attendues"),
        Col("received", "Reçues", first=True),
        Col("late", late),
        Col("missing"),
        Col("left", left, lambda row: listed_first([names.get(of, of) for of in row.missing]), for_programs=False),
    ).over(lambda row: row.progress)


JURORS: Final = Table[JurorProgress](
    Col("juror"),
    Col("name", "Juré", first=True),
    Col("group", "Groupe", lambda group: group.group or None, first=True),
    *counts("Reste à noter", {}),
)
NOBODY: Final = "Aucun juré dans l’onglet Jury."


def names_of(jurors: Sequence[JurorProgress]) -> Names:
    """Their names, by their addresses."""
    return {juror.juror: juror.name for juror in jurors}


def print_section(title: str, table: Table[Row], rows: Sequence[Row]) -> None:
    """Print a table under its title; nothing without rows."""
    if rows:
        echo(f"\n{typographic(title)}")
        show(table, rows, "table")


def print_summary(jurors: Sequence[JurorProgress], *others: str) -> None:
    """Print how many evaluations came, and who is late."""
    received, expected = (sum(getattr(juror.progress, name) for juror in jurors) for name in ("received", "expected"))
    sentences = [f"{plural(received, 'évaluation reçue', 'évaluations reçues')} sur {number(expected)}."]
    if late := [juror.name for juror in jurors if juror.progress.late]:
        sentences.append(f"{plural(len(late), 'juré')} en retard : {listed_first(late)}.")
    echo(typographic(" ".join([*sentences, *others])) + "\n")
