"""Undo of what an import changed in the imported and waiting values of dossiers that were there already. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from eig_sheets.importing.waiting_values import Comparison
from eig_sheets.storage.imported_dossiers import ImportedDossiers, KnownDossier

Brought = Mapping[str, Mapping[str, str]]
"""Number of a dossier → id of each field of which an import changed what is known → the seal of what it left."""


def brought(
    before: ImportedDossiers, after: ImportedDossiers, numbers: Collection[str], comparison: Comparison
) -> Brought:
    """What an import changed of the dossiers of these numbers."""
    changes = {}
    for number in numbers:
        old, new = (known.dossiers.get(number, KnownDossier()) for known in (before, after))
        fields = sorted({*old.imported, *old.waiting, *new.imported, *new.waiting})
        changed = {field: _seal(new, field, comparison) for field in fields if _of(old, field) != _of(new, field)}
        if changed:
            changes[number] = changed
    return changes


def replaced(before: ImportedDossiers, changed: Brought) -> ImportedDossiers:
    """The values of before an import that it changed: all that `without` needs."""
    dossiers = {}
    for number, fields in changed.items():
        old = before.dossiers.get(number, KnownDossier())
        imported = {field: digest for field, digest in old.imported.items() if field in fields}
        dossiers[number] = KnownDossier(
            imported, {field: waiting for field, waiting in old.waiting.items() if field in fields}
        )
    return ImportedDossiers(dossiers)


def is_known(known: ImportedDossiers, changed: Brought, comparison: Comparison) -> bool:
    """Whether any of what an import changed is known still."""
    return any(
        _seal(known.dossiers.get(number, KnownDossier()), field, comparison) == seal
        for number, fields in changed.items()
        for field, seal in fields.items()
    )


def without(
    known: ImportedDossiers, changed: Brought, before: ImportedDossiers, comparison: Comparison
) -> ImportedDossiers:
    """What is known once an import is undone: as `before` it, unless something else happened to the field since."""
    dossiers = dict(known.dossiers)
    for number, fields in changed.items():
        now, old = (received.dossiers.get(number, KnownDossier()) for received in (known, before))
        back = {field for field, seal in fields.items() if _seal(now, field, comparison) == seal}
        imported = {field: digest for field, digest in now.imported.items() if field not in back}
        waiting = {field: value for field, value in now.waiting.items() if field not in back}
        imported |= {field: digest for field, digest in old.imported.items() if field in back}
        waiting |= {field: value for field, value in old.waiting.items() if field in back}
        dossiers[number] = KnownDossier(imported, waiting)
    kept = {
        number: dossier for number, dossier in dossiers.items() if dossier != KnownDossier() or number not in changed
    }
    return replace(known, dossiers=kept)


def forgotten(before: ImportedDossiers, after: ImportedDossiers) -> int:
    """How many values do not wait any more, or were replaced."""
    return sum(
        after.dossiers.get(number, KnownDossier()).waiting.get(field) != value
        for number, dossier in before.dossiers.items()
        for field, value in dossier.waiting.items()
    )


def _of(known: KnownDossier, field: str) -> tuple[object, object]:
    return known.imported.get(field), known.waiting.get(field)


def _seal(known: KnownDossier, field: str, comparison: Comparison) -> str:
    """What is known of a field, as fingerprints: what was imported, what waits."""
    waiting = known.waiting.get(field)
    return f"{known.imported.get(field, '')} {comparison.digest(field, waiting.value) if waiting else ''}"
