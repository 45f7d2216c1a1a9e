"""A run of the robot on a campaign's workbook, as a plan: realistic, and within what the robot owns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from eig_sheets.spreadsheet.model.cells import Formula, Link, parse_a1
from eig_sheets.spreadsheet.model.differences import same
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Operation, Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column, Format, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.words import DECISION_TONES
from tests.columns import SCHEMA, column_of
from tests.spreadsheet.xlsx.excel365_sheets import COLUMNS, NUMBERS

DOSSIERS, OUTBOX = SCHEMA.tab("candidatures"), SCHEMA.tab("emails")
OF_FILE = tuple(COLUMNS["candidatures"])
FIRST_FREE_COLUMN = len(OF_FILE)


def ranking(note: float) -> Sheet:
    """The robot's tab `Classement`."""
    columns = (
        Column("Rang", Format.INTEGER, 8, "Rang officiel."), Column("N° de dossier", width=15),
        Column("Note /20", Format.NOTE, 10, scale=(0, 20)),
        Column("Probabilité de sélection", Format.PERCENT, bar=True),
        Column("Proposition", tones=DECISION_TONES, choices=tuple(word for word, _ in DECISION_TONES)),
    )  # fmt: skip
    rows = tuple((rank, number, note - rank / 2, 0.9, "Lauréat") for rank, number in enumerate(NUMBERS, 1))
    return Sheet("classement", "Classement", Owner.ROBOT, columns, rows, ("Notes fictives",))


def dashboard() -> Sheet:
    """The robot's tab `Accueil`, with formulas and links."""
    late = Formula(
        'IF(NOW()-B3>26/24,"⚠ Dernière mise à jour trop ancienne","")', "⚠ Dernière mise à jour trop ancienne"
    )
    rows = (("Mise à jour", datetime(2021, 4, 20, 2)), (Link("Dossiers", "Candidatures", "A1"), 12))
    columns = (Column("Mesure", width=30), Column("Valeur", Format.DATETIME))
    return Sheet("accueil", "Accueil", Owner.ROBOT, columns, rows, (late,))


def unlike(plan: Plan, snapshot: Snapshot) -> list[str]:
    """Cells that a plan wants, its last word on each, and that a snapshot holds otherwise."""
    expected = {(change.tab, change.cell): change.new for change in plan.changes(Snapshot(()))}
    tabs = {tab.name: tab for tab in snapshot.tabs}
    faults = []
    for (name, cell), value in expected.items():
        tab, place = tabs[name], parse_a1(cell)
        shown = f"={tab.formulas[place]}" if place in tab.formulas else tab.value(*place)
        if not same(shown, value):
            faults.append(f"{name}!{cell}: {shown!r} for {value!r}")
    return faults


def run(snapshot: Snapshot, note: float = 19.0, imported: int = 3) -> Plan:
    """Robot's tabs made or made again, three robot's columns set, dossiers imported, e-mails drafted."""
    return Plan(snapshot.version, (*_tabs(snapshot, note), *_columns(snapshot, note), *_imported(snapshot, imported),
                                   *_drafted(snapshot, imported)))  # fmt: skip


def _tabs(snapshot: Snapshot, note: float) -> Iterator[Operation]:
    marked = {tab.mark: tab.name for tab in snapshot.tabs if tab.mark}
    for sheet, before in ((dashboard(), snapshot.tabs[0].name), (ranking(note), None)):
        yield ReplaceTab(marked[sheet.id], sheet) if sheet.id in marked else CreateTab(sheet, before)


def _columns(snapshot: Snapshot, note: float) -> Iterator[Operation]:
    tab = snapshot.tab("Candidatures")
    assert tab is not None
    known = {mark: column for column, mark in tab.column_marks.items()}
    values = {"rang": lambda rank: rank, "note": lambda rank: note - rank / 2, "proposition": lambda rank: "Lauréat"}
    for offset, (mark, value) in enumerate(values.items()):
        look = next(field.look for field in DOSSIERS.robot_fields if field.id == mark)
        column = known.get(mark, FIRST_FREE_COLUMN + offset)
        if mark not in known:
            yield AddColumn("Candidatures", 1, column, look, mark)
        rows = range(1, len(NUMBERS) + 1)
        yield SetCells("Candidatures", column, look, tuple((1 + rank, value(rank)) for rank in rows))


def _imported(snapshot: Snapshot, count: int) -> Iterator[Operation]:
    tab = snapshot.tab("Candidatures")
    assert tab is not None
    filled = [number for number, row in enumerate(tab.rows, 1) if row and row[0] is not None]
    fields = [
        DOSSIERS.field(name)
        for name in ("numero", "date_depot", "projet", "nombre_eig", "cout_jusqu_a_5_ans", "resume")
    ]
    places = tuple(OF_FILE.index(field.id) for field in fields)
    first = filled[-1] + 1
    rows = tuple(
        (
            str(5000000 + first + n),
            datetime(2021, 4, 7, 23, 59, 59),
            f"=IMPORTXML({n})",
            2,
            61_250.5,
            "Deux\nlignes & <plus>",
        )
        for n in range(count)
    )
    if rows:
        yield AppendRows("Candidatures", first, places, tuple(field.column() for field in fields), rows)


def _drafted(snapshot: Snapshot, count: int) -> Iterator[Operation]:
    outbox = next((tab for tab in snapshot.tabs if tab.mark == "emails"), None)
    columns = tuple(field.column() for field in OUTBOX.fields)
    if outbox is None:
        yield CreateTab(Sheet("emails", OUTBOX.name, Owner.OUTBOX, columns))
    name = outbox.name if outbox else OUTBOX.name
    first = len([row for row in outbox.rows if any(cell is not None for cell in row)]) + 1 if outbox else 2
    rows = tuple((f"pieces/{first + n}", "pieces_manquantes", "Madame,\n\nIl manque…") for n in range(count))
    if rows:
        places = tuple(column_of("emails", field) for field in ("id", "modele", "message"))
        yield AppendRows(name, first, places, tuple(columns[place] for place in places), rows)
