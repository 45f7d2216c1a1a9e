"""The output of `jury schedule`, whose JSON is a contract, and the timetable of the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eig_sheets.campaign.reading import read
from eig_sheets.campaign.reviews.recusals import juror_names
from eig_sheets.cli.output import gap_record
from eig_sheets.cli.session import Session
from eig_sheets.cli.writing import carried_out
from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.rules_candidates import Mode
from eig_sheets.features.auditions.rules_problem import Group, Placement
from eig_sheets.features.auditions.schedule import ScheduleRun, plan_schedule, previous_state, proposed, read_auditions
from eig_sheets.features.auditions.sentences import broken_sentence
from eig_sheets.text.french import counted, listed, plural, typographic
from eig_sheets.workbook.cells import sentence
from eig_sheets.workbook.quoting import CUT
from eig_sheets.workbook.table import Col, Table


def schedule_object(run: ScheduleRun) -> dict[str, Any]:
    """The whole schedule: slots in their order, what is left out and why, what moved, what is broken.

    Times are ISO, local; `group` is null when the whole jury hears. `constraint`: a Constraint; `who`: the address of a
    juror or of an applicant, the number of another dossier, or the name of a group; null when it is nobody's.
    `relaxed`: what would make room for those left out.
    """
    schedule, names = run.schedule, juror_names(run.reading)
    broken = [
        {
            "dossier": breach.numero,
            "constraint": breach.constraint.value,
            "who": breach.who,
            "message": typographic(broken_sentence(breach, names)),
        }
        for breach in schedule.broken
    ]
    unplaced = [{"dossier": numero, "reason": typographic(reason)} for numero, reason in schedule.reasons.items()]
    relaxed = [typographic(reason) for reason in schedule.relaxed]
    return {
        "slots": schedule_table(run).records(schedule.timetable.placements),
        "unplaced": unplaced,
        "moved": schedule.moved,
        "broken": broken,
        "relaxed": relaxed,
        "optimal": schedule.timetable.optimal,
        "gap": gap_record(schedule.timetable.gap),
    }


def schedule_table(run: ScheduleRun) -> Table[Placement]:
    """The table of the auditions, in their order; `jurors` are those who hear it, `leaving` those who step out."""
    problem = run.schedule.auditions.problem
    rows = {row.numero: row for row in run.schedule.rows}

    def who(find: Callable[[str, Group, Span], Sequence[str]]) -> Callable[[Placement], Sequence[str]]:
        return lambda placement: find(placement.numero, problem.group_named(placement.group), placement.span)

    return Table(
        Col("dossier", "Dossier", lambda placement: placement.numero),
        Col(
            "start", "Début", lambda placement: placement.span.start.isoformat(),
            lambda placement: f"{placement.span.start:%d/%m/%Y %H:%M}", first=True,
        ),
        Col(
            "end", "Fin", lambda placement: placement.span.end.isoformat(),
            lambda placement: f"{placement.span.end:%H:%M}", first=True,
        ),
        Col("group", "Groupe", lambda placement: placement.group or None, first=True),
        Col("project", "Projet", lambda placement: rows[placement.numero].project),
        Col("status", "Statut", lambda placement: rows[placement.numero].status),
        Col("jurors", value=who(problem.present)),
        Col(
            "leaving", "Se retirent", who(lambda numero, group, _: problem.recused(numero, group)),
            lambda placement: rows[placement.numero].leaving,
        ),
        Col("absent", value=who(problem.unavailable)),
        Col("remark", "Remarque", lambda placement: sentence(rows[placement.numero].remarks)),
    )  # fmt: skip


def sentences(run: ScheduleRun) -> Iterator[str]:
    """What is not as it should be, dossier by dossier, then whether the search was stopped."""
    names = juror_names(run.reading)
    wrong: dict[str, list[str]] = {}
    for breach in run.schedule.broken:
        wrong.setdefault(breach.numero, []).append(broken_sentence(breach, names))
    for numero, breaches in wrong.items():
        yield f"• Dossier {numero} : {' ; '.join(breaches)}."
    for numero, reason in run.schedule.reasons.items():
        yield f"• Dossier {numero}, sans créneau. {reason}"
    if not run.schedule.timetable.optimal:
        yield f"{CUT} Un meilleur planning existe peut-être."


def summary(run: ScheduleRun, *, checks: bool, dry_run: bool) -> str:
    """What was found, and what was written."""
    schedule = run.schedule
    placed = len(schedule.timetable.placements)
    counts = [counted(placed, "audition décidée", "auditions décidées") if checks else plural(placed, "audition")]
    counts += [f"{plural(len(schedule.reasons), 'dossier')} sans créneau"] if schedule.reasons else []
    counts += [plural(schedule.moved, "dossier déplacé", "dossiers déplacés")] if schedule.moved else []
    if checks:
        wrong = len({breach.numero for breach in schedule.broken})
        counts += [f"{plural(wrong, 'dossier')} hors contraintes" if wrong else "toutes les contraintes sont tenues"]
        return f"{listed(counts)}."
    if dry_run:
        return f"{listed(counts)} : rien n’est écrit."
    name = run.reading.layout.robot_tabs.get("auditions", run.reading.schema.robot_tabs["auditions"])
    return f"{listed(counts)} : onglet « {name} »{' à jour' if run.plan.operations else ', inchangé'}."


def schedule_demonstration(demonstration: Session) -> None:
    """Write the timetable of the auditions that people decided, and an hour for the dossier that has none."""
    carried_out(demonstration, lambda: _scheduled(demonstration))


def _scheduled(demonstration: Session) -> ScheduleRun:
    last_run, clock = demonstration.state.load_last_run(), demonstration.clock
    reading = read(demonstration.workbook.read(), demonstration.campaign)
    previous = previous_state(reading, last_run, demonstration.ledger.deliveries())
    schedule = proposed(reading, read_auditions(reading, last_run, previous, clock.today), Mode.PROPOSE)
    return plan_schedule(reading, previous, schedule, last_run, clock.now)
