"""Classes of the schema: a column that people fill, a robot's column, a tab; constructors of the usual ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from eig_sheets.spreadsheet.model.sheet import Column, Format, Limits, Owner
from eig_sheets.spreadsheet.model.signing import Author
from eig_sheets.text.french import scale
from eig_sheets.workbook.values import NSP


class Kind(StrEnum):
    """The type of the values of a column that people fill."""

    TEXT = "text"
    EMAIL = "email"
    INTEGER = "integer"
    YEARS = "years"  # a number of years, whole or not
    AMOUNT = "amount"
    SCORE = "score"
    DATE = "date"
    DATETIME = "datetime"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LIST = "list"
    PROGRAMME = "programme"


_FORMATS = {
    Kind.INTEGER: Format.INTEGER,
    Kind.YEARS: Format.GENERAL,
    Kind.AMOUNT: Format.EURO,
    Kind.SCORE: Format.NOTE,
    Kind.DATE: Format.DATE,
    Kind.DATETIME: Format.DATETIME,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """The words of one campaign that drop-downs offer."""

    administration_types: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a people's tab. `tick`: a check-box on Google; `guarded`: there, the officers' alone.

    `asked`: applicants may be asked for it. What is not is the officers' own: no export fills it by its name alone.
    `group`: the group of neighbours with which it is folded in a new tab. `remembered`: what the last run read of it
    stands where it cannot be read. `in_doubt`: the value of a cell that is filled and cannot be read, where a blank
    is not the careful one. `most`: no whole number is larger there. `limits`: of scores, which a new tab tells people.
    `author`: where the program says who typed a cell, this one counts if an officer did (`workbook/authors.py`).
    `is_number`: it holds the number of a dossier or of another row, which must not only look like another.
    `made_as`: the header that a new tab gives it, when the call has its own word.
    """

    id: str
    header: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False
    width: float = 18
    note: str = ""
    aliases: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    tick: bool = False
    guarded: bool = False
    asked: bool = True
    group: str = ""
    remembered: bool = False
    in_doubt: bool | None = None
    most: float | None = None
    limits: Limits | None = None
    author: Author | None = None
    is_number: bool = False
    made_as: str = ""

    def column(self) -> Column:
        """How the column looks in a tab that we create."""
        drop_down = self.choices or self.offered or (("oui", "non") if self.kind is Kind.YES_NO else ())
        look = _FORMATS.get(self.kind, Format.WRAPPED if self.width >= 40 else Format.TEXT)
        return Column(
            self.made_as or self.header, look, self.width, self.note, drop_down,
            tick=self.tick, guarded=self.guarded, group=self.group, limits=self.limits, author=self.author,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RobotField:
    """A robot's column in a people's tab: for each row's key, a value of a robot's tab.

    `left_out`: the value of the rows that a filter view of a new tab leaves out; '' for no view.
    """

    id: str
    header: str
    look: Column
    source_tab: str
    source_header: str
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class CardSchema:
    """The card of each row of a new tab (`Cards`), by ids of fields and of robot's fields."""

    title: str
    shown: tuple[str, ...]
    listed: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class TabSchema:
    """A tab that people fill, or the outbox. `key` is the field that names a row.

    `hidden`, `frozen_columns` and `cards` are those of a new tab (`Sheet`). `without_key`: a field, and whether a row
    where it says that needs no key. `identity`: the fields that together name a row from one run to the next. `unused`:
    those, robot's included, that a new tab does not have: nothing of the call rests on them; they are read where they
    are. `of_dossiers`: each row is about the dossier of its number, and left out where there is none. `in_both`: each
    workbook has the tab, when candidates have their own. `cleared`: people may clear its rows, which are not counted.
    `may_lack`: the last field of `identity`, where a row may lack it. `unique`: its key is of one row alone, by which
    the row is known. `of_jurors`: each row is the evaluation of a juror, who has rows of their own. `named_people`: a
    juror's déport may name the person of a row, by number or by name.
    """

    id: str
    name: str
    owner: Owner
    key: str
    fields: tuple[Field, ...]
    robot_fields: tuple[RobotField, ...] = ()
    aliases: tuple[str, ...] = ()
    needed: bool = False
    hidden: bool = False
    frozen_columns: int = 0
    without_key: tuple[str, Callable[[object], bool]] | None = None
    cards: CardSchema | None = None
    identity: tuple[str, ...] = ()
    unused: frozenset[str] = frozenset()
    of_dossiers: bool = False
    in_both: bool = False
    cleared: bool = False
    may_lack: str = ""
    unique: bool = False
    of_jurors: bool = False
    named_people: bool = False

    @property
    def made(self) -> tuple[Field, ...]:
        """The fields of a new tab."""
        return tuple(field for field in self.fields if field.id not in self.unused)

    @property
    def robots_made(self) -> tuple[RobotField, ...]:
        """The robot's fields of a new tab."""
        return tuple(robot for robot in self.robot_fields if robot.id not in self.unused)

    def field(self, field_id: str) -> Field:
        """The field of that id. Raises KeyError."""
        for candidate in self.fields:
            if candidate.id == field_id:
                return candidate
        raise KeyError(field_id)


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
