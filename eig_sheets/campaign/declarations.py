"""What jurors declared on their pages, in the table of `Jury`: their déports join those that people typed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time
from typing import Any, Final

import pandas as pd

from eig_sheets.domain.frames import objects
from eig_sheets.domain.versions import Record, Version
from eig_sheets.text.french import listed, plain
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.typed_values import as_typed

DECLARATION_DIFFERS: Final = warning(
    "declaration_differente",
    "{value} : « {header} » ({before}) et la déclaration reçue ({now}) ne disent pas la même chose. {counted}",
    "Mettez la cellule d’accord avec la déclaration, ou videz-la : la déclaration suffit.",
)


def with_declarations(jury: Table, dossiers: pd.DataFrame, records: Sequence[Record]) -> tuple[Table, list[Anomaly]]:
    """The table of `Jury` with what was declared, and what the two disagree about.

    The dossiers of a declaration are déports as those that are typed; availability and the day of the declaration only
    where their cell is blank.
    """
    known = {*dossiers["numero"].dropna()}
    declared = {record.version.juror: record.version for record in records}
    frame = jury.frame.copy()
    rows = [declared.get(email) for email in frame["email"]]
    disagreements = [*_disagreements(jury, dossiers, rows)]
    frame["deports"] = objects(
        [_both(typed, _deports(declaration, known)) for typed, declaration in zip(frame["deports"], rows, strict=True)],
        frame.index,
    )
    frame["disponibilites"] = objects(
        [
            typed or _text(declaration, "disponibilites")
            for typed, declaration in zip(frame["disponibilites"], rows, strict=True)
        ],
        frame.index,
    )
    days = pd.Series([_day(declaration) for declaration in rows], frame.index, dtype=frame["declaration"].dtype)
    frame["declaration"] = frame["declaration"].fillna(days)
    return Table(jury.layout, frame, jury.blocked), disagreements


def _both(typed: Sequence[str] | None, declared: Sequence[str]) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys((*(typed or ()), *declared))) or None


def _text(declared: Version | None, name: str) -> str | None:
    value = declared.values.get(name) if declared else None
    return None if value is None else str(value)


def _deports(declared: Version | None, known: set[str]) -> list[str]:
    items = values.items(_text(declared, "deports")) or ()
    return [item for item in items if item in known]


def _day(declared: Version | None) -> datetime | None:
    """The day of a declaration that was made: the one that it says, else the one on which the page was saved."""
    if declared is None:
        return None
    with suppress(values.UnreadableError):
        if not values.yes_no(as_typed(declared.values.get("declare"))):
            return None
        said = as_typed(declared.values.get("declare_le"))
        return datetime.combine((said if isinstance(said, datetime) else declared.moment).date(), time.min)
    return None


def _disagreements(jury: Table, dossiers: pd.DataFrame, rows: Sequence[Version | None]) -> Iterator[Anomaly]:
    hosts = _numbers_by_name(dossiers)
    known = {*dossiers["numero"].dropna()}
    records: Iterator[Any] = jury.frame.itertuples(index=False)
    for record, declared in zip(records, rows, strict=True):
        if declared is None:
            continue
        if record.deports:
            typed = {number for item in record.deports for number in hosts.get(plain(item), ())}
            said = {*_deports(declared, known)}
            if typed != said:
                counted = "Les déports de l’une et de l’autre comptent."
                yield _disagreement(jury, record, "deports", (_list(typed), _list(said)), counted)
        said_free = _text(declared, "disponibilites")
        if record.disponibilites and said_free and plain(record.disponibilites) != plain(said_free):
            both = (quoted(record.disponibilites), quoted(said_free))
            yield _disagreement(jury, record, "disponibilites", both, "La cellule compte.")


def _disagreement(jury: Table, record: Any, name: str, both: tuple[str, str], counted: str) -> Anomaly:
    layout = jury.layout
    words = {"value": record.email, "header": layout.header(name), "before": both[0], "now": both[1]}
    return anomaly(DECLARATION_DIFFERS, layout.name, layout.cell(name, record.row), counted=counted, **words)


def _numbers_by_name(dossiers: pd.DataFrame) -> Mapping[str, set[str]]:
    """The numbers of the dossiers that a number or an administration names, in plain form."""
    numbers: dict[str, set[str]] = {}
    for numero, host in zip(dossiers["numero"], dossiers["administration"], strict=True):
        if numero is not None:
            for name in filter(None, (numero, host)):
                numbers.setdefault(plain(name), set()).add(numero)
    return numbers


def _list(numbers: set[str]) -> str:
    return listed(sorted(numbers)) or "aucun dossier"
