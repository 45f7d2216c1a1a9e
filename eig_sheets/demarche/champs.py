"""The answer to a question as the cell of an export: every type of champ. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from eig_sheets.workbook.model.cells import CellValue

Champ = Mapping[str, Any]

WITHOUT_ANSWER: Final = ("HeaderSectionChamp", "ExplicationChamp")
"""Types that ask for nothing: titles and explanations of the form."""

_LARGEST: Final = 10**15
"""Spreadsheets keep fifteen digits: a longer whole number, such as a reference, stays a text."""


def cell_of(champ: Champ) -> CellValue:
    """What a champ says, None when it is blank. A moment is a text in ISO 8601, with its offset.

    Several choices are separated by « ; », several rows or files by line breaks. Files are their names: their addresses
    do not last. A type that is not known is its `stringValue`.
    """
    return _READERS.get(champ["__typename"], _string)(champ)


def files_of(champ: Champ) -> Sequence[Mapping[str, Any]]:
    """The files that a champ holds, those of its rows included."""
    rows = [answer for row in champ.get("rows") or () for answer in row["champs"]]
    return [*(champ.get("files") or ()), *(file for answer in rows for file in files_of(answer))]


def _string(champ: Champ) -> CellValue:
    return _text(champ.get("stringValue"))


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _answer(key: str) -> Callable[[Champ], CellValue]:
    def read(champ: Champ) -> CellValue:
        value = champ.get(key)
        return None if value is None else "Oui" if value else "Non"

    return read


def _decimal(champ: Champ) -> CellValue:
    value = champ.get("decimalNumber")
    return None if value is None else float(value)


def _integer(champ: Champ) -> CellValue:
    """The service gives it as a text: it may be of any length."""
    value = champ.get("integerNumber")
    number = None if value is None else int(value)
    return number if number is None or abs(number) < _LARGEST else str(number)


def _date(champ: Champ) -> CellValue:
    return date.fromisoformat(champ["date"]) if champ.get("date") else None


def _linked(champ: Champ) -> CellValue:
    chosen = (_text(champ.get("primaryValue")), _text(champ.get("secondaryValue")))
    return " / ".join(filter(None, chosen)) or None


def _siret(champ: Champ) -> CellValue:
    return _text((champ.get("etablissement") or {}).get("siret")) or _string(champ)


def _linked_dossier(champ: Champ) -> CellValue:
    return _text((champ.get("dossier") or {}).get("number")) or _string(champ)


def _names(champ: Champ) -> CellValue:
    return "\n".join(filter(None, (_text(file["filename"]) for file in champ.get("files") or ()))) or None


def _rows(champ: Champ) -> CellValue:
    return "\n".join(filter(None, (_row(row["champs"]) for row in champ.get("rows") or ()))) or None


def _row(champs: Sequence[Champ]) -> str:
    """« Nom : Anna ; E-mail : anna@example.org »."""
    answers = ((champ["label"], cell_of(champ)) for champ in champs)
    return " ; ".join(f"{label} : {_shown(value)}" for label, value in answers if value is not None)


def _shown(value: CellValue) -> str:
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value).replace("\n", ", ")


_READERS: Final[Mapping[str, Callable[[Champ], CellValue]]] = {
    "CheckboxChamp": _answer("checked"),
    "YesNoChamp": _answer("selected"),
    "DecimalNumberChamp": _decimal,
    "IntegerNumberChamp": _integer,
    "DateChamp": _date,
    "DatetimeChamp": lambda champ: _text(champ.get("datetime")),
    "CiviliteChamp": lambda champ: _text(champ.get("civilite")),
    "DropDownListChamp": lambda champ: _text(champ.get("value")) or _string(champ),
    "LinkedDropDownListChamp": _linked,
    "MultipleDropDownListChamp": lambda champ: " ; ".join(champ.get("values") or ()) or None,
    "PieceJustificativeChamp": _names,
    "RepetitionChamp": _rows,
    "SiretChamp": _siret,
    "DossierLinkChamp": _linked_dossier,
}
