"""A small jury that hears dossiers, its workbook in memory: what the commands are told of it, and what people type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.call.jury import small_jury
from tests.nightly import Robot
from tests.program import Campaign, Outcome
from tests.spreadsheet.xlsx_desk import edit
from tests.workbook.snapshots import Row, dossier, juror

DAYS = """
[auditions]
minutes = 40
days = [{date = 2021-05-04, from = "09:00", to = "11:00"}]
"""
PLANNING = "Planning des auditions"


def heard(numero: str, **fields: Any) -> Row:
    """A dossier that the jury is to hear."""
    people = {"porteur_projet": f"Porteur {numero}", "email_porteur": f"porteur{numero}@exemple.invalid"}
    return dossier(numero, **{"preselection": "Présélectionné", "questions": "Qui ?", **people, **fields})


@dataclass(frozen=True)
class Jury(Campaign):
    """The campaign of that jury."""

    def schedule(self, *options: str | Path) -> Outcome:
        """`jury schedule` with these options, for a program."""
        return self.run("jury", "schedule", "--format", "json", *options)

    def hours(self, *options: str | Path) -> dict[str, str]:
        """When each dossier is heard."""
        return {slot["dossier"]: slot["start"][11:16] for slot in self.slots(*options)}

    def slots(self, *options: str | Path) -> list[dict[str, Any]]:
        return self.schedule(*options).object["slots"]

    @property
    def planning(self) -> list[dict[str, Any]]:
        """The rows of the tab, with ordinary spaces."""
        rows = Robot(self).tab(PLANNING).rows
        return [{key: _plain(value) for key, value in row.items()} for row in rows]

    def row(self, numero: str) -> dict[str, Any]:
        [hearing] = [row for row in self.planning if row["N° de dossier"] == numero]
        return hearing

    def type(self, tab_name: str, header: str, key: str, value: Any, by: str = "") -> None:
        """Type in the row of a tab."""
        cell = Robot(self).tab(tab_name).cell(header, key, by)
        edit(self.workbook, "set", tab=tab_name, cell=cell, value=value)

    def decide(self, numero: str, moment: Any) -> None:
        """Type in « Audition décidée »."""
        self.type("Candidatures", "Audition décidée", numero, moment)

    def robot(self) -> Robot:
        return Robot(self)


def _plain(value: object) -> object:
    return value.replace("\u202f", " ") if isinstance(value, str) else value


def made(
    folder: Path,
    dossiers: Sequence[Row] | None = None,
    jurors: Sequence[Row] | None = None,
    evaluations: Sequence[Row] = (),
    rules: str = DAYS,
    *,
    night: bool = False,
) -> Jury:
    """The campaign after `init`, and a first night if asked for: three dossiers and three jurors unless said."""
    people = jurors if jurors is not None else [juror(name) for name in ("ada", "bob", "cid")]
    rows = dossiers if dossiers is not None else [heard(numero) for numero in ("101", "102", "103")]
    return small_jury.made(Jury(folder), rows, people, evaluations, rules, night=night)
