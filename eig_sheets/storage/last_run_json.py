"""The last run of a workbook as JSON, and back; what another version stored otherwise is left out."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from eig_sheets.storage import imported_dossiers
from eig_sheets.storage.last_known import Erased, FilledCells, KnownColumn, LastKnown
from eig_sheets.storage.last_run import Imports, LastRun, ScoredVersion, TypedOver, Withdrawal


def as_json(last_run: LastRun) -> dict[str, Any]:
    """The last run, to be stored."""
    return {
        **_fields_of(last_run),
        "typed_over": [asdict(cell) for cell in last_run.typed_over],
        **_stored_imports(last_run.imports_of("candidatures")),
        "other_imports": {tab_id: _stored_imports(imports) for tab_id, imports in last_run.other_imports.items()},
        "known": asdict(last_run.known),
    }


def _fields_of(last_run: LastRun) -> dict[str, Any]:
    """The fields of a LastRun without copies: `asdict` would copy each of its cells."""
    return {field.name: getattr(last_run, field.name) for field in fields(last_run)}


def from_json(stored: dict[str, Any]) -> LastRun:
    """The LastRun of stored JSON; fields that another version did not store are left empty."""
    return LastRun(
        counts=stored.get("counts", {}),
        keys={tab: tuple(keys) for tab, keys in stored.get("keys", {}).items()},
        outputs={tab: [tuple(row) for row in rows] for tab, rows in stored.get("outputs", {}).items()},
        columns=stored.get("columns", {}),
        typed_over=tuple(
            TypedOver(**{**cell, "seen": date.fromisoformat(cell["seen"])}) for cell in stored.get("typed_over", ())
        ),
        banner=tuple(stored.get("banner", ())),
        texts={name: tuple(text) for name, text in stored.get("texts", {}).items()},
        made=tuple(stored["made"]) if stored.get("made") is not None else None,
        milestones=stored.get("milestones", {}),
        scored={key: ScoredVersion(*version) for key, version in stored.get("scored", {}).items()},
        other_imports={tab_id: _imports_from(imports) for tab_id, imports in stored.get("other_imports", {}).items()},
        known=_known_from(stored.get("known", {})),
    ).with_imports("candidatures", _imports_from(stored))


def _known_from(stored: dict[str, Any]) -> LastKnown:
    return LastKnown(
        columns={
            tab: {field: KnownColumn(*column) for field, column in columns.items()}
            for tab, columns in stored.get("columns", {}).items()
        },
        others={tab: tuple(headers) for tab, headers in stored.get("others", {}).items()},
        values=stored.get("values", {}),
        erased={
            tab: {
                key: {field: Erased(value, date.fromisoformat(seen)) for field, (value, seen) in lost.items()}
                for key, lost in rows.items()
            }
            for tab, rows in stored.get("erased", {}).items()
        },
        filled={tab: FilledCells(*cells) for tab, cells in stored.get("filled", {}).items()},
    )


def _stored_imports(imports: Imports) -> dict[str, Any]:
    return {
        "withdrawn": {
            number: (withdrawal.moment.isoformat(), withdrawal.reason)
            for number, withdrawal in imports.withdrawn.items()
        },
        "received": imported_dossiers.as_json(imports.received),
        "undone": imports.undone,
    }


def _imports_from(stored: dict[str, Any]) -> Imports:
    withdrawn = {
        number: Withdrawal(datetime.fromisoformat(moment), reason)
        for number, (moment, reason) in stored.get("withdrawn", {}).items()
    }
    return Imports(withdrawn, imported_dossiers.from_json(stored.get("received", {})), tuple(stored.get("undone", ())))
