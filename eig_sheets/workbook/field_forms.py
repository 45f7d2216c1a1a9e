"""Constructors of fields of people's tabs: a text, an address, a choice, a score, a dossier's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eig_sheets.text.french import scale
from eig_sheets.workbook.fields import Field, Kind, RobotField
from eig_sheets.workbook.model.sheet import Column, Format, Limits
from eig_sheets.workbook.values import NSP

NUMBER = Field(
    "numero",
    "N° de dossier",
    required=True,
    width=15,
    note="Le numéro du dossier, unique.",
    is_number=True,
    aliases=("Numéro de dossier", "N° dossier", "Dossier"),
)
JUROR = Field(
    "jure",
    "E-mail du juré",
    Kind.EMAIL,
    required=True,
    width=32,
    note="L’adresse du juré, la même que dans l’onglet Jury ; pour une grille collective, celle du référent.",
    aliases=("E-mail du jure", "Email du juré", "Juré"),
)
PROJECT_NAME = RobotField(
    "nom_projet",
    "Nom du projet",
    Column("Nom du projet", Format.WRAPPED, 30, "Écrit par le robot, d’après le numéro de la ligne."),
    "eligibilite",
    "Nom du projet",
)
"""The robot's column that names the project of each row, beside its number."""


def text(field_id: str, header: str, width: float = 22, note: str = "") -> Field:
    """A text, short unless its column is wide."""
    return Field(field_id, header, width=width, note=note)


def internal(*fields: Field) -> tuple[Field, ...]:
    """Fields that officers fill: applicants are not asked for them."""
    return tuple(replace(field, asked=False) for field in fields)


def folded(group: str, *fields: Field) -> tuple[Field, ...]:
    """Neighbours that a new tab folds together."""
    return tuple(replace(field, group=group) for field in fields)


def email(field_id: str, header: str) -> Field:
    """An address, whose header may also say « Courriel »."""
    return Field(field_id, header, Kind.EMAIL, width=32, aliases=(header.replace("E-mail", "Courriel"),))


def yes_no(field_id: str, header: str, note: str = "") -> Field:
    """An answer by yes or no."""
    return Field(field_id, header, Kind.YES_NO, width=13, note=note)


def recusal(note: str = "") -> Field:
    """« Déport » of an evaluation: whatever is filled and is not « non » sets the juror aside, until people decide."""
    return Field("deport", "Déport", Kind.YES_NO, width=13, note=note, in_doubt=True)


def choice(field_id: str, header: str, choices: tuple[str, ...], note: str = "", width: float = 24) -> Field:
    """One of these, from a drop-down."""
    return Field(field_id, header, Kind.CHOICE, choices=choices, note=note, width=width)


def scored(labels: Sequence[tuple[str, str]], low: float, high: float) -> tuple[Field, ...]:
    """One column for each (id, label), scored from `low` to `high`."""
    note = f"{scale(low, high).capitalize()}, décimales admises. NSP : ne se prononce pas. Vide : pas encore noté."
    limits = Limits(low, high, (NSP,), f"{scale(low, high)}, ou {NSP}")
    return tuple(
        Field(name, label, Kind.SCORE, required=True, width=15, note=note, limits=limits) for name, label in labels
    )
