"""The summary of an import compared with its tab: counts, problems, differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from eig_sheets.cli.import_writing import changes_sentences, filled_part
from eig_sheets.importing.apply import headers_without_column
from eig_sheets.importing.kinds import ImportKind
from eig_sheets.importing.plan import ChangedDossier, Difference, ImportPlan
from eig_sheets.importing.problems import ImportProblem
from eig_sheets.sync.importing import ImportRun
from eig_sheets.text.french import counted, listed, plural
from eig_sheets.workbook.quoting import quoted
from eig_sheets.workbook.table import Col, Table


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
