"""The tab `Règles du jeu`: rules and scores recorded when the evaluation began and the jury closed, and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from eig_sheets.campaign.results import Result
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.text.french import typographic
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.table import Col, Table

SAME, CHANGED = "Inchangé", "Changé"


@dataclass(frozen=True, slots=True)
class RecordedRule:
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


RECORDED_RULES: Final = Result[tuple[RecordedRule, ...]]("rules", ())
"""The rules of the call, recorded and current."""


TABLE: Final = Table[RecordedRule](
    Col("name", tab=Column("Quoi", Format.WRAPPED, 40)),
    Col(
        "recorded",
        tab=Column(
            "Enregistré", Format.WRAPPED, 34,
            "À la première évaluation pour les règles, à la clôture du jury pour les notes.",
        ),
    ),
    Col("now", tab=Column("Actuel", Format.WRAPPED, 34)),
    Col(
        "changed", value=lambda rule: None if rule.now is None else CHANGED if rule.changed else SAME,
        tab=Column("Constat", width=12, tones=((SAME, Tone.QUIET), (CHANGED, Tone.BAD))),
    ),
    Col("since", tab=Column("Enregistré le", Format.DATETIME, 18)),
    Col(
        "detail", value=lambda rule: typographic(rule.detail) or None,
        tab=Column("Précision", Format.WRAPPED, 60, "D’où vient la valeur actuelle ; ce qui a été rouvert."),
    ),
    Col(
        "checksum", value=lambda rule: rule.checksum or None,
        tab=Column(
            "Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True
        ),
    ),
)  # fmt: skip
