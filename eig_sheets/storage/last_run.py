"""The last run of each workbook, as kept to see at the next one what people changed, and what it read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from eig_sheets.storage import imported_dossiers
from eig_sheets.storage.imported_dossiers import ImportedDossiers


class KnownColumn(NamedTuple):
    """A column of people's that held something: its header, and its (0-based) place."""

    header: str
    place: int


class Erased(NamedTuple):
    """A value that somebody erased from a cell: what it was at an earlier run, and the day on which it was found blank.

    Of a field that is not remembered the value is ''.
    """

    value: str
    seen: date


class FilledCells(NamedTuple):
    """Which cells of some fields held something: by the name of its row, a « 1 » or a « 0 » a field."""

    fields: Sequence[str]
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LastKnown:
    """What the last run read in people's tabs, where it cannot be read any more.

    By tab id: `columns`, those of our fields that held something, by field id; `others`, the headers of the columns
    that are people's own; `values`, the text of the remembered fields, by the key of the row and the field id;
    `erased`, by the same, the values that cells lost less than a week ago; `filled`, the cells of other fields that
    held something. `accepted`: a person says that what changed of columns and keys was meant.
    """

    columns: Mapping[str, Mapping[str, KnownColumn]] = field(default_factory=dict)
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    erased: Mapping[str, Mapping[str, Mapping[str, Erased]]] = field(default_factory=dict)
    filled: Mapping[str, FilledCells] = field(default_factory=dict)
    accepted: bool = False


NOTHING_KNOWN: Final = LastKnown()


Cell = str | float | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TypedOver:
    """A value that someone typed in a robot's tab or column, which the robot replaced.

    `column`: the header of a robot's column of people's tab; '' in a robot's tab.
    """

    tab: str
    cell: str
    value: str
    seen: date
    column: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A dossier that was deleted where it had been submitted: when (with an offset), and by whom, in French."""

    moment: datetime
    reason: str


class ScoredVersion(NamedTuple):
    """What a juror scored, as it was first seen: a digest of the scores, and the version of the dossier."""

    scores: str
    version: str


@dataclass(frozen=True, slots=True)
class Imports:
    """The results of imports into one people's tab: `withdrawn`, `received` and `undone` as in `LastRun`."""

    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    received: ImportedDossiers = field(default_factory=ImportedDossiers)
    undone: tuple[str, ...] = ()


_PROJECTS: Final = "candidatures"


@dataclass(frozen=True, slots=True)
class Intended:
    """Outputs and robot's columns that a write is about to leave, where they differ from those of the run before."""

    outputs: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastRun:
    """The state of a workbook after the last run that succeeded.

    `counts`: rows that people had filled, and that were added then, by tab id. `keys`: those of the rows of tabs in
    which each has one that stays, by tab id; an older version stored none. `outputs`: headers then rows of each
    robot's tab, by tab id.
    `columns`: values of each robot's column (`tab.field`) by the key of its row. `banner`: the lines above the headers
    of each robot's tab. `typed_over`: what remains to be reported. `texts`: recipients, copies, subject and body of
    each e-mail of the outbox as the robot wrote it, by id. `withdrawn`: dossiers that the last import found deleted, by
    number. `received`: what imports brought. `undone`: the numbers of dossiers whose import was undone, which people
    may delete without the fuse (guarantee G8) holding it against them. `scored`: what each juror scored in
    `Évaluations`, by dossier and juror (`campaign/scored_versions.py`). `made`: the ids of people's tabs that the
    workbook has had; None when a version that made all of them from the beginning stored the run. `withdrawn`,
    `received` and `undone` are of `Candidatures`; `other_imports`, the same of other tabs, by their id. `milestones`:
    the rows that a feature made, by dossier and by rule, which it alone reads and writes. `known`: what was read in
    people's tabs that stands where it cannot be read any more. `intended`: what writes since were about to leave, and
    may have left if they were killed before that was stored.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    outputs: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    typed_over: tuple[TypedOver, ...] = ()
    banner: Row = ()
    texts: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    received: ImportedDossiers = field(default_factory=ImportedDossiers)
    undone: tuple[str, ...] = ()
    scored: Mapping[str, ScoredVersion] = field(default_factory=dict)
    made: tuple[str, ...] | None = ()
    other_imports: Mapping[str, Imports] = field(default_factory=dict)
    milestones: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: LastKnown = NOTHING_KNOWN
    intended: tuple[Intended, ...] = ()

    def imports_of(self, tab_id: str) -> Imports:
        """What imports did to the people's tab of that id."""
        if tab_id == _PROJECTS:
            return Imports(self.withdrawn, self.received, self.undone)
        return self.other_imports.get(tab_id, Imports())

    def with_imports(self, tab_id: str, imports: Imports) -> LastRun:
        """The same run, with this for the tab of that id."""
        if tab_id == _PROJECTS:
            return replace(self, withdrawn=imports.withdrawn, received=imports.received, undone=imports.undone)
        return replace(self, other_imports={**self.other_imports, tab_id: imports})

    def about_to_leave(self, after: LastRun) -> LastRun:
        """The same run, before a write after which `after` is stored."""
        outputs = {tab: rows for tab, rows in after.outputs.items() if rows != self.outputs.get(tab)}
        columns = {name: column for name, column in after.columns.items() if column != self.columns.get(name)}
        return replace(self, intended=(*self.intended, Intended(outputs, columns)))


NO_RUN = LastRun()
"""What is kept of a workbook that no run has written yet."""


def as_json(last_run: LastRun) -> dict[str, Any]:
    """The last run, to be stored."""
    return {
        # `asdict` would copy each of its cells
        **{field.name: getattr(last_run, field.name) for field in fields(last_run)},
        "typed_over": [asdict(cell) for cell in last_run.typed_over],
        **_stored_imports(last_run.imports_of("candidatures")),
        "other_imports": {tab_id: _stored_imports(imports) for tab_id, imports in last_run.other_imports.items()},
        "known": asdict(last_run.known),
        "intended": [{"outputs": left.outputs, "columns": left.columns} for left in last_run.intended],
    }


def from_json(stored: dict[str, Any]) -> LastRun:
    """The LastRun of stored JSON; fields that another version did not store are left empty."""
    return LastRun(
        counts=stored.get("counts", {}),
        keys={tab: tuple(keys) for tab, keys in stored.get("keys", {}).items()},
        outputs=_outputs_from(stored),
        intended=tuple(map(_intended_from, stored.get("intended", ()))),
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


def _outputs_from(stored: dict[str, Any]) -> dict[str, list[Row]]:
    return {tab: [tuple(row) for row in rows] for tab, rows in stored.get("outputs", {}).items()}


def _intended_from(stored: dict[str, Any]) -> Intended:
    return Intended(_outputs_from(stored), stored.get("columns", {}))


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
