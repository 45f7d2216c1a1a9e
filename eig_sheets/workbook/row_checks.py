"""Checks of rows: duplicates, references to nothing, groups of one, look-alike letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from eig_sheets.domain.frames import named_rows
from eig_sheets.text.confusables import misleading_reason, revealed
from eig_sheets.text.french import MOST_LISTED, listed, plain, plural
from eig_sheets.text.numbers import number_fault
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, Code, Severity, anomaly, blocking, by_column, described, warning
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import did_you_mean, quoted
from eig_sheets.workbook.unreadable_cells import dossier_of

GROUP_OF_ONE: Final = warning(
    "groupe_d_un_seul",
    "« {value} » en « {header} » n’a que ce juré.{suggestion}",
    "Corrigez-le si c’est une faute ; un juré qui lit seul n’a pas besoin de groupe.",
    unintended=True,
)


def group_anomalies(jury: Table) -> Iterator[Anomaly]:
    """An anomaly for each juror who is alone in a group, when any group has several jurors."""
    layout, named = jury.layout, jury.frame.dropna(subset="groupe")
    members = Counter(map(plain, named["groupe"]))
    shared = [group for group in named["groupe"].unique() if members[plain(group)] > 1]
    for row, group in zip(named["row"].tolist(), named["groupe"].tolist(), strict=True):
        if shared and members[plain(group)] == 1:
            cell, header = layout.cell("groupe", row), layout.header("groupe")
            hint = did_you_mean(group, shared)
            yield anomaly(GROUP_OF_ONE, layout.name, cell, header=header, value=quoted(group), suggestion=hint)


CONFUSABLE_NUMBER: Final = by_column(
    "numero_trompeur",
    "Le numéro « {value} » en « {header} » {reason} : il ressemble à un autre sans être le même.",
    "Effacez la cellule et retapez le numéro.",
)
CONFUSABLE_ADDRESS: Final = warning(
    "adresse_trompeuse",
    "« {value} » en « {header} » a une lettre trompeuse : {reason}. Aucun e-mail n’y part.",
    "Effacez l’adresse et retapez-la. Si elle est vraiment ainsi, autorisez-la comme elle s’écrit en réalité "
    "(emails.allowed dans la configuration).",
)


def misleading_addresses(table: Table, allowed: Collection[str]) -> Iterator[Anomaly]:
    """An anomaly for each misleading address, but for the addresses, or « @domaine », that the campaign allows."""
    for field in table.layout.schema.fields:
        if field.kind is Kind.EMAIL:
            for row, typed in _texts(table, field):
                if reason := misleading_reason(typed, allowed):
                    yield _anomaly(CONFUSABLE_ADDRESS, table, field, row, typed, reason)


def misleading_numbers(table: Table) -> Iterator[Anomaly]:
    """An anomaly for each number that looks like another; it leaves out the row that it names."""
    for field in table.layout.schema.fields:
        if field.is_number:
            for row, typed in _texts(table, field):
                if reason := number_fault(typed):
                    yield _anomaly(CONFUSABLE_NUMBER, table, field, row, typed, reason)


def _texts(table: Table, field: Field) -> Iterator[tuple[int, str]]:
    """The texts of a field that could be read, as they are typed, each with its row."""
    if field.id not in table.layout.columns:
        return
    for row in table.frame.loc[table.frame[field.id].notna(), "row"].tolist():
        typed = table.layout.tab.value(row, table.layout.columns[field.id])
        if isinstance(typed, str):
            yield row, values.text(typed) or ""


def _anomaly(code: Code, table: Table, field: Field, row: int, typed: str, reason: str) -> Anomaly:
    layout = table.layout
    words = {"value": quoted(revealed(typed)), "header": layout.header(field.id), "reason": reason}
    cell, dossier = layout.cell(field.id, row), dossier_of(table.frame, row)
    return anomaly(code, layout.name, cell, dossier, blocks=field.required, **words)


@dataclass(frozen=True, slots=True)
class Suspects:
    """Rows with an anomaly of one code, and the function that describes each."""

    code: Code
    rows: pd.DataFrame
    describe: Callable[[Any], Anomaly]

    def anomalies(self) -> Iterator[Anomaly]:
        """The listed anomalies, then the line that counts the others."""
        return described([*named_rows(self.rows)], self.describe)


def leave_out(tables: dict[str, Table], tab_id: str, suspects: Suspects, everything: list[Anomaly]) -> None:
    """Add the anomalies of these rows, and remove the rows from the table when their code blocks."""
    if suspects.code.severity is Severity.BLOCKING:
        tables[tab_id] = tables[tab_id].without(frozenset(suspects.rows["row"].tolist()))
    everything.extend(suspects.anomalies())


NUMBER_TWICE: Final = blocking(
    "numero_en_double",
    "« {value} » est aussi {rows}.",
    "Si ce sont deux projets, corrigez le numéro de l’un ; si c’est le même, gardez une seule ligne.",
)
ADDRESS_TWICE: Final = warning(
    "email_en_double",
    "« {value} » est aussi {rows}.",
    "Gardez une seule ligne par juré ; en attendant, leurs déports s’ajoutent.",
)
NAME_TWICE: Final = warning(
    "nom_en_double",
    "« {value} » est aussi {rows}, avec une autre adresse.",
    "Si c’est une seule personne, gardez une seule ligne : deux adresses font deux jurés. Sinon, précisez les noms.",
)
JUROR_TWICE: Final = blocking(
    "jure_en_double",
    "{value} a aussi une évaluation de « {what} » {rows}.",
    "Gardez-en une seule, ou corrigez le numéro de dossier d’une autre ; en attendant, aucune ne compte.",
)

UNIQUE = (
    ("jury", ("email",), ADDRESS_TWICE),
    ("evaluations", ("numero", "jure"), JUROR_TWICE),
)

"""(tab, fields, code) of the fields that must be unique in a tab."""


def repeated(table: Table, columns: tuple[str, ...], code: Code) -> Suspects:
    """The rows that have the same values in those columns."""
    keys = table.frame[list(columns)]  # a row that is already left out makes its duplicate doubtful too
    return alike(table, keys.duplicated(keep=False) & keys.notna().all(axis=1), columns, code)


def namesakes(jury: Table) -> Suspects:
    """The jurors who have the name of another one, at another address."""
    keys = jury.frame[["nom", "email"]]
    named = keys["nom"].notna() & keys["email"].notna() & keys["nom"].duplicated(keep=False)
    return alike(jury, named & ~keys.duplicated(keep=False), ("nom",), NAME_TWICE)


def alike(table: Table, repeated: pd.Series, columns: tuple[str, ...], code: Code) -> Suspects:
    """The repeated rows, each with the others of the same `columns`."""
    twice = table.frame[repeated]
    grouped = twice.groupby(list(columns), sort=False)["row"] if len(twice) else ()
    rows_of = {key: rows.tolist() for key, rows in grouped}

    def describe(record: Any) -> Anomaly:
        key = tuple(getattr(record, column) for column in columns)
        others = _other_rows(table.layout, rows_of[key], record.row)
        cell, dossier = table.layout.cell(columns[-1], record.row), getattr(record, "numero", None)
        return anomaly(code, table.layout.name, cell, dossier, value=key[-1], what=key[0], rows=others)

    return Suspects(code, twice, describe)


def _other_rows(layout: TabLayout, rows: list[int], own: int) -> str:
    """« aux lignes 4, 5 et 6 », without its own; of many rows, the first ones and how many others there are."""
    first = [str(layout.row_name(row)) for row in rows[: MOST_LISTED + 1] if row != own][:MOST_LISTED]
    rest = len(rows) - 1 - len(first)
    lines = listed([*first, *([plural(rest, "autre")] if rest else [])])
    return f"{'aux lignes' if len(rows) > 2 else 'à la ligne'} {lines}"


UNKNOWN_DOSSIER: Final = blocking(
    "dossier_inconnu",
    "Le dossier « {value} » n’est pas dans l’onglet « {where} ».{hint}",
    "Corrigez le numéro, ou ajoutez le dossier.",
)
UNKNOWN_JUROR: Final = blocking(
    "jure_inconnu",
    "« {value} » n’est pas dans l’onglet « {where} ».{hint}",
    "Corrigez l’adresse, ou ajoutez le juré.",
)
Tables = Mapping[str, Table]


def unknown_dossiers(tables: Tables, tab_id: str) -> Iterator[Suspects]:
    """The rows about a dossier that `Candidatures` lacks."""
    yield unknown(tables[tab_id], "numero", tables["candidatures"], "numero", UNKNOWN_DOSSIER)


def without_unknown_dossiers(table: Table, dossiers: Table) -> tuple[Table, list[Anomaly]]:
    """A table without the rows about dossiers that the other one, of any workbook, lacks; and their anomalies."""
    tab_id, anomalies = table.layout.schema.id, list[Anomaly]()
    checked = {tab_id: table}
    leave_out(checked, tab_id, unknown(table, "numero", dossiers, "numero", UNKNOWN_DOSSIER), anomalies)
    return checked[tab_id], anomalies


def unknown_jurors(tables: Tables, tab_id: str) -> Iterator[Suspects]:
    """The rows of a juror that `Jury` lacks."""
    if "jury" in tables and not tables["jury"].frame.empty:  # else nobody is listed yet: nothing to compare with
        yield unknown(tables[tab_id], "jure", tables["jury"], "email", UNKNOWN_JUROR)


def unknown(table: Table, column: str, reference: Table, key: str, code: Code) -> Suspects:
    """The rows whose value in that column is no `key` of the other tab."""
    known = list(reference.frame[key].dropna().unique())
    strangers = table.frame[table.frame[column].notna() & ~table.frame[column].isin(known)]
    hints: dict[str, str] = {}

    def describe(record: Any) -> Anomaly:
        value, where = getattr(record, column), reference.layout.name
        if value not in hints:
            hints[value] = did_you_mean(value, known)
        cell, hint = table.layout.cell(column, record.row), hints[value]
        about = getattr(record, table.layout.schema.key)
        return anomaly(code, table.layout.name, cell, about, value=revealed(value), where=where, hint=hint)

    return Suspects(code, strangers, describe)
