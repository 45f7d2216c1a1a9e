"""What imports brought, as the state folder keeps it: values last imported, values that wait, what to undo.

Personal data: `WaitingValue.value` is what an applicant wrote. Everything else is a fingerprint. It is kept as long as
`Candidatures` has the dossier, for so many dossiers at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

MOST_DOSSIERS: Final = 10_000
"""As many as a tab may have rows: beyond, the dossiers that the tab lacks are forgotten first."""


@dataclass(frozen=True, slots=True)
class WaitingValue:
    """A value received for a field of a dossier that the tab does not have, as people would type it, and since when.

    `updated`: when the applicant or anybody else last changed the dossier, as the platform said with it.
    """

    value: str
    since: datetime
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownDossier:
    """One dossier: the fingerprint of the value last imported of each field, and the values that wait, by field id."""

    imported: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, WaitingValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedDossiers:
    """Every dossier by its number; `fingerprints` are the cells of the robot's tab that say the same, as last written.

    They tell whether another machine wrote that tab since.
    """

    dossiers: Mapping[str, KnownDossier] = field(default_factory=dict)
    fingerprints: tuple[str, ...] = ()


def as_json(received: ImportedDossiers) -> dict[str, Any]:
    """What `from_json` reads."""
    dossiers = {
        number: [known.imported, {field: _stored(waiting) for field, waiting in known.waiting.items()}]
        for number, known in received.dossiers.items()
    }
    return {"dossiers": dossiers, "fingerprints": received.fingerprints}


def from_json(stored: Mapping[str, Any]) -> ImportedDossiers:
    """The ImportedDossiers of stored JSON; an empty one when another version stored none."""
    dossiers = {
        number: KnownDossier(imported, {field: _waiting(*parts) for field, parts in waiting.items()})
        for number, (imported, waiting) in stored.get("dossiers", {}).items()
    }
    return ImportedDossiers(dossiers, tuple(stored.get("fingerprints", ())))


def _stored(waiting: WaitingValue) -> tuple[str, str, str | None]:
    return waiting.value, waiting.since.isoformat(), waiting.updated.isoformat() if waiting.updated else None


def _waiting(value: str, since: str, updated: str | None) -> WaitingValue:
    return WaitingValue(value, datetime.fromisoformat(since), datetime.fromisoformat(updated) if updated else None)


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import: when, of which file; the digest of each row that it added, by number; the cells that it filled.

    `filled` are (number of the dossier, id of the field). `brought`: the seal of what it left known of each field, by
    number and id, where it changed it; `before`: what was known of these fields, personal data included. `written`: the
    workbook surely has them; otherwise they were about to be written when this was kept. `undone`: it was asked to be.
    `tab`: the id of the tab where they are.
    """

    at: datetime
    source: str
    rows: Mapping[str, str]
    filled: tuple[tuple[str, str], ...] = ()
    written: bool = False
    undone: bool = False
    brought: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    before: ImportedDossiers = field(default_factory=ImportedDossiers)
    tab: str = "candidatures"
