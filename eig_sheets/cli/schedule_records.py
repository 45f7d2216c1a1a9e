"""The records of `jury schedule`: their JSON is a contract (design 4), their table is for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eig_sheets.campaign.audition_rows import juror_names
from eig_sheets.cli.output import gap_record
from eig_sheets.sync.auditions import ScheduleRun
from eig_sheets.text.french import counted, listed, plural, typographic
from eig_sheets.workbook.audition_texts import broken_sentence
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.search_words import CUT


def schedule_object(run: ScheduleRun) -> dict[str, Any]:
    """The whole schedule: slots in their order, what is left out and why, what moved, what is broken.

    Times are ISO, local; `group` is null when the whole jury hears. `constraint`: a Constraint; `who`: the address of a
    juror or of an applicant, the number of another dossier, or the name of a group; null when it is nobody's.
    `relaxed`: what would make room for those left out.
    """
    found, names = run.schedule, juror_names(run.reading)
    broken = [
        {
            "dossier": one.numero,
            "constraint": one.constraint.value,
            "who": one.who,
            "message": typographic(broken_sentence(one, names)),
        }
        for one in found.broken
    ]
    unplaced = [{"dossier": numero, "reason": typographic(reason)} for numero, reason in found.reasons.items()]
    relaxed = [typographic(reason) for reason in found.relaxed]
    return {
        "slots": slot_records(run),
        "unplaced": unplaced,
        "moved": found.moved,
        "broken": broken,
        "relaxed": relaxed,
        "optimal": found.timetable.optimal,
        "gap": gap_record(found.timetable.gap),
    }


def slot_records(run: ScheduleRun) -> list[dict[str, Any]]:
    """One record for each audition, in their order; `jurors` are those who hear it, `leaving` those who step out."""
    problem = run.schedule.auditions.problem
    rows = {row.numero: row for row in run.schedule.rows}
    found = []
    for numero, span, name in run.schedule.timetable.placements:
        group, row = problem.group_named(name), rows[numero]
        found.append(
            {
                "dossier": numero,
                "start": span.start.isoformat(),
                "end": span.end.isoformat(),
                "group": name or None,
                "project": row.project,
                "status": row.status.value,
                "jurors": problem.present(numero, group, span),
                "leaving": problem.recused(numero, group),
                "absent": problem.unavailable(numero, group, span),
                "remark": sentence(row.remarks),
            }
        )
    return found


def schedule_lines(run: ScheduleRun) -> list[dict[str, Any]]:
    """The table of the auditions: French dates, names."""
    rows = {row.numero: row for row in run.schedule.rows}
    lines = []
    for record, placement in zip(slot_records(run), run.schedule.timetable.placements, strict=True):
        span = placement.span
        hours = {"start": f"{span.start:%d/%m/%Y %H:%M}", "end": f"{span.end:%H:%M}"}
        lines.append({**record, **hours, "leaving": list(rows[placement.numero].leaving)})
    return lines


def sentences(run: ScheduleRun) -> Iterator[str]:
    """What is not as it should be, dossier by dossier, then whether the search was stopped."""
    names = juror_names(run.reading)
    wrong: dict[str, list[str]] = {}
    for one in run.schedule.broken:
        wrong.setdefault(one.numero, []).append(broken_sentence(one, names))
    for numero, found in wrong.items():
        yield f"• Dossier {numero} : {' ; '.join(found)}."
    for numero, reason in run.schedule.reasons.items():
        yield f"• Dossier {numero}, sans créneau. {reason}"
    if not run.schedule.timetable.optimal:
        yield f"{CUT} Un meilleur planning existe peut-être."


def summary(run: ScheduleRun, *, checks: bool, dry_run: bool) -> str:
    """What was found, and what was written."""
    found = run.schedule
    placed = len(found.timetable.placements)
    counts = [counted(placed, "audition décidée", "auditions décidées") if checks else plural(placed, "audition")]
    counts += [f"{plural(len(found.reasons), 'dossier')} sans créneau"] if found.reasons else []
    counts += [plural(found.moved, "dossier déplacé", "dossiers déplacés")] if found.moved else []
    if checks:
        wrong = len({one.numero for one in found.broken})
        counts += [f"{plural(wrong, 'dossier')} hors contraintes" if wrong else "toutes les contraintes sont tenues"]
        return f"{listed(counts)}."
    if dry_run:
        return f"{listed(counts)} : rien n’est écrit."
    name = run.reading.layout.robot_tabs.get("auditions", run.reading.schema.robot_tabs["auditions"])
    return f"{listed(counts)} : onglet « {name} »{' à jour' if run.plan.operations else ', inchangé'}."
