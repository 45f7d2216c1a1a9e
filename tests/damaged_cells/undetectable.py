"""What no program can tell of a damaged cell: it holds another value that is as good as the first.

Each entry is a kind of column and of damage, never a column of its own; what is here may change a result in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from eig_sheets.workbook.fields import Field, Kind
from tests.damaged_cells.damages import Damage

_OTHER_WORDS: Final = {"typo", "words around", "stray letter"}
READ_AS_MORE: Final = {"disponibilites", "siret", "programme", "valeur", "deports", "destinataires", "copie"}
"""Texts that a rule reads as something else than words: hours, a number, a setting, addresses."""

ASKED_NUMBERS: Final = {"nombre_eig"}
"""Whole numbers for which nothing stands: a blank is a question to somebody."""


@dataclass(frozen=True, slots=True)
class Undetectable:
    """A reason, and whether it holds: of a damage, `keys` being what names a row of any tab."""

    why: str
    holds: Callable[[Damage, Collection[str]], bool]


def _is_free(field: Field) -> bool:
    """Whether any text may stand there."""
    closed = field.choices or field.offered or field.required or field.id in READ_AS_MORE
    return field.kind is Kind.TEXT and not closed


def _names_a_row(damage: Damage, keys: Collection[str]) -> bool:
    return any(value in keys for value in (damage.before, damage.after))


REASONS: Final = (
    Undetectable(
        "a free text that says something else: no list and no other cell knows what it should be",
        lambda damage, keys: damage.kind in _OTHER_WORDS and _is_free(damage.field) and not _names_a_row(damage, keys),
    ),
    Undetectable(
        "a free text that is blank: nobody has to fill it, and what shows it shows a blank or the row's number",
        lambda damage, keys: damage.kind == "blank" and _is_free(damage.field) and not _names_a_row(damage, keys),
    ),
    Undetectable(
        "a box that is not ticked any more: people tick and untick it, and nothing leaves that is not ticked",
        lambda damage, keys: damage.kind == "blank" and damage.field.tick,
    ),
    Undetectable(
        "a number that nobody has to give: where it is blank, that of the configuration stands",
        lambda damage, keys: (
            damage.kind == "blank" and damage.field.kind is Kind.INTEGER and damage.field.id not in ASKED_NUMBERS
        ),
    ),
    Undetectable(
        "an address that is well formed and that names no row: it may be that of the person",
        lambda damage, keys: (
            damage.kind == "typo"
            and damage.field.kind is Kind.EMAIL
            and not (damage.field.required and _names_a_row(damage, keys))
        ),
    ),
    Undetectable(
        "two references to rows of one tab that changed places: each names a row",
        lambda damage, keys: (
            damage.kind == "swapped" and _is_of_one_kind(damage) and all(one in keys for one in damage.origin.values())
        ),
    ),
    Undetectable(
        "two free texts, two marks of the scale or two addresses that changed places: each is readable where it stands",
        lambda damage, keys: damage.kind == "swapped" and _is_alike(damage) and not _names_a_row(damage, keys),
    ),
)


def reason(damage: Damage, keys: Collection[str]) -> str:
    """Why nothing can tell of a damage; '' when something can."""
    return next((one.why for one in REASONS if one.holds(damage, keys)), "")


def _is_of_one_kind(damage: Damage) -> bool:
    return damage.neighbour is not None and damage.field.kind is damage.neighbour.kind


def _is_alike(damage: Damage) -> bool:
    """Whether both neighbours are of one kind, of which any value is as good as another."""
    if damage.neighbour is None:
        return False
    any_value = damage.field.kind in (Kind.SCORE, Kind.EMAIL, Kind.YES_NO) and _is_of_one_kind(damage)
    return any_value or (_is_words(damage.field) and _is_words(damage.neighbour))


def _is_words(field: Field) -> bool:
    """Whether any words may stand there, even where some are offered, or several are separated."""
    closed = field.choices or field.required or field.id in READ_AS_MORE
    return field.kind in (Kind.TEXT, Kind.LIST) and not closed
