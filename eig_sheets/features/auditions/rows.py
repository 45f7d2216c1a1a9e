"""The rows of `Planning des auditions`: made, with what to say of each, and read back.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import juror_names
from eig_sheets.campaign.since_last_run import moment_of, recorded_lines
from eig_sheets.features.auditions.auditions import Auditions
from eig_sheets.features.auditions.rules_problem import Broken, Placement, broken
from eig_sheets.features.auditions.sentences import broken_sentence
from eig_sheets.features.auditions.tab import (
    TAB,
    TABLE,
    AuditionStatus,
    PlannedAudition,
    RecordedAudition,
    RecordedTimetable,
    reason_checksum,
)
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import moment
from eig_sheets.workbook.ownership import key_of

WITHOUT_SLOT: Final = "« eig-sheets jury schedule » dit pourquoi, et ce qui lui ferait de la place"
WITHOUT_GROUP: Final = "groupe à dire : « eig-sheets jury schedule --adjust »"


def standing(auditions: Auditions) -> list[Placement]:
    """The timetable as it is: what people decided, else what is recorded; a group that nobody knows is « ? »."""
    problem = auditions.problem
    only = problem.groups[0].name if len(problem.groups) == 1 else "?"
    placements = []
    for hearing in problem.hearings:
        decided, known = problem.decided.get(hearing.numero), problem.known.get(hearing.numero)
        to_move = auditions.to_move(hearing.numero)
        if to_move:
            placements.append(Placement(hearing.numero, problem.span_from(to_move.start), to_move.group))
        elif decided:
            placements.append(Placement(hearing.numero, problem.span_from(decided), known.group if known else only))
        elif known:
            placements.append(known)
    return placements


def planned_rows(
    reading: Reading, auditions: Auditions, placements: Sequence[Placement], reasons: Mapping[str, str]
) -> tuple[PlannedAudition, ...]:
    """One row for each dossier to hear: as they are heard, then those without a slot, each with its reason if known."""
    wrong: dict[str, list[Broken]] = {}
    if auditions.problem.rules.days:
        for breach in broken(auditions.problem, placements):
            wrong.setdefault(breach.numero, []).append(breach)
    texts = _Texts(reading)
    placed = {
        placement.numero: placement
        for placement in sorted(placements, key=lambda placement: (placement.span, placement.group))
    }
    rows = [_placed(auditions, placement, wrong.get(placement.numero, []), texts) for placement in placed.values()]
    left = [hearing.numero for hearing in auditions.problem.hearings if hearing.numero not in placed]
    for numero in (*left, *auditions.unreadable):
        remark = texts.unreadable(numero) if numero in auditions.unreadable else reasons.get(numero)
        rows.append(
            texts.described(PlannedAudition(numero, AuditionStatus.UNPLACED, remarks=(remark or WITHOUT_SLOT,)))
        )
    return tuple(rows)


def _placed(auditions: Auditions, placement: Placement, wrong: Iterable[Broken], texts: _Texts) -> PlannedAudition:
    problem, numero = auditions.problem, placement.numero
    group = problem.group_named(placement.group)
    decided = problem.decided.get(numero)
    replaces = decided if decided not in (None, placement.span.start) else None
    heard = RecordedAudition(numero, *placement.span, group.name if group in problem.groups else "", replaces)
    remarks = [*_remarks(auditions, placement, texts), *(broken_sentence(breach, texts.names) for breach in wrong)]
    row = PlannedAudition(numero, _status(auditions, placement), heard, remarks=tuple(dict.fromkeys(remarks)))
    present = problem.present(numero, group, placement.span)
    leaving = problem.recused(numero, group)
    return texts.described(row, [texts.name(juror) for juror in present], [texts.name(juror) for juror in leaving])


def _status(auditions: Auditions, placement: Placement) -> AuditionStatus:
    decided = auditions.problem.decided.get(placement.numero)
    if decided is None:
        return AuditionStatus.PROPOSED
    if decided != placement.span.start:
        return AuditionStatus.TO_MOVE
    return AuditionStatus.CONVENED if auditions.convened.get(placement.numero) == decided else AuditionStatus.DECIDED


def _remarks(auditions: Auditions, placement: Placement, texts: _Texts) -> Iterator[str]:
    """What differs between the timetable, what people typed and what applicants were told."""
    numero, start = placement.numero, placement.span.start
    typed, told = auditions.typed.get(numero), auditions.convened.get(numero)
    cell = texts.cell(numero)
    if told and told != (typed or told):
        yield f"ses porteurs sont convoqués pour le {moment(told)} : une nouvelle invitation est à valider"
    if told and typed is None:
        yield f"la convocation est partie et {cell} est vide : ressaisissez l’heure, sinon l’annulation est à valider"
    if (typed or told) not in (None, start):
        invited = " ; une nouvelle invitation suivra" if told else ""
        yield f"décidé pour le {moment(typed or told or start)} : saisissez la nouvelle heure en {cell}{invited}"
    if placement.group == "?":
        yield WITHOUT_GROUP


class _Texts:
    """What the tabs say of each dossier and of each juror."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._dossiers: dict[str, Any] = {
            str(dossier.numero): dossier for dossier in reading.valid_rows("candidatures").itertuples(index=False)
        }
        self.names = juror_names(reading)

    def name(self, juror: str) -> str:
        return self.names.get(juror, juror)

    def cell(self, numero: str) -> str:
        """« Audition décidée » of a dossier, with the name of its cell."""
        tab, row = self._reading.layout.tabs["candidatures"], int(self._dossiers[numero].row)
        reference = tab.reference("audition", row)
        return f"« {tab.header('audition')} »" + (f" ({reference})" if reference else "")

    def unreadable(self, numero: str) -> str:
        return f"{self.cell(numero)} ne se lit pas : corrigez-la"

    def described(
        self, row: PlannedAudition, present: Sequence[str] = (), leaving: Sequence[str] = ()
    ) -> PlannedAudition:
        """The row with what `Candidatures` says of its dossier, and who is there."""
        dossier = self._dossiers[row.numero]
        return PlannedAudition(
            row.numero,
            row.status,
            row.heard,
            dossier.projet,
            dossier.administration,
            dossier.porteur_projet or dossier.email_porteur,
            tuple(present),
            tuple(leaving),
            row.remarks,
        )


def recorded_auditions(reading: Reading, last_run: LastRun) -> RecordedTimetable:
    """What is recorded of each dossier, and nobody edited."""
    lines = [*recorded_lines(TAB, TABLE, reading, last_run)]
    return RecordedTimetable({audition.numero: audition for audition in _heard(lines)}, dict(_reasons(lines)))


def _heard(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[RecordedAudition]:
    """When dossiers are heard, by the lines whose checksum holds."""
    for line in lines:
        start, end = (_minute(line[key]) for key in ("start", "end"))
        if start is not None and end is not None:
            checksum = str(line["checksum"])
            replaces = moment_of(checksum.partition(" ")[2])
            audition = RecordedAudition(key_of(line["numero"]), start, end, key_of(line["group"]), replaces)
            if audition.checksum == checksum:
                yield audition


def _reasons(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[tuple[str, str]]:
    """Why dossiers have no slot, by the lines whose checksum holds."""
    for line in lines:
        numero, reason = key_of(line["numero"]), str(line["remarks"] or "")
        if line["start"] is None and reason_checksum(numero, reason) == line["checksum"]:
            yield numero, reason


def _minute(value: CellValue) -> datetime | None:
    """A moment to the nearest minute: a spreadsheet keeps it as a fraction of a day."""
    moment = moment_of(value)
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0) if moment else None
