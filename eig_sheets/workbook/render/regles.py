"""The tab `Règles du jeu`: rules and scores recorded when the evaluation began and the jury closed, and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.render.cells import Rows

SAME, CHANGED = "Inchangé", "Changé"

COLUMNS = (
    Column("Quoi", Format.WRAPPED, 40),
    Column(
        "Enregistré",
        Format.WRAPPED,
        34,
        "À la première évaluation pour les règles, à la clôture du jury pour les notes.",
    ),
    Column("Actuel", Format.WRAPPED, 34),
    Column("Constat", width=12, tones=((SAME, Tone.QUIET), (CHANGED, Tone.BAD))),
    Column("Enregistré le", Format.DATETIME, 18),
    Column("Précision", Format.WRAPPED, 60, "D’où vient la valeur actuelle ; ce qui a été rouvert."),
    Column("Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True),
)
HEADERS: Final = tuple(column.header for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a rule, the rank of a dossier, or a reopening (`now` is then None), under its `name`."""

    name: str
    recorded: str
    now: str | None
    since: datetime | None
    detail: str = ""

    @property
    def checksum(self) -> str:
        """Checksum that shows whether somebody edited the recorded value; '' when none is recorded."""
        return digest((self.name, self.recorded, f"{self.since:%Y-%m-%d %H:%M}")) if self.since else ""

    @property
    def changed(self) -> bool:
        """Whether the current value differs from the recorded one."""
        return self.now is not None and self.now != self.recorded


def rows(rules: Sequence[Rule]) -> Rows:
    """One row per rule, dossier or reopening, in their order."""
    return tuple(
        (
            rule.name,
            rule.recorded,
            rule.now,
            None if rule.now is None else CHANGED if rule.changed else SAME,
            rule.since,
            typographic(rule.detail) or None,
            rule.checksum or None,
        )
        for rule in rules
    )
