"""Likely columns: headers that no name is known for and that can only be one field, by their values. Pure.

A header is compared with every known name of every field, by its words (`header_words`): no word that changes the
meaning may be in excess, what tells persons, numbers and bounds apart must be the same, and most of the name must be
there. What two columns, or two fields, could be is nobody's: it is left to people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from eig_sheets.call.applications.importing.columns import Columns
from eig_sheets.call.applications.importing.header_words import (
    ATTRIBUTES,
    LIGHT,
    USUAL,
    asks_who_answers,
    corrected,
    is_of_a_person,
    words,
)
from eig_sheets.call.applications.importing.rows import parsed_value, readable_text
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain
from eig_sheets.text.numbers import number_fault
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.values import UnreadableError

_ENOUGH: Final = 0.75
"""The part of a name, by the weight of its words, that a header must have."""
_MARGIN: Final = 0.1
"""By how much a field must be ahead of any other for a column."""
_LIGHT_WEIGHT: Final = 0.25
_EXCESS_WEIGHT: Final = 0.1

Words = frozenset[str]
_ANY_NUMBER: Final = frozenset({"numero"})
"""An « ID » is the dossier's, but the number of something is that of this thing."""
Plausible = Callable[[str, int], bool]
"""Whether the values of a column, by its place, can be those of a field, by its id."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header that no name is known for, at its 0-based place.

    `person`: the closest header before it that says whose it is, when its own words do not (« Email professionnel »).
    """

    place: int
    text: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """The columns that a field likely is: one, or the two whose texts make it (first name, then name)."""

    field: str
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`likely`: one for each field at most. `doubtful`: field → headers that resemble it, but none surely enough."""

    likely: tuple[Likely, ...]
    doubtful: Mapping[str, tuple[Header, ...]]


@dataclass(frozen=True, slots=True)
class _Match:
    field: str
    header: Header
    words: Words
    score: float


def judged(
    headers: Sequence[Header], names: Mapping[str, Sequence[str]], wanted: Sequence[str], plausible: Plausible
) -> Judgement:
    """The likely columns of the `wanted` fields; `names`: the known names of every field, wanted or not."""
    known = {field: tuple(words(name) for name in spelled) for field, spelled in names.items()}
    vocabulary = frozenset(word for spelled in known.values() for name in spelled for word in name)
    matches = [
        _Match(field, header, header_words, score)
        for header in headers
        for header_words in [corrected(words(header.text) | (words(header.person) - ATTRIBUTES), vocabulary)]
        for field, spelled in known.items()
        if (score := max((_likeness(header_words, name) for name in spelled), default=0)) > 0
    ]
    judgements = [_one_of(field, matches, plausible, known[field]) for field in wanted]
    likely = tuple(column for column in judgements if column is not None)
    sure = {column.field for column in likely}
    doubtful = {
        field: headers
        for field in wanted
        if field not in sure
        and (headers := tuple(match.header for match in matches if match.field == field and match.score >= _ENOUGH))
    }
    return Judgement(likely, doubtful)


def with_persons(headers: Sequence[tuple[int, str]], before: Sequence[str]) -> list[Header]:
    """Headers with, for those that only ask something of a person, whose it is; `before`: every header by place."""
    return [
        Header(place, text, _person(place, before) if is_of_a_person(text) and not asks_who_answers(text) else "")
        for place, text in headers
    ]


def _person(place: int, before: Sequence[str]) -> str:
    return next((text for text in reversed(before[:place]) if words(text) and not is_of_a_person(text)), "")


def _likeness(header: Words, name: Words) -> float:
    """From 0 to 1: how much of a name is in a header; 0 when the header says something else."""
    if any(_tells_apart(word) for word in header ^ name) or (header - name) - USUAL:
        return 0
    if name == _ANY_NUMBER != header:
        return 0
    lacking, common = _weight(name - header), _weight(name & header)
    return common / (common + lacking + _EXCESS_WEIGHT * len(header - name)) if common else 0


def _tells_apart(word: str) -> bool:
    return (word[0] in "<>#" and word != "#1") or word in ("email", "telephone", "fonction", "adresse")


def _weight(header: Words) -> float:
    return sum(_LIGHT_WEIGHT if word in LIGHT or word.endswith("mois") else 1 for word in header)


def _one_of(field: str, matches: Sequence[_Match], plausible: Plausible, names: Sequence[Words]) -> Likely | None:
    mine = [match for match in matches if match.field == field and match.score >= _ENOUGH]
    mine = [match for match in mine if plausible(field, match.header.place) and _is_its_best(match, matches)]
    if len(mine) == 1 and not _is_first_name_of(mine[0].words, names):
        return Likely(field, (mine[0].header,))
    return _whole(field, mine) or _in_two(field, mine)


def _is_its_best(match: _Match, matches: Sequence[_Match]) -> bool:
    return not any(
        other.header == match.header and other.field != match.field and other.score > match.score - _MARGIN
        for other in matches
    )


def _is_first_name_of(asked: Words, names: Sequence[Words]) -> bool:
    """Whether a header asks for a first name alone, of a field that is a whole name."""
    return "prenom" in asked and "nom" not in asked and any("nom" in name for name in names)


def _whole(field: str, matches: Sequence[_Match]) -> Likely | None:
    """The column of a whole name beside those of its parts."""
    whole = [match for match in matches if {"nom", "prenom"} <= match.words]
    is_split = all(len({"nom", "prenom"} & match.words) == 1 for match in matches if match not in whole)
    return Likely(field, (whole[0].header,)) if len(whole) == 1 and is_split else None


def _in_two(field: str, matches: Sequence[_Match]) -> Likely | None:
    """The first name and the name of one person, in two columns."""
    parts = {next(iter({"nom", "prenom"} & match.words), ""): match for match in matches}
    same = {match.words - {"nom", "prenom"} for match in matches}
    if len(matches) == 2 and set(parts) == {"nom", "prenom"} and len(same) == 1:
        return Likely(field, (parts["prenom"].header, parts["nom"].header))
    return None


_SHOWN: Final = 3
_LONGEST: Final = 20
_TRIED: Final = 200
"""Values of a column that are looked at: enough to tell amounts from names."""


class Samples(NamedTuple):
    """How many values a column has, and the first different ones, shortened."""

    filled: int
    shown: tuple[str, ...]


def samples(columns: Columns, place: int) -> Samples:
    """The number of values of a column, and three of them."""
    filled, shown = 0, dict[str, None]()
    for value in _values(columns, place):
        filled += 1
        if len(shown) < _SHOWN and filled <= _TRIED:
            shown[_short(value)] = None
    return Samples(filled, tuple(shown))


def can_be(columns: Columns, place: int, field: Field, zone: ZoneInfo, *, is_key: bool, is_required: bool) -> bool:
    """Whether most values of a column read as the field's; one that is required is filled in most rows."""
    if is_required and 2 * samples(columns, place).filled < _filled_rows(columns):
        return False
    tried = [value for value, _ in zip(_values(columns, place), range(_TRIED), strict=False)]
    if is_key:
        texts = [readable_text(value) or "" for value in tried]
        return bool(texts) and len({*texts}) == len(texts) and not any(map(number_fault, texts))
    return 2 * sum(_reads_as(field, value, zone) for value in tried) >= len(tried)


def _reads_as(field: Field, value: CellValue, zone: ZoneInfo) -> bool:
    text = str(value).strip()
    if field.kind in (Kind.TEXT, Kind.LIST):  # anything is a text, so that only what is surely else is told
        return not (plain(text) in ("oui", "non") or ("@" in text and " " not in text))
    try:
        parsed_value(field, value, zone)
    except UnreadableError:
        return False
    return True


def _filled_rows(columns: Columns) -> int:
    rows = columns.table.rows[columns.header_row :]
    return sum(any(value is not None and str(value).strip() for value in cells) for cells in rows)


def _values(columns: Columns, place: int) -> Iterator[CellValue]:
    for cells in columns.table.rows[columns.header_row :]:
        value = cells[place] if place < len(cells) else None
        if value is not None and str(value).strip():
            yield value


def _short(value: CellValue) -> str:
    words = " ".join((readable_text(value) or "").split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
