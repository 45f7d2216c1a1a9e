"""What imports brought, as the hidden column of `Modifications reçues` keeps it for other machines. Pure.

A cell holds the fingerprints of many dossiers, in no particular order of rows: people may sort the tab.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from eig_sheets.call.applications.importing.waiting_values import Comparison
from eig_sheets.call.applications.modifications import TABLE
from eig_sheets.spreadsheet.model.cells import text_length
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.imported_dossiers import ImportedDossiers, KnownDossier, WaitingValue
from eig_sheets.workbook.read_back import DIGEST_LENGTH, digest

PROJECTS: Final = "candidatures"
"""The tab whose cells do not name it: the only one that older versions imported into."""
_LONGEST: Final = 24_000
"""Characters of one cell, well under what any spreadsheet program holds."""
_NONE: Final = "." * 8
_MINUTE: Final = "%Y-%m-%d %H:%M"
_OF_A_VALUE: Final = ("numero", "received", "since", "updated")


def packed(known: ImportedDossiers, tab_id: str = PROJECTS) -> tuple[str, ...]:
    """Cells that keep the imported dossiers of a people's tab, waiting values as fingerprints; equal for equal data.

    `tab_id` is that tab's.
    """
    return tuple(_cell(group, tab_id) for group in _groups(sorted(known.dossiers.items())))


def _groups(dossiers: Iterable[tuple[str, KnownDossier]]) -> Iterator[list[tuple[str, KnownDossier]]]:
    """The dossiers of each cell, in which every dossier takes room for every field that any of them has."""
    group: list[tuple[str, KnownDossier]] = []
    fields: frozenset[str] = frozenset()
    length = 0
    for number, known in dossiers:
        together, size = fields | known.imported.keys(), _size(number, known)
        if group and length + size + _room(together, len(group) + 1) > _LONGEST:
            yield group
            group, together, length = [], frozenset(known.imported), 0
        group.append((number, known))
        fields, length = together, length + size
    if group:
        yield group


def _size(number: str, known: KnownDossier) -> int:
    """Characters that a dossier takes in any cell, at most."""
    waiting = sum(len(field) + DIGEST_LENGTH + 6 for field in known.waiting)
    return 2 * text_length(json.dumps(number, ensure_ascii=False)) + waiting + 9


def _room(fields: Collection[str], dossiers: int) -> int:
    """Characters of the names of the fields, and of the fingerprints of so many dossiers."""
    return sum(len(field) + 3 for field in fields) + len(_NONE) * len(fields) * dossiers


def _cell(group: Sequence[tuple[str, KnownDossier]], tab_id: str) -> str:
    fields = sorted({field for _, known in group for field in known.imported})
    content = {
        **({} if tab_id == PROJECTS else {"onglet": tab_id}),
        "champs": fields,
        "dossiers": {number: "".join(known.imported.get(field, _NONE) for field in fields) for number, known in group},
        "attendent": {
            number: {field: _seal(number, value) for field, value in sorted(known.waiting.items())}
            for number, known in group
            if known.waiting
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{digest([text])} {text}"


def _seal(number: str, waiting: WaitingValue) -> str:
    return digest(
        (
            number,
            waiting.value,
            waiting.since.strftime(_MINUTE),
            waiting.updated.strftime(_MINUTE) if waiting.updated else "",
        )
    )


def genuine_cells(tab: TabSnapshot | None, tab_id: str = PROJECTS) -> tuple[str, ...]:
    """The cells of the tab's hidden column that nobody edited, of those that are about one people's tab."""
    cells = (row["fingerprint"] for row in TABLE.read(tab))
    genuine = (cell for cell in cells if isinstance(cell, str) and _is_genuine(cell))
    return tuple(cell for cell in genuine if _content(cell).get("onglet", PROJECTS) == tab_id)


def _content(cell: str) -> dict[str, Any]:
    return dict(json.loads(cell[DIGEST_LENGTH + 1 :]))


def _is_genuine(cell: str) -> bool:
    return cell[:DIGEST_LENGTH] == digest([cell[DIGEST_LENGTH + 1 :]])


def unpacked(tab: TabSnapshot | None, tab_id: str = PROJECTS) -> ImportedDossiers:
    """The imported dossiers that the tab keeps; the waiting value of a line that somebody edited or deleted is lost."""
    cells = genuine_cells(tab, tab_id)
    lines = _lines(tab)
    dossiers: dict[str, KnownDossier] = {}
    for cell in cells:
        content = _content(cell)
        for number, digests in content["dossiers"].items():
            seals, values = content["attendent"].get(number, {}), lines.get(number, {})
            waiting = {field: values[seal] for field, seal in seals.items() if seal in values}
            dossiers[number] = KnownDossier(_by_field(content["champs"], digests), waiting)
    return ImportedDossiers(dossiers, cells)


def _by_field(fields: Sequence[str], digests: str) -> dict[str, str]:
    by_field = {field: digests[8 * place : 8 * place + 8] for place, field in enumerate(fields)}
    return {field: fingerprint for field, fingerprint in by_field.items() if fingerprint != _NONE}


def _lines(tab: TabSnapshot | None) -> dict[str, dict[str, WaitingValue]]:
    """The values of the tab's lines, by the number of their dossier and their seal."""
    by_seal: dict[str, dict[str, WaitingValue]] = {}
    for row in TABLE.read(tab):
        number, value, since, updated = (row[key] for key in _OF_A_VALUE)
        if number is not None and value is not None and isinstance(since, datetime):
            waiting = WaitingValue(
                str(value), _minute(since), _minute(updated) if isinstance(updated, datetime) else None
            )
            by_seal.setdefault(str(number), {})[_seal(str(number), waiting)] = waiting
    return by_seal


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


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
        changed = {field: _undo_seal(new, field, comparison) for field in fields if _of(old, field) != _of(new, field)}
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
        _undo_seal(known.dossiers.get(number, KnownDossier()), field, comparison) == seal
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
        back = {field for field, seal in fields.items() if _undo_seal(now, field, comparison) == seal}
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


def _undo_seal(known: KnownDossier, field: str, comparison: Comparison) -> str:
    """What is known of a field, as fingerprints: what was imported, what waits."""
    waiting = known.waiting.get(field)
    return f"{known.imported.get(field, '')} {comparison.digest(field, waiting.value) if waiting else ''}"
