"""`import --kind wishes`: keeps the wishes that candidates sent, and says what becomes of each answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from eig_sheets.call.applications.commands_demarche import ApiImport, keep
from eig_sheets.call.applications.commands_source import Source, read_for, refuse_unusable
from eig_sheets.call.applications.commands_writing import left_out, problem_lines, write_import
from eig_sheets.call.applications.importing.plan import plan_import
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.talents.import_kinds import current_answers
from eig_sheets.features.talents.rules_wishes import JudgedAnswer
from eig_sheets.features.talents.wishes import RECEIVED, with_known_wishes
from eig_sheets.features.talents.wishes_import import WishesRun, can_be_written, plan_wishes_run
from eig_sheets.features.talents.wishes_schema import WISHES_SCHEMA
from eig_sheets.features.talents.wishes_tab import outcome
from eig_sheets.text.french import counted, plural, typographic
from eig_sheets.workbook.anomalies import grouped
from eig_sheets.workbook.table import Col, Table

_TABLE: Final = Table[JudgedAnswer](
    Col("answer", "Réponse", lambda judged: judged.answer.number),
    Col("candidate", "Candidature", lambda judged: judged.candidate or None),
    Col("wishes", "Vœux", lambda judged: ", ".join(filter(None, judged.wishes)) or None),
    Col("given", "Donnée le", lambda judged: f"{judged.answer.moment:%Y-%m-%d %H:%M}"),
    Col("outcome", "Suite", outcome),
)
_NOTHING: Final = "Aucune réponse nouvelle."
_MOST_ANOMALIES: Final = 100


def import_wishes(
    session: Session, source: Source, received: ApiImport | None, pieces: str | None, *, dry_run: bool, form: str
) -> list[str]:
    """Write, or show what would be written; returns the lines to say then."""
    kept: list[str] = []
    if dry_run:
        run = _planned(session, source)
        show_changes(run.plan.changes(run.reading.snapshot), form)
    else:
        with session.locked():
            run = write_import(session, partial(_planned, session, source))
            kept = [*keep(session, received, pieces)] if received else []
        show(_TABLE, run.added, form, _NOTHING)
    said = [_summary(run, source, session.workbook.location, dry_run=dry_run), *_anomaly_lines(run)]
    return said if received is None else [*said, *kept, *received.notes]


def nightly_wishes(session: Session, source: Source, received: ApiImport | None) -> list[str]:
    """Write what a night received, or what officers asked for; returns the lines to say, which name nobody."""
    run = write_import(session, partial(_planned, session, source))
    said = _summary(run, source, session.workbook.location, dry_run=False)
    return [said, *(keep(session, received, None) if received else ())]


def preview_of_wishes(session: Session, source: Source, what: str) -> tuple[str, bool]:
    """What would be written, and what people would have to look at; whether anything would be."""
    run = _planned(session, source)
    return "\n".join([_summary(run, source, what, dry_run=True), *_anomaly_lines(run)]), bool(run.plan)


def _planned(session: Session, source: Source) -> WishesRun:
    reading, _ = read_for(session, source.kind)
    if not can_be_written(reading):
        name = WISHES_SCHEMA.name
        raise Refusal(typographic(f"Un onglet « {name} » n’est pas celui du robot : renommez-le, puis relancez."))
    last_run = session.state.load_last_run()
    reading = with_known_wishes(reading, last_run)
    current = current_answers(reading.of(RECEIVED).answers)
    imported = plan_import(source.export, current, source.settings, WISHES_SCHEMA, session.campaign.zone, source.kind)
    refuse_unusable(imported)
    return plan_wishes_run(reading, imported, last_run, session.clock.told, source.export.name)


def _summary(run: WishesRun, source: Source, location: str, *, dry_run: bool) -> str:
    kind, imported = source.kind, run.imported
    words = (f"{kind.word} à ajouter", f"{kind.what} à ajouter") if dry_run else kind.counted("ajouté")
    parts = [counted(len(run.added), *words, feminine=True)]
    known = len(imported.present) + len(imported.new) - len(run.added)
    others = [((f"{kind.word} déjà connue", f"{kind.what} déjà connues"), known), *left_out(kind, imported)]
    parts += [plural(count, *labels) for labels, count in others if count]
    return "\n".join([f"{location} : {' ; '.join(parts)}.", *problem_lines(imported.problems)])


def _anomaly_lines(run: WishesRun) -> Iterator[str]:
    """What people have to look at, where it is."""
    for anomaly in grouped(run.anomalies)[:_MOST_ANOMALIES]:
        yield f"• {anomaly.tab}{f', {anomaly.shown_cell}' if anomaly.cell else ''} : {anomaly.message} {anomaly.remedy}"
