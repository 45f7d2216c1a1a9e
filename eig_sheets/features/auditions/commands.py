"""`jury schedule`: the timetable of auditions, checked, proposed, or changed as little as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from eig_sheets.call.applications.demarche.attachments import safe_name
from eig_sheets.call.scoring.commands_rank import refuse_unknown_dossier
from eig_sheets.campaign.explanation_lines import EXPLANATION
from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.doubts import doubts_key
from eig_sheets.cli.output import change_records, show, show_changes, show_object
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.request_details import is_anew
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import carried_out
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.emails.outlets.eml import SUFFIX, Agendas, write_agendas
from eig_sheets.features.auditions.agendas import agenda_entries
from eig_sheets.features.auditions.auditions import Auditions
from eig_sheets.features.auditions.commands_records import schedule_object, schedule_table, sentences, summary
from eig_sheets.features.auditions.explanation import explain_audition
from eig_sheets.features.auditions.rows import planned_rows, standing
from eig_sheets.features.auditions.rules_candidates import Mode
from eig_sheets.features.auditions.rules_problem import Constraint, Placement
from eig_sheets.features.auditions.schedule import (
    ScheduleRun,
    checked,
    excessive,
    plan_schedule,
    previous_state,
    proposed,
    read_auditions,
    unwritable,
)
from eig_sheets.features.auditions.settings import AuditionRules
from eig_sheets.features.auditions.tab import NO_TIMETABLE, TIMETABLE
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import plural, typographic

_EVERYBODY: Final = "tous"
_NO_DAYS = (
    "Il n’y a pas de jour d’auditions : dans {path}, ajoutez par exemple [auditions] puis "
    'days = [{{ date = 2021-05-04, from = "09:00", to = "18:00" }}].'
)


_OF_CANDIDATES = (
    "Les auditions des candidats ne sont pas planifiées : saisissez chacune en « Audition décidée », dans Talents, et "
    "la convocation suit."
)


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """What is asked for: the options of the command, by name."""

    check: bool = False
    adjust: bool = False
    force: bool = False
    ics: str | None = None
    explain: str | None = None
    dry_run: bool = False

    def refuse_contradictions(self) -> None:
        """Raise UsageError when two options contradict each other."""
        if self.check and (self.adjust or self.force):
            raise click.UsageError("--check ne change rien : il ne va ni avec --adjust ni avec --force.")
        if self.force and not self.adjust:
            raise click.UsageError("--force va avec --adjust.")
        others = {"--check": self.check, "--adjust": self.adjust, "--ics": self.ics is not None}
        for option, is_given in {**others, "--dry-run": self.dry_run}.items():
            at_most_one({"--explain": self.explain is not None, option: is_given})


@click.command(cls=WritingCommand, acts=(TIMETABLE,))
@click.option("--check", is_flag=True, help="Vérifie les auditions décidées, sans rien proposer ni écrire.")
@click.option("--adjust", is_flag=True, help="Change le moins possible le planning qui est là.")
@click.option(
    "--force", is_flag=True, help="Avec --adjust : déplace aussi, s’il le faut, ce qui est décidé ou convoqué."
)
@click.option(
    "--ics", metavar="DOSSIER", type=click.Path(), help="Écrit aussi des agendas : un par juré, et un pour tous."
)
@click.option("--explain", metavar="DOSSIER", help="D’où vient le créneau de ce dossier, sans rien écrire.")
@click.pass_context
def schedule(context: click.Context, /, *, form: str, **chosen: Any) -> None:
    """Propose le planning des auditions, et l’écrit dans Planning des auditions.

    D’après [auditions] (jours, heures, pauses), Groupe et Disponibilités de Jury, et les déports. « Audition décidée »
    de Candidatures est à vous : ce qui y est saisi ne bouge pas. Un dossier sans créneau dit ce qui lui ferait de la
    place. Sort avec le code 1 si un dossier est sans créneau, ou si une contrainte n’est pas tenue ; un juré absent
    n’en est une qu’avec --check.
    """
    session: Session = context.obj
    if session.talents:
        raise click.UsageError(typographic(_OF_CANDIDATES))
    what = ScheduleOptions(**chosen)
    what.refuse_contradictions()
    if what.explain is not None:
        _explain(session, what.explain, form)
        return
    run = proposed_schedule(session, what)
    _show(run, what, form)
    _say(session, run, what)
    if what.ics is not None and not what.dry_run:
        _write_agendas(session, run, what.ics)
    if _is_at_odds(run, what):
        context.exit(1)


def _explain(session: Session, numero: str, form: str) -> None:
    """Print where the audition of a dossier comes from; nothing is written. Raises Refusal when it has none to hold."""
    reading, _, _, auditions = _read(session)
    _refuse_unheard(reading, auditions, numero)
    placements, reasons = _timetable(session, reading, auditions, numero)
    rows = {row.numero: row for row in planned_rows(reading, auditions, placements, reasons)}
    show(EXPLANATION, explain_audition(numero, reading, auditions, placements, rows[numero]), form)


def _refuse_unheard(reading: Reading, auditions: Auditions, numero: str) -> None:
    refuse_unknown_dossier(numero, [*reading.valid_rows("candidatures")["numero"]], reading)
    if numero not in {*(hearing.numero for hearing in auditions.problem.hearings), *auditions.unreadable}:
        raise Refusal(
            typographic(
                f"Le dossier {numero} n’est pas à entendre : il n’est pas « Présélectionné », ou il est écarté, retiré "
                "ou décidé."
            )
        )


def _timetable(
    session: Session, reading: Reading, auditions: Auditions, numero: str
) -> tuple[Sequence[Placement], Mapping[str, str]]:
    """The timetable that stands, else the one that would be proposed; and why dossiers have no slot."""
    placements = standing(auditions)
    is_placed = any(placement.numero == numero for placement in placements)
    if is_placed or auditions.recorded != NO_TIMETABLE or numero in auditions.unreadable:
        return placements, auditions.recorded.reasons
    with session.step("Calcul du planning"):
        schedule = proposed(reading, auditions, Mode.PROPOSE)
    session.say(typographic("Rien n’est encore dans Planning des auditions : voici ce qui serait proposé."))
    return schedule.timetable.placements, schedule.reasons


def _planned(session: Session, what: ScheduleOptions) -> ScheduleRun:
    reading, last_run, previous, auditions = _read(session)
    if reason := "" if what.check else unwritable(reading):
        raise Refusal(typographic(reason))
    with session.step("Calcul du planning"):
        mode = Mode.FORCE if what.force else Mode.ADJUST if what.adjust else Mode.PROPOSE
        timetable = checked(reading, auditions) if what.check else proposed(reading, auditions, mode)
    return plan_schedule(reading, previous, timetable, last_run, session.clock.now)


def _read(session: Session) -> tuple[Reading, LastRun, PreviousState, Auditions]:
    """The workbook, what the last run left, the e-mails and the auditions. Raises Refusal without days, or room."""
    last_run, deliveries = session.state.load_last_run(), session.ledger.deliveries()
    reading = own_reading_of(session)
    refuse(reading.problems)
    if not reading.campaign.section(AuditionRules).days:
        raise Refusal(typographic(_NO_DAYS.format(path=session.campaign.to_edit)))
    previous = previous_state(reading, last_run, deliveries)
    auditions = read_auditions(reading, last_run, previous, session.clock.today)
    if reason := excessive(auditions):
        raise Refusal(typographic(reason))
    return reading, last_run, previous, auditions


def proposed_schedule(session: Session, what: ScheduleOptions) -> ScheduleRun:
    """Check the timetable, or propose one and write it in its tab."""
    return carried_out(session, lambda: _planned(session, what), dry_run=what.check or what.dry_run)


def answer_request(session: Session, detail: str) -> str:
    """As little changed as possible where there is a timetable, unless the detail says to make it anew."""
    run = proposed_schedule(session, ScheduleOptions(adjust=not is_anew(detail)))
    return "\n".join([summary(run, checks=False, dry_run=False), *sentences(run)])


def _show(run: ScheduleRun, what: ScheduleOptions, form: str) -> None:
    changes = run.plan.changes(run.reading.snapshot) if what.dry_run and not what.check else []
    if form == "json":
        with_changes = {"changes": change_records(changes)} if what.dry_run else {}
        show_object(schedule_object(run) | doubts_key() | with_changes)
    elif what.dry_run and not what.check:
        show_changes(changes, form)
    else:
        show(schedule_table(run), run.schedule.timetable.placements, form, "Aucune audition.")


def _say(session: Session, run: ScheduleRun, what: ScheduleOptions) -> None:
    for sentence in sentences(run):
        session.say(sentence)
    session.say(summary(run, checks=what.check, dry_run=what.dry_run))


def _is_at_odds(run: ScheduleRun, what: ScheduleOptions) -> bool:
    """Whether the timetable cannot be as it should."""
    timetable = run.schedule
    if what.check:
        return bool(timetable.broken)
    return bool(timetable.reasons) or any(
        breach.constraint is not Constraint.AVAILABILITY for breach in timetable.broken
    )


def _write_agendas(session: Session, run: ScheduleRun, folder: str) -> None:
    """Write the agendas that changed."""
    campaign = run.reading.campaign
    title = typographic(f"Auditions : {campaign.campaign.name or campaign.campaign.id}")
    changed = write_agendas(Path(folder), _agendas(run), title, campaign.zone, datetime.now(campaign.zone))
    session.say(f"{folder} : {plural(changed, 'agenda écrit', 'agendas écrits')}.")


def _agendas(run: ScheduleRun) -> Agendas:
    """The auditions of each file: that of all, and those of the jurors, even of one who hears nothing any more."""
    everybody, of_jurors = agenda_entries(run)
    jurors = [juror for group in run.schedule.auditions.problem.groups for juror in group.jurors]
    own = {safe_name(f"{juror}{SUFFIX}"): of_jurors.get(juror, []) for juror in jurors}
    return {f"{_EVERYBODY}{SUFFIX}": everybody, **own}
