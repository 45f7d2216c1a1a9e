"""Writes an import, recorded first so that it can be undone, and sums it up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol, TypeVar

from eig_sheets.call.applications.files_records import ImportLog
from eig_sheets.call.applications.importing.apply import headers_without_column
from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.call.applications.importing.plan import ChangedDossier, Difference, ImportPlan
from eig_sheets.call.applications.importing.problems import ImportProblem
from eig_sheets.call.applications.plan_import import ImportRun
from eig_sheets.cli.pipeline import applied, intending
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.storage.imported_dossiers import ImportRecord
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import counted, listed, plural, typographic
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.table import Col, Table


class WrittenImport(Protocol):
    """What writes an import, what it remembers, and what to keep of it before it is written."""

    @property
    def plan(self) -> Plan:
        """What it writes."""

    @property
    def last_run(self) -> LastRun:
        """What it remembers."""

    @property
    def record(self) -> ImportRecord | None:
        """What to keep; None when it adds nothing."""


ImportT = TypeVar("ImportT", bound=WrittenImport)


def write_import(session: Session, planned: Callable[[], ImportT]) -> ImportT:
    """Apply the plan of an import, under the lock.

    What it is about to write is recorded first, so that it can be undone whatever stops us; what it remembers of the
    values comes last: until then, the workbook itself says it.
    """
    log = ImportLog(session.state.folder, session.known.key)

    def recorded() -> ImportT:
        run = planned()
        if run.record is not None:
            log.add(run.record)
        return run

    with session.locked():
        run = applied(session, recorded, intending(session, lambda run: run.plan, lambda run: run.last_run))
        if run.record is not None:
            log.mark(run.record)
        session.state.save_last_run(run.last_run)
    return run


def refuse_to_fill(capabilities: Capabilities) -> None:
    """Raise Refusal where people type meanwhile: no cell of theirs is written by its place."""
    if capabilities.concurrent_editors:
        raise Refusal(
            typographic(
                "« --fill » ne complète que les cellules d’un classeur .xlsx : ici, des personnes saisissent en même "
                "temps que le robot, qui n’écrit donc dans aucune de leurs cellules. Relancez sans « --fill » : ce qui "
                "manque sera listé dans « Modifications reçues », avec la cellule où le recopier."
            )
        )


def filled_part(run: ImportRun, *, dry_run: bool) -> list[str]:
    """How many cells are filled, in words; nothing without any."""
    word, words = ("à compléter",) * 2 if dry_run else ("complétée", "complétées")
    return [plural(len(run.filled), f"cellule {word}", f"cellules {words}")] if run.filled else []


def changes_sentences(run: ImportRun) -> list[str]:
    """The sentence on where received changes are listed; nothing without any."""
    if not run.changes.lines:
        return []
    name = run.reading.layout.robot_tabs.get("modifications", run.reading.schema.robot_tabs["modifications"])
    count = plural(
        len(run.changes.lines), "modification reçue n’est pas reprise", "modifications reçues ne sont pas reprises"
    )
    return [f"{count} dans le classeur : onglet « {name} »."]


def _quoted(value: object) -> str | None:
    return None if value is None else quoted(value)


DIFFERENCES: Final = Table[tuple[ChangedDossier, Difference]](
    Col("dossier", "Dossier", lambda row: row[0].number),
    Col("row", "Ligne", lambda row: row[0].row),
    Col("field", "Champ", lambda row: row[1].header),
    Col("in_sheet", "Dans le classeur", lambda row: _quoted(row[1].in_sheet)),
    Col("in_export", "Dans l’export", lambda row: _quoted(row[1].in_export)),
)
"""The fields that differ, of dossiers that are there already."""
MOST_PROBLEMS: Final = 100
DRAFTS: Final = ("brouillon ignoré", "brouillons ignorés")


def summary_text(run: ImportRun, kind: ImportKind, location: str, *, dry_run: bool) -> str:
    """What was or would be added, filled, left; what is wrong with the export; what the tab has no column for."""
    imported, reading = run.imported, run.reading
    added = (f"{kind.word} à ajouter", f"{kind.what} à ajouter") if dry_run else kind.counted("ajouté")
    parts = [counted(len(imported.new), *added, feminine=kind.feminine)]
    parts += filled_part(run, dry_run=dry_run)
    unchanged = len(imported.present) - len(run.remaining)
    others = [(_changed(kind), len(run.remaining)), (_same(kind), unchanged), *left_out(kind, imported)]
    parts += [plural(count, *words) for words, count in others if count]
    lines = [f"{location} : {' ; '.join(parts)}.", *problem_lines(imported.problems)]
    if absent := headers_without_column(imported, reading, kind.tab):
        tab = reading.layout.tabs[kind.tab].name
        columns = listed(f"« {header} »" for header in absent)
        lines.append(f"Laissé de côté, faute de colonne dans {tab} : {columns}. « eig-sheets init » les crée.")
    return "\n".join([*lines, *changes_sentences(run)])


def left_out(kind: ImportKind, imported: ImportPlan) -> list[tuple[tuple[str, str], int]]:
    """The parts of the export that are never added, each with its words and its count."""
    withdrawn, archived = kind.counted("retiré"), kind.counted("archivé")
    end = (f"non ajouté{kind.e}", f"non ajouté{kind.e}s")
    return [
        (DRAFTS, imported.ignored),
        ((f"{withdrawn[0]}, {end[0]}", f"{withdrawn[1]}, {end[1]}"), len(imported.withdrawn)),
        ((f"{archived[0]}, {end[0]}", f"{archived[1]}, {end[1]}"), len(imported.archived)),
        ((f"{kind.word} en doute, {end[0]}", f"{kind.what} en doute, {end[1]}"), len(imported.in_doubt)),
    ]


def problem_lines(problems: Sequence[ImportProblem]) -> Iterator[str]:
    """A line for each problem, as many as anybody reads."""
    shown, rest = problems[:MOST_PROBLEMS], len(problems[MOST_PROBLEMS:])
    yield from (f"• {problem.message} {problem.remedy}" for problem in shown)
    if rest:
        yield f"• … et {plural(rest, 'autre remarque', 'autres remarques')}."


def _changed(kind: ImportKind) -> tuple[str, str]:
    e = kind.e
    as_it_is = ("telle quelle", "telles quelles") if kind.feminine else ("tel quel", "tels quels")
    return (
        f"{kind.word} déjà présent{e}, changé{e} dans l’export et laissé{e} {as_it_is[0]}",
        f"{kind.what} déjà présent{e}s, changé{e}s dans l’export et laissé{e}s {as_it_is[1]}",
    )


def _same(kind: ImportKind) -> tuple[str, str]:
    e = kind.e
    return f"{kind.word} déjà présent{e}, inchangé{e}", f"{kind.what} déjà présent{e}s, inchangé{e}s"
