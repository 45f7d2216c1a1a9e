"""The last run of each workbook, as kept to see at the next one what people changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from eig_sheets.storage.imported_dossiers import ImportedDossiers
from eig_sheets.storage.last_known import NOTHING_KNOWN, LastKnown

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
    """What imports did to one people's tab: `withdrawn`, `received` and `undone` as in `LastRun`."""

    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    received: ImportedDossiers = field(default_factory=ImportedDossiers)
    undone: tuple[str, ...] = ()


_PROJECTS: Final = "candidatures"


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
    the rows of `Suivi` that were made, as `domain.milestones.generation.Made`. `known`: what was read in people's tabs
    that stands where it cannot be read any more.
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


NO_RUN = LastRun()
"""What is kept of a workbook that no run has written yet."""
