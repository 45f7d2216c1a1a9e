"""The rows of an export: their cells converted and compared, and those that are not added. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from eig_sheets.call.applications.importing.columns import Columns
from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.call.applications.importing.problems import ImportProblem, unknown_state, unreadable_archive
from eig_sheets.config import ImportSettings
from eig_sheets.spreadsheet.model.cells import CellValue, is_too_long, shortened
from eig_sheets.text.french import number, plain, typographic
from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.values import UnreadableError, programme
from eig_sheets.workbook.years import years

FieldValue = None | str | float | bool | datetime | tuple[str, ...]

ImportedValue = None | str | float | int | datetime
"""A value that an import writes in a cell."""


def parsed_value(field: Field, value: CellValue, zone: ZoneInfo) -> FieldValue:
    """The typed value of a cell of `field`; dates are naive in `zone`. Raises UnreadableError."""
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return _to_the_second(values.moment(value, zone))
    if field.kind is Kind.CHOICE:
        return values.choice(value, values.plain_choices(field.choices))
    parsed: FieldValue = _READERS[field.kind](value)
    return parsed


_READERS: dict[Kind, Callable[[CellValue], Any]] = {
    Kind.TEXT: values.text,
    Kind.EMAIL: values.email,
    Kind.INTEGER: values.integer,
    Kind.YEARS: years,
    Kind.AMOUNT: values.amount,
    Kind.SCORE: values.number,
    Kind.YES_NO: values.yes_no,
    Kind.LIST: values.items,
    Kind.PROGRAMME: programme,
}


def _to_the_second(moment: datetime | None) -> datetime | None:
    # A spreadsheet keeps a moment as a fraction of a day: 23:59:59 may come back as 23:59:58.999999.
    return None if moment is None else (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def comparison_key(field: Field, value: CellValue, zone: ZoneInfo) -> object:
    """A value that is equal for two cells of `field` with the same meaning, whatever their spaces and notation."""
    try:
        parsed = parsed_value(field, value, zone)
    except UnreadableError:
        parsed = readable_text(value)
    if isinstance(parsed, float):
        return round(parsed, 2)
    return " ".join(parsed.split()) or None if isinstance(parsed, str) else parsed


def cell_value(field: Field, value: CellValue, zone: ZoneInfo) -> ImportedValue:
    """The value to write in the workbook. Raises UnreadableError."""
    parsed = parsed_value(field, value, zone)
    if isinstance(parsed, bool):
        return "oui" if parsed else "non"
    if isinstance(parsed, float):
        return int(parsed) if field.kind is Kind.INTEGER else parsed
    if isinstance(parsed, datetime):
        return parsed
    return str(parsed) if field.kind is Kind.CHOICE and parsed else readable_text(value)


def readable_text(value: CellValue) -> str | None:
    """The cell as a text that a workbook can hold, with line breaks; one that is too long says that it is cut."""
    if isinstance(value, (str, int, float, date, type(None))):
        words = (values.text(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return (_cut(words) if is_too_long(words) else words).strip() or None
    return str(value)


def _cut(text: str) -> str:
    return shortened(
        text,
        typographic(f"… [Coupé ici à l’import : {number(len(text))} caractères ; le texte entier est dans l’export]"),
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The numbers of the rows that are not added, by reason, and the problems of those that are `in_doubt`."""

    withdrawn: tuple[str, ...]
    archived: tuple[str, ...]
    in_doubt: tuple[str, ...]
    problems: tuple[ImportProblem, ...]

    @property
    def numbers(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.withdrawn, *self.archived, *self.in_doubt))


def left_out(columns: Columns, rows: Iterable[tuple[str, int]], settings: ImportSettings, kind: ImportKind) -> LeftOut:
    """Which rows that a tab lacks are not added. `rows`: the number and the 1-based row in the export of each.

    The rows of an unknown state are one problem; where no row has a state, whoever imports said so.
    """
    withdrawn, archived, doubtful = list[str](), list[str](), list[str]()
    unknown: dict[str, list[tuple[str, int]]] = {}
    problems: list[ImportProblem] = []
    for numero, row in rows:
        state, mark = columns.value(row, columns.state), columns.value(row, columns.archived)
        if is_in(state, settings.withdrawn_states):
            withdrawn.append(numero)
        elif (is_archived := _yes_no(mark)) is True:
            archived.append(numero)
        elif columns.has_states and not is_in(state, settings.known_states):
            unknown.setdefault(readable_text(state) or "", []).append((numero, row))
        elif is_archived is None:
            doubtful.append(numero)
            problems.append(unreadable_archive(numero, row, readable_text(mark) or ""))
    header = "" if columns.state is None else columns.header(columns.state)
    problems += [unknown_state(typed, dossiers, header, kind) for typed, dossiers in unknown.items()]
    doubtful += [numero for dossiers in unknown.values() for numero, _ in dossiers]
    return LeftOut(tuple(withdrawn), tuple(archived), tuple(doubtful), tuple(problems))


def is_in(state: CellValue, states: Sequence[str]) -> bool:
    """Whether a cell is one of these states, as headers are compared."""
    return plain(str(state or "")) in {plain(known_state) for known_state in states}


def _yes_no(mark: CellValue) -> bool | None:
    """What a cell says, a blank being no; None when it says neither."""
    try:
        return bool(values.yes_no(mark))
    except UnreadableError:
        return None


HEADERS: Final = ("Dernière mise à jour du dossier le", "Dernière mise à jour le")
"""The first is about the form alone, the second about anything, such as a message."""


def last_update(columns: Columns, row: int, zone: ZoneInfo) -> datetime | None:
    """When the dossier of a 1-based row last changed, naive in `zone`; None when the export does not say it."""
    headers = [plain(str(cell)) for cell in columns.cells(columns.header_row)]
    for header in map(plain, HEADERS):
        if header in headers:
            try:
                moment = values.moment(columns.value(row, headers.index(header)), zone)
            except values.UnreadableError:
                continue
            if moment is not None:
                return moment.replace(second=0, microsecond=0)
    return None
