"""Where the columns of an export go, as officers say it in `Colonnes des exports`: read, and asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.call.applications.importing.chosen_columns import NONE, Choice
from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.cli.writing import carried_out
from eig_sheets.features.requests.plan_columns import ColumnsRun, all_targets, plan_columns, targets_of
from eig_sheets.features.requests.tabs import COLUMNS
from eig_sheets.text.french import plain, typographic
from eig_sheets.workbook.quoting import did_you_mean, quoted


def choices_of(session: Session, kind: ImportKind) -> list[Choice]:
    """What officers say of the columns of exports of a kind, in the order of the rows.

    Raises Refusal for a cell from which it is not sure what to do: the robot's choice does not stand for theirs.
    """
    reading = own_reading_of(session)
    if COLUMNS not in reading.tables:
        return []
    said = [*_said(reading)]
    own = {plain(header): field for header, field in targets_of(kind, reading).items()}
    return [(name, own.get(plain(target))) for name, target in said if plain(target) in (*own, NONE)]


def ask_columns(session: Session, names: Sequence[str]) -> str:
    """Add these columns to the tab; returns the sentence that says what to do there, '' where there is no such tab."""

    def planned() -> ColumnsRun:
        return plan_columns(own_reading_of(session), names, session.state.load_last_run())

    carried_out(session, planned)
    tab = own_reading_of(session).layout.tabs.get(COLUMNS)
    if tab is None:
        return ""
    return (
        f"Une colonne n’est pas au bon endroit ? Dites dans « {tab.name} » où elle va ; la liste vous sera montrée de "
        f"nouveau. S’il n’y a rien dans l’export pour une colonne, écrivez-y « {NONE} » à gauche."
    )


def _said(reading: Reading) -> Iterator[tuple[str, str]]:
    """Each column of which something is said, and the header of what it fills."""
    table = reading.tables[COLUMNS]
    layout, targets = table.layout, [*all_targets(reading), NONE]
    for field in layout.schema.fields:
        if field.id not in layout.columns:
            raise _refused(layout.name, f"la colonne « {field.header} » est introuvable. Rendez-lui ce nom.")
    cells: dict[str, str] = {}
    for row in table.frame.to_dict("records"):
        name, target, cell = row["entete"], row["va_dans"], layout.reference("va_dans", int(row["row"])) or layout.name
        if row["unreadable"]:
            raise _refused(cell, "la ligne n’est pas lisible. Corrigez-la, ou effacez-la.")
        if not target:
            continue  # nothing is said of it yet
        if not name:
            raise _refused(cell, "il manque à gauche la colonne de l’export.")
        if plain(target) not in map(plain, targets):
            hint = did_you_mean(target, targets)
            raise _refused(cell, f"aucune colonne à remplir ne s’appelle « {quoted(target)} ».{hint}")
        if (first := cells.setdefault(plain(name), cell)) != cell and plain(name) != NONE:
            raise _refused(cell, f"« {quoted(name)} » est déjà en {first}. Gardez une seule des deux lignes.")
        yield name, target


def _refused(cell: str, why: str) -> Refusal:
    return Refusal(typographic(f"{cell} : {why} Rien n’est importé."))
