"""Findings about what each account that a document is shared with can see, asked as that account (« view as »)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.spreadsheet.grist.access import Structure, structure_of
from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.own_tables import TABLES
from eig_sheets.spreadsheet.model.access import Access, AccessState, Account, Reader, Role
from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok
from eig_sheets.text.french import listed_first, plural

CHECK: Final = "Comptes"
_MAY: Final = {
    Role.OFFICER: "responsable : lit tout, saisit, décide et valide",
    Role.TEAM: "de l’équipe : lit tout et saisit, sauf ce qui décide ou valide",
    Role.JUROR: "juré : note dans ses lignes, sans en ajouter ni en changer le numéro",
}
_CLOSE: Final = "Lancez « eig-sheets init », puis de nouveau « eig-sheets doctor --access »."

Asked = Callable[[str, str, int], Sequence[Mapping[str, Any]]]
"""The rows of a table that an address sees, at most so many of them (0: all); none when it is refused."""


def findings(document: Document, state: AccessState, asked: Asked) -> Iterator[Finding]:
    """A finding for each account: which tables it sees, and which rows of the tables that jurors fill."""
    if state.access is None:
        yield error(CHECK, "Le document n’est pas fermé : toute personne avec qui il est partagé y lit tout.", _CLOSE)
        return
    readers = {reader.address: reader for reader in state.readers}
    structure = structure_of(document)
    tables = {table.id: table.title for table in document.tables} | {table: table for table in sorted(TABLES)}
    for account in state.accounts:
        proof = _Proof(account, readers.get(account.address), state.access, structure, tables)
        yield proof.finding(asked)
    if shared := [*_shared_ids(document)]:
        yield attention(
            CHECK,
            f"{plural(len(shared), 'colonne porte', 'colonnes portent')} le même identifiant qu’une colonne d’une "
            f"autre table ({listed_first(shared)}) : par un défaut de Grist, qui édite le document peut les lire.",
            "Un propriétaire change l’un des identifiants (options de la colonne, « Identifiant ») ; les tables que "
            "crée le robot n’en ont pas en commun. Voir docs/grist.md.",
        )
    if state.public:
        yield attention(
            CHECK, "Quiconque a le lien peut ouvrir le document ; il n’y lit rien.", "Retirez l’accès public."
        )


def _shared_ids(document: Document) -> Iterator[str]:
    """The columns whose id another table has too, as « table, label »."""
    places: dict[str, list[str]] = {}
    for table in document.tables:
        for column in table.columns:
            places.setdefault(column.id.upper(), []).append(f"{table.title}, {column.label}")
    return (name for names in places.values() if len(names) > 1 for name in names)


class _Proof:
    """Compares what one account sees with what it should see."""

    def __init__(
        self, account: Account, reader: Reader | None, access: Access, structure: Structure, tables: Mapping[str, str]
    ) -> None:
        self._account, self._role = account, reader.role if reader else None
        self._tables = tables
        places = (structure.columns.get(own.tab, {}).get(own.address) for own in access.own_rows)
        self._own = dict(place for place in places if place is not None)

    def finding(self, asked: Asked) -> Finding:
        who = self._account.address
        if self._account.owns:
            return ok(CHECK, f"{who} est propriétaire : lit et change tout, règles d’accès comprises.")
        if self._role in (Role.OFFICER, Role.TEAM):
            seen = [title for table, title in self._tables.items() if table not in TABLES and asked(who, table, 1)]
            return ok(
                CHECK, f"{who}, {_MAY[self._role]}. Voit {plural(len(seen), 'table remplie', 'tables remplies')}."
            )
        beyond = [title for table, title in self._tables.items() if table not in self._own and asked(who, table, 1)]
        rows = {table: asked(who, table, 0) for table in self._own}
        beyond += [f"{self._tables[table]} (lignes d’autres)" for table in self._own if not self._only_own(table, rows)]
        if beyond or (self._role is None and any(rows.values())):
            seen_beyond = listed_first(beyond or [self._tables[table] for table, seen in rows.items() if seen])
            return error(CHECK, f"{who} voit ce qu’il ne doit pas : {seen_beyond}.", _CLOSE)
        count = plural(sum(map(len, rows.values())), "ligne, la sienne", "lignes, toutes siennes")
        if self._role is None:
            return attention(
                CHECK,
                f"{who} n’est dans aucune liste : n’y lit rien.",
                "Retirez-lui l’accès, ou nommez-le dans [workbook] officers ou team, ou dans Jury.",
            )
        return ok(CHECK, f"{who}, {_MAY[self._role]}. Voit {count}, et rien d’autre.")

    def _only_own(self, table: str, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
        column = self._own[table]
        return all(str(row.get(column)).lower() == self._account.address for row in rows[table])
