"""Explanation of who reads one dossier, or notes one candidate: why each reader does, and why no other juror. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Final

from eig_sheets.call.jury.assigning import Jury, assigning, demands_of, jury_of, shared_subjects
from eig_sheets.call.jury.assignment import Demands
from eig_sheets.call.jury.assignments import AssignmentLapse, lapsed_assignments
from eig_sheets.campaign.explanation_lines import cells_in, rule_source, rule_sources
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.affectations import Assignment, AssignmentStatus
from eig_sheets.campaign.reviews.recusals import RecusalSource
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.text.french import listed, number, plural, typographic


class Absence(IntEnum):
    """Why a juror does not read, in the order in which reasons are listed."""

    RECUSED = auto()
    ORGANISATION = auto()
    APPLICANT = auto()
    NO_JUROR = auto()
    MAXIMUM = auto()
    SAME_GROUP = auto()
    OTHER_GROUP = auto()
    POSSIBLE = auto()


_SET_ASIDE: Final = {
    RecusalSource.ORGANISATION: Absence.ORGANISATION,
    RecusalSource.APPLICANT: Absence.APPLICANT,
}
"""The reasons that tabs show; a déport that a juror declared is only said to exist."""
_TEXTS: Final = {
    Absence.RECUSED: "se déporte",
    Absence.ORGANISATION: "travaille pour l’organisme qui dépose le dossier",
    Absence.APPLICANT: "est porteur ou mentor du projet",
    Absence.NO_JUROR: "n’est plus dans l’onglet Jury",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """A juror who reads, and why; `cells`: where that is said."""

    juror: str
    reasons: tuple[str, ...]
    cells: str = ""


@dataclass(frozen=True, slots=True)
class OtherJuror:
    """A juror who does not read, and why; `cells`: where that is said."""

    juror: str
    absence: Absence
    reason: str
    cells: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentExplanation:
    """Who reads `number`, and why.

    `recorded`: as the tab says, else as would be proposed; `unmet`: the proposal does not meet every demand. `asked`:
    how many readers, by the `source`.
    """

    number: str
    recorded: bool
    unmet: bool
    asked: int
    source: str
    readers: tuple[Reader, ...]
    others: tuple[OtherJuror, ...]


def explain_assignment(
    number: str, reading: Reading, recorded: Sequence[Assignment], subject: ReviewSubject
) -> AssignmentExplanation:
    """Why each juror reads a dossier, or notes a candidate, of those that the jury reads; or does not."""
    lapsed = dict(lapsed_assignments(reading, recorded, subject))
    proposal = None if recorded else assigning(reading, (), adjust=False, subject=subject)
    pairs = [pair for pair in recorded if pair not in lapsed] if proposal is None else proposal.assignments
    explained = _Explained(number, reading, subject, recorded, pairs)
    section = subject.words.maximum.rpartition(".")[0]
    return AssignmentExplanation(
        number,
        recorded=bool(recorded),
        unmet=proposal is not None and bool(proposal.assigned.relaxed),
        asked=subject.rules(reading).readers,
        source=typographic(rule_source(rule_sources(reading), f"{section}.reads")),
        readers=tuple(map(explained.reader, explained.readers)),
        others=(*sorted(explained.others(lapsed), key=lambda other: (other.absence, other.juror)),),
    )


class _Explained:
    """A dossier among the pairs that hold. `loads`: how many each reader of the demands has."""

    def __init__(
        self,
        number: str,
        reading: Reading,
        subject: ReviewSubject,
        recorded: Sequence[Assignment],
        pairs: Sequence[Assignment],
    ) -> None:
        self._number, self._reading, self._subject = number, reading, subject
        self._jury: Jury = jury_of(reading, recorded, subject)
        self._demands: Demands = demands_of(reading, self._jury, recorded, subject, adjust=False)
        self._unit_of = {juror: unit for unit, jurors in self._jury.units.items() for juror in jurors}
        read = {(pair.numero, self._unit_of[pair.jure]) for pair in pairs}
        self._loads = {unit: sum(own == unit for _, own in read) for unit in self._jury.units}
        self._limits = dict(zip(self._demands.readers, self._demands.limits.tolist(), strict=True))
        self._was_adjusted = any(pair.status is AssignmentStatus.MAINTAINED for pair in recorded)
        self.readers = [pair for pair in pairs if pair.numero == number]

    def reader(self, assignment: Assignment) -> Reader:
        """A juror who reads it, and why."""
        asked = self._asked(assignment)
        subjects = shared_subjects(self._reading, self._jury, self._number, assignment.jure, self._subject)
        reasons = [one_reason] if (one_reason := asked or self._adjusted(assignment)) else []
        reasons += [f"connaît : {listed(subjects)}"] if subjects else []
        cells = [
            self._typed_in(assignment.jure) if asked else "",
            self._cell(assignment.jure, "expertise") if subjects else "",
        ]
        told = tuple(typographic(reason) for reason in reasons or [self._load(assignment.jure)])
        return Reader(assignment.jure, told, ", ".join(filter(None, cells)))

    def _asked(self, assignment: Assignment) -> str:
        """That the pair was noted already, or asked for; '' when it was chosen."""
        pair, words = (assignment.numero, assignment.jure), self._subject.words
        tab = self._reading.schema.tab(self._subject.typed).name
        if pair in self._jury.kept:
            return f"a déjà noté ce {words.singular}"
        if pair in self._jury.locked:
            return f"une ligne d’{tab} le demande"
        if assignment.status is AssignmentStatus.KEPT:
            return f"avait déjà noté ce {words.singular} quand la répartition a été faite"
        if assignment.status is AssignmentStatus.LOCKED:
            return f"une ligne d’{tab} le demandait quand la répartition a été faite"
        return ""

    def _adjusted(self, assignment: Assignment) -> str:
        """What an adjustment made of the pair: it moves as few as it can, whatever the loads; '' without one."""
        least = f"« {self._subject.words.command} --adjust », qui change le moins d’affectations possible"
        if assignment.status is AssignmentStatus.MAINTAINED:
            return f"l’était déjà avant {least}"
        return f"ajouté par {least}" if self._was_adjusted else ""

    def others(self, lapsed: dict[Assignment, AssignmentLapse]) -> Iterator[OtherJuror]:
        """The jurors who do not read it, including those whose recorded pair no longer holds."""
        reading = {assignment.jure for assignment in self.readers}
        set_aside = self._set_aside()
        gone = {assignment.jure: lapse for assignment, lapse in lapsed.items() if assignment.numero == self._number}
        for juror in dict.fromkeys([*self._unit_of, *gone]):
            if juror in reading:
                continue
            absence = Absence.NO_JUROR if gone.get(juror) is AssignmentLapse.JUROR else set_aside.get(juror)
            if absence is not None:
                yield OtherJuror(juror, absence, typographic(_TEXTS[absence] + (self._still if juror in gone else "")))
            else:
                yield self._eligible(juror)

    @property
    def _still(self) -> str:
        words, tab = self._subject.words, self._reading.schema.robot_tabs[self._subject.assigned]
        return f" ; {tab} le dit encore lecteur : lancez « eig-sheets {words.command} --adjust »"

    def _eligible(self, juror: str) -> OtherJuror:
        """A juror who may read it, and does not."""
        unit, load = self._unit_of[juror], self._load(juror)
        own = next((assignment.jure for assignment in self.readers if self._unit_of[assignment.jure] == unit), None)
        limit = self._limits[unit]
        group = "" if self._jury.units[unit] == (juror,) else f"le groupe {unit}"
        if own is not None:
            answers = f"lit avec {group}, dont {own} est le référent"
            return OtherJuror(juror, Absence.SAME_GROUP, typographic(answers), self._cell(juror, "groupe"))
        if self._loads[unit] >= limit:
            most = f"maximum atteint : {self._loads[unit]} sur {plural(limit, self._subject.words.singular)}"
            return OtherJuror(juror, Absence.MAXIMUM, typographic(most), self._cell(juror, "maximum"))
        if group:
            other = f"est d’un autre groupe ; {group} aurait pu ({load})"
            return OtherJuror(juror, Absence.OTHER_GROUP, typographic(other), self._cell(juror, "groupe"))
        return OtherJuror(juror, Absence.POSSIBLE, typographic(f"aurait pu ({load})"))

    def _set_aside(self) -> dict[str, Absence]:
        """Who must not judge it, and as what."""
        recusals = self._subject.recusals(self._reading)
        return {
            juror: _SET_ASIDE.get(source, Absence.RECUSED)
            for (number, juror), source in recusals.items()
            if number == self._number
        }

    def _load(self, juror: str) -> str:
        count = self._loads[self._unit_of[juror]]
        mean = sum(self._loads.values()) / len(self._loads)
        return f"charge : {plural(count, self._subject.words.singular)}, {number(round(mean, 1))} en moyenne"

    def _cell(self, juror: str, field: str) -> str:
        """The cell of `Jury` that says something of a juror; '' when it is blank."""
        table = self._jury.jurors
        rows = table.loc[(table["email"] == juror) & table[field].notna(), "row"]
        return ", ".join(filter(None, (cells_in(self._reading, "jury", int(row), field) for row in rows)))

    def _typed_in(self, juror: str) -> str:
        """The cells of the evaluations of this juror."""
        cells = []
        for table in self._reading.tables_of(self._subject.reviews):
            own = (table.frame[self._subject.key] == self._number) & (table.frame["jure"] == juror)
            cells += [table.layout.reference("jure", int(row)) for row in table.frame.loc[own, "row"]]
        return ", ".join(filter(None, cells))
