"""Received dossiers as the rows of an export: the platform's own columns, then one a question, of any type. Pure.

A question is its `champDescriptorId`, which stays from one revision of the form to the next; its label, which does not,
is only shown: that of the form as it is now, else that of the last dossier which has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain

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
    return "\n".join(filter(None, (_table_row(row["champs"]) for row in champ.get("rows") or ()))) or None


def _table_row(champs: Sequence[Champ]) -> str:
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


Thing = Mapping[str, Any]
Row = tuple[CellValue, ...]

NUMBER: Final = "ID"
STATES: Final[Mapping[str, str]] = {
    "en_construction": "En construction", "en_instruction": "En instruction", "accepte": "Accepté",
    "refuse": "Refusé", "sans_suite": "Classé sans suite",
}  # fmt: skip


def questions_of(descriptors: Sequence[Thing], dossiers: Sequence[Thing]) -> dict[str, str]:
    """`champDescriptorId` → label: the questions of the form in their order, then those that only dossiers have."""
    asked = {
        descriptor["id"]: descriptor["label"] for descriptor in descriptors if _is_question(descriptor["__typename"])
    }
    answered = {
        champ["champDescriptorId"]: champ["label"]
        for dossier in dossiers
        for champ in dossier["champs"]
        if _is_question(champ["__typename"])
    }
    return {question: _flat(label) for question, label in {**asked, **answered, **asked}.items()}


def headers_of(questions: Mapping[str, str], named: Sequence[str]) -> dict[str, str]:
    """`champDescriptorId` → header: its label, with its id too where it is `named` and others have the same label."""
    same = Counter(plain(label) for label in (*questions.values(), *_OWN))
    return {
        question: f"{label} [{question}]" if question in named and same[plain(label)] > 1 else label
        for question, label in questions.items()
    }


def rows_of(dossiers: Sequence[Thing], headers: Mapping[str, str]) -> tuple[Row, ...]:
    """A row of headers, then a row a dossier, in the order of their numbers."""
    rows = [_row(dossier, headers) for dossier in sorted(dossiers, key=lambda dossier: int(dossier["number"]))]
    return ((*_OWN, *headers.values()), *rows)


def bindings(questions: Mapping[str, str], fields: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, str]]:
    """Field and `champDescriptorId` for each field that one question alone has a header of; `fields`: its headers."""
    for field, headers in fields.items():
        names = {plain(header) for header in headers if isinstance(header, str)}
        bound = [question for question, label in questions.items() if plain(label) in names]
        if len(bound) == 1 and not names & {plain(header) for header in _OWN}:
            yield field, bound[0]


def _row(dossier: Thing, headers: Mapping[str, str]) -> Row:
    answers = {champ["champDescriptorId"]: champ for champ in dossier["champs"]}
    cells = (cell_of(answers[question]) if question in answers else None for question in headers)
    return (*(read(dossier) for read in _OWN.values()), *cells)


def _is_question(kind: str) -> bool:
    """Of a champ or its descriptor: « HeaderSectionChamp », « HeaderSectionChampDescriptor »."""
    return kind.removesuffix("Descriptor") not in WITHOUT_ANSWER


def _flat(label: str) -> str:
    return " ".join(str(label).split())


def _of(*path: str) -> Callable[[Thing], CellValue]:
    """What a dossier has there, as a text; None where there is nothing."""

    def read(dossier: Thing) -> CellValue:
        value: Any = dossier
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return None if value is None else str(value).strip() or None

    return read


def _state(dossier: Thing) -> CellValue:
    return STATES.get(dossier["state"], dossier["state"])


_OWN: Final[Mapping[str, Callable[[Thing], CellValue]]] = {
    NUMBER: _of("number"),
    "Email": _of("usager", "email"),
    "Civilité": _of("demandeur", "civilite"),
    "Nom": _of("demandeur", "nom"),
    "Prénom": _of("demandeur", "prenom"),
    "Archivé": lambda dossier: "Oui" if dossier["archived"] else "Non",
    "État du dossier": _state,
    "Dernière mise à jour le": _of("dateDerniereModification"),
    "Dernière mise à jour du dossier le": _of("dateDerniereModificationChamps"),
    "Déposé le": _of("dateDepot"),
    "Passé en instruction le": _of("datePassageEnInstruction"),
    "Traité le": _of("dateTraitement"),
    "Motivation de la décision": _of("motivation"),
    "Groupe instructeur": _of("groupeInstructeur", "label"),
    "Établissement SIRET": _of("demandeur", "siret"),
    "Entreprise raison sociale": _of("demandeur", "entreprise", "raisonSociale"),
}
"""The columns that an export has besides the questions, and what a dossier has there."""
