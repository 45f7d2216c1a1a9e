"""What a workbook demands of an assignment: readers, recusals, what was noted or asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from eig_sheets.call.jury.assignment import Assigned, Demands, assign
from eig_sheets.call.jury.assignment.demands import Counts, Pairs
from eig_sheets.call.jury.assignments import assignments_of
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.scoring.rules_ranking import natural_key
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.affectations import CHOSEN, Assignment, AssignmentStatus
from eig_sheets.campaign.reviews.recusals import jurors_not_to_assign, may_be_given
from eig_sheets.campaign.reviews.review_pairs import (
    evaluations_of,
    pairs_in,
    recused_pairs,
    reviewed_pairs,
    says_something,
)
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.campaign.reviews.versions import Pair
from eig_sheets.domain.frames import is_yes
from eig_sheets.text.french import plain


@dataclass(frozen=True, slots=True)
class Jury:
    """The jurors of the tab `Jury`, and who reads together.

    `jurors` in the order of the tab, one row each; `units`: the addresses of each reader of the demands, by its name:
    one juror, or those of a group. `recused`, `kept` and `locked`: pairs of a dossier and a juror. `in_doubt`: the
    jurors who get no new dossier, and the cell that says why; `given`: the pairs that those keep.
    """

    jurors: pd.DataFrame
    units: dict[str, tuple[str, ...]]
    recused: frozenset[Pair]
    kept: frozenset[Pair]
    locked: frozenset[Pair]
    in_doubt: Mapping[str, str]
    given: frozenset[Pair]

    def available(self, numero: str, unit: str) -> list[str]:
        """The jurors of a unit who may judge a dossier, in the order of the tab."""
        pairs = ((numero, juror) for juror in self.units[unit])
        return [pair[1] for pair in pairs if pair not in self.recused and may_be_given(pair, self.in_doubt, self.given)]


def jury_of(reading: Reading, recorded: Sequence[Assignment], subject: ReviewSubject) -> Jury:
    """The jury of a workbook. A row that the robot added for a recorded pair locks nothing: it was not asked for."""
    jurors = reading.valid_rows("jury").dropna(subset="email")
    recused, kept = recused_pairs(reading, subject), reviewed_pairs(reading, subject)
    asked = (_asked(reading, subject, rows) for rows in evaluations_of(reading, subject)[:1])
    chosen = {(assignment.numero, assignment.jure) for assignment in recorded if assignment.status in CHOSEN}
    locked = frozenset[Pair]().union(*asked) - recused - kept - chosen
    in_doubt = jurors_not_to_assign(reading)
    there = frozenset((assignment.numero, assignment.jure) for assignment in recorded)
    # A juror whose address is in doubt keeps all that is recorded: it may be a slip of the keyboard, and nothing else.
    unsure = reading.tables["jury"].frame["unreadable"].map(lambda fields: "email" in fields).astype(bool)
    addresses = {*reading.tables["jury"].frame.loc[unsure, "email"].dropna()}
    as_it_was = frozenset(pair for pair in there if pair[1] in addresses) - recused - kept
    units = _units(reading, jurors, subject)
    return Jury(jurors, units, recused, kept - recused, locked | as_it_was, in_doubt, there | kept | locked)


def _asked(reading: Reading, subject: ReviewSubject, rows: pd.DataFrame) -> frozenset[Pair]:
    """The rows that people typed without a note yet: they ask for that juror."""
    return pairs_in(rows[~says_something(reading, subject, rows) & ~is_yes(rows["deport"])], subject)


def _units(reading: Reading, jurors: pd.DataFrame, subject: ReviewSubject) -> dict[str, tuple[str, ...]]:
    """Who reads together, sorted whatever the order of the rows; a juror without a group reads alone."""
    units: dict[str, list[str]] = {}
    together = subject.rules(reading).reads_as_group
    for address, group in zip(jurors["email"], jurors["groupe"], strict=True):
        units.setdefault(group if together and group else address, []).append(address)
    return {name: tuple(units[name]) for name in sorted(units)}


def demands_of(
    reading: Reading, jury: Jury, recorded: Sequence[Assignment], subject: ReviewSubject, *, adjust: bool
) -> Demands:
    """What is demanded of the assignment; `adjust`: that as few as possible of the recorded pairs change."""
    numbers = sorted(subject.numbers(reading), key=natural_key)
    rules, units = subject.rules(reading), [*jury.units]
    unit_of = {juror: unit for unit, jurors in jury.units.items() for juror in jurors}
    present = assignments_of(reading, recorded, subject)

    def marked(pairs: Iterable[Pair]) -> Pairs:
        return _marked(((numero, unit_of[juror]) for numero, juror in pairs if juror in unit_of), numbers, units)

    return Demands(
        dossiers=tuple(numbers),
        readers=tuple(units),
        allowed=_matrix(numbers, units, lambda numero, unit: bool(jury.available(numero, unit))),
        kept=marked(jury.kept),
        locked=marked(jury.locked),
        matched=_matched(reading, jury, numbers, subject),
        reads=np.full(len(numbers), rules.readers),
        maxima=_maxima(jury),
        common_maximum=rules.max_per_juror,
        present=marked(zip(present["numero"], present["jure"], strict=True)) if adjust and recorded else None,
        keeps_extra=True,
        compared=rules.readers > 1 and not rules.reads_as_group,
    )


def _matrix(rows: Sequence[str], columns: Sequence[str], holds: Callable[[str, str], bool]) -> Pairs:
    cells = np.array([[holds(row, column) for column in columns] for row in rows], dtype=bool)
    return cells.reshape(len(rows), len(columns))


def _marked(pairs: Iterable[Pair], rows: Sequence[str], columns: Sequence[str]) -> Pairs:
    row, column = ({name: place for place, name in enumerate(names)} for names in (rows, columns))
    marks = np.zeros((len(rows), len(columns)), dtype=bool)
    for numero, unit in pairs:
        if numero in row:
            marks[row[numero], column[unit]] = True
    return marks


def _maxima(jury: Jury) -> Counts:
    """The maximum of each unit, −1 without: of a group, the smallest of its jurors', who all read its dossiers."""
    table = jury.jurors.dropna(subset="maximum")
    own = {juror: int(most) for juror, most in zip(table["email"], table["maximum"], strict=True)}
    maxima = [[own[juror] for juror in jurors if juror in own] for jurors in jury.units.values()]
    return np.array([max(min(each), 0) if each else -1 for each in maxima], dtype=np.int64)


def _matched(reading: Reading, jury: Jury, numbers: Sequence[str], subject: ReviewSubject) -> Pairs:
    """Whether a unit knows one of the profiles that a dossier asks for, or the métier of a candidate."""
    table = reading.valid_rows(subject.tab)
    asked = {number: {*_words(said)} for number, said in zip(table[subject.key], table[subject.profiles], strict=True)}
    own = dict(zip(jury.jurors["email"], jury.jurors["expertise"], strict=True))
    known = {unit: {word for juror in jurors for word in _words(own[juror])} for unit, jurors in jury.units.items()}
    return _matrix(numbers, [*jury.units], lambda number, unit: not asked[number].isdisjoint(known[unit]))


def shared_subjects(reading: Reading, jury: Jury, number: str, juror: str, subject: ReviewSubject) -> list[str]:
    """The profiles of a dossier, or the métier of a candidate, that a juror knows, as `Jury` names them."""
    table = reading.valid_rows(subject.tab)
    asked = {*_words(table.loc[table[subject.key] == number, subject.profiles].iloc[0])}
    own = jury.jurors.loc[jury.jurors["email"] == juror, "expertise"]
    return [word for said in own for word in said or () if plain(word) in asked]


def _words(said: Sequence[str] | str | None) -> Iterator[str]:
    return map(plain, (said,) if isinstance(said, str) else said or ())


@dataclass(frozen=True, slots=True)
class Assigning:
    """A computed assignment: its pairs in the order of the tab, what was demanded of it, and how good it is.

    `subject`: of dossiers or of candidates. `before`: the pairs that were recorded.
    """

    subject: ReviewSubject
    demands: Demands
    jury: Jury
    assigned: Assigned
    assignments: tuple[Assignment, ...]
    before: frozenset[Pair]

    @property
    def pairs(self) -> frozenset[Pair]:
        """Its pairs of a dossier, or a candidate, and a juror."""
        return frozenset((assignment.numero, assignment.jure) for assignment in self.assignments)

    @property
    def loads(self) -> dict[str, int]:
        """How many each juror of `Jury` has; what a group has, all its jurors have."""
        loads = dict(zip(self.demands.readers, self.assigned.loads.tolist(), strict=True))
        return {juror: loads[unit] for unit, jurors in self.jury.units.items() for juror in jurors}


def assigning(
    reading: Reading, recorded: Sequence[Assignment], *, adjust: bool, subject: ReviewSubject = DOSSIERS
) -> Assigning:
    """The best assignment of the dossiers that the jury reads, or of the candidates whom it notes.

    `recorded`: the one that is in force; `adjust`: as few of its pairs as possible change.
    """
    jury = jury_of(reading, recorded, subject)
    demands = demands_of(reading, jury, recorded, subject, adjust=adjust)
    assigned = assign(demands)
    before = frozenset((assignment.numero, assignment.jure) for assignment in recorded)
    pairs = _assignments(demands, jury, assigned, before)
    chosen = tuple(sorted(pairs, key=lambda assignment: (natural_key(assignment.numero), assignment.jure)))
    return Assigning(subject, demands, jury, assigned, _adjusted(chosen, recorded) if adjust else chosen, before)


def _adjusted(chosen: Sequence[Assignment], recorded: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """The pairs of an adjustment: a chosen one that was recorded keeps its status, or becomes MAINTAINED."""
    before = {(assignment.numero, assignment.jure): assignment.status for assignment in recorded}
    changed = before.keys() != {(assignment.numero, assignment.jure) for assignment in chosen}

    def adjusted(assignment: Assignment) -> Assignment:
        status = before.get((assignment.numero, assignment.jure))
        if assignment.status is not AssignmentStatus.ASSIGNED or status is None:
            return assignment
        return replace(assignment, status=AssignmentStatus.MAINTAINED if changed or status not in CHOSEN else status)

    return tuple(map(adjusted, chosen))


def _assignments(demands: Demands, jury: Jury, assigned: Assigned, before: frozenset[Pair]) -> Iterator[Assignment]:
    for dossier, reader in zip(*np.nonzero(assigned.pairs), strict=True):
        numero, unit = demands.dossiers[dossier], demands.readers[reader]
        pairs: list[Pair] = [(numero, juror) for juror in jury.available(numero, unit)]
        kept = [pair for pair in pairs if pair in jury.kept]
        # Without a note yet, one juror of a group answers for it: whom a person asked for, who did already, the first.
        ranked = sorted(pairs, key=lambda pair: (pair not in jury.locked, pair not in before))
        for pair in kept or ranked[:1]:
            yield Assignment(*pair, _status(pair, jury))


def _status(pair: Pair, jury: Jury) -> AssignmentStatus:
    if pair in jury.kept:
        return AssignmentStatus.KEPT
    return AssignmentStatus.LOCKED if pair in jury.locked else AssignmentStatus.ASSIGNED
