"""What somebody may try to change of the cells of a document, as user actions of Grist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from tests.end_to_end.grist.routes.ground import Ground
from tests.end_to_end.grist.routes.people import May, Person

Actions = list[list[Any]]
_DOSSIERS, _NOTES, _MAILS, _JURY = "Candidatures", "Évaluations", "E-mails à envoyer", "Jury"
_ROBOTS: Final = ("Envois", "Classement", "Accueil", "Journal")
_SERVICE: Final = {"EIG_Acces": "qualite", "EIG_Robot": "repere", "EIG_Executions": "jeton"}
"""The service tables by their ids, and a column of each."""
_LAUREATE: Final = {"Décision": "Lauréat"}


class Kind(Enum):
    """What would be changed: what officers decide, what else people type, the robot's tables, the structure."""

    DECISIONS = auto()
    PEOPLE = auto()
    ROBOT = auto()
    STRUCTURE = auto()


FORBIDDEN: Final = {
    May.EVERYTHING: frozenset[Kind](),
    May.DECIDE: frozenset({Kind.ROBOT, Kind.STRUCTURE}),
    May.READ: frozenset({Kind.ROBOT, Kind.STRUCTURE, Kind.DECISIONS}),
    May.OWN: frozenset(Kind),
    May.NOTHING: frozenset(Kind),
}
"""What nobody who may do so much may change."""


@dataclass(frozen=True)
class Act:
    """Actions that are tried together, and what they would change."""

    kind: Kind
    what: str
    actions: Actions


def cell_acts(ground: Ground, person: Person) -> Iterator[Act]:
    """All of them, as that person would try them."""
    for kind, found in (
        (
            Kind.DECISIONS,
            (*_decided(ground), *_rows(ground), *_wrapped(ground), *_approved(ground), *_signed_rows(ground)),
        ),
        (Kind.PEOPLE, (*_of_jurors(ground, person), *_of_others(ground, person), *_in_the_margin(ground, person))),
        (Kind.ROBOT, (*_of_the_robot(ground), *_signed(ground))),
    ):
        yield from (Act(kind, what, actions) for what, actions in found)


def _many(cells: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {column: [value] for column, value in cells.items()}


def _decided(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """Each way to set a cell of officers in a row that is there."""
    for label, value in (("Décision", "Lauréat"), ("Présélection", "Présélectionné")):
        yield label, [ground.update(_DOSSIERS, 3, {label: value})]
    table, row, laureate = ground.id(_DOSSIERS), ground.row(_DOSSIERS, 3), ground.cells(_DOSSIERS, _LAUREATE)
    here = ground.cells(_DOSSIERS, {"N° de dossier": ground.value(_DOSSIERS, "N° de dossier", 3)})
    column, source = (ground.column(_DOSSIERS, label) for label in ("Décision", "Commentaire"))
    yield "several", [["BulkUpdateRecord", table, [row], _many(laureate)]]
    yield "upsert", [["AddOrUpdateRecord", table, here, laureate, {}]]
    yield "upserts", [["BulkAddOrUpdateRecord", table, _many(here), _many(laureate), {}]]
    yield "choices renamed", [["RenameChoices", table, column, {"Non retenu": "Lauréat", "Désisté": "Lauréat"}]]
    yield "copied", [["CopyFromColumn", table, source, column, None]]
    yield "converted", [["ConvertFromColumn", table, source, column, "Text", "", 0]]


def _rows(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """Rows with a decision, added, taken away and put in the place of others."""
    table, row, removed = ground.id(_DOSSIERS), ground.row(_DOSSIERS, 3), ground.remove(_DOSSIERS, 3)
    new = {"N° de dossier": "999999", **_LAUREATE}
    cells = ground.cells(_DOSSIERS, new)
    yield "a row", [ground.add(_DOSSIERS, new)]
    yield "a row that says nothing", [ground.add(_DOSSIERS, {"N° de dossier": "999999"})]
    yield "rows", [["BulkAddRecord", table, [None], _many(cells)]]
    yield "a row removed", [removed]
    yield "rows removed", [["BulkRemoveRecord", table, [row]]]
    yield "removed and added", [removed, ["AddRecord", table, row, cells]]
    yield "all replaced", [["ReplaceTableData", table, [row], _many(cells)]]


def _wrapped(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """The same within actions that carry others."""
    update, removed = ground.update(_DOSSIERS, 3, _LAUREATE), ground.remove(_DOSSIERS, 3)
    for carrier in ("ApplyDocActions", "ApplyUndoActions"):
        yield carrier, [[carrier, [update]]]
        yield f"{carrier}, twice", [["ApplyDocActions", [[carrier, [update]]]]]
        yield f"{carrier}: a removal", [[carrier, [removed]]]
        yield f"{carrier}: two", [[carrier, [ground.update(_NOTES, 0, {"Commentaire": "X"}), update]]]


def _approved(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """What lets a message leave, or a request be done."""
    yield "an approval", [ground.update(_MAILS, 1, {"Valider": True})]
    yield "not to be sent", [ground.update(_MAILS, 1, {"Ne pas envoyer": True})]
    yield "a message", [ground.add(_MAILS, {"Valider": True, "Objet": "X", "Destinataires": "x@example.net"})]
    yield "a message removed", [ground.remove(_MAILS, 1)]
    yield "a request", [ground.update("Demandes", 0, {"Confirmer": True})]
    yield "a new request", [ground.add("Demandes", {"Confirmer": True})]


def _of_jurors(ground: Ground, person: Person) -> Iterator[tuple[str, Actions]]:
    """Rows of evaluations that are not theirs, and what makes a row theirs or another's."""
    table, mine, first = ground.id(_NOTES), ground.row_of(person), ground.row(_NOTES)
    number = {"N° de dossier": ground.value(_NOTES, "N° de dossier", 0)}
    new, said = {**number, "E-mail du juré": person.address, "Commentaire": "X"}, {"Commentaire": "X"}
    comment = ground.column(_NOTES, "Commentaire")
    yield "another's note", [ground.update(_NOTES, 0, said)]
    yield "theirs and another's", [["BulkUpdateRecord", table, [mine, first], {comment: ["X", "X"]}]]
    yield "another's row made theirs", [ground.update(_NOTES, 0, {"E-mail du juré": person.address})]
    yield "their number", [["UpdateRecord", table, mine, ground.cells(_NOTES, number)]]
    yield "their juror", [["UpdateRecord", table, mine, ground.cells(_NOTES, {"E-mail du juré": "x@example.net"})]]
    yield "a row", [ground.add(_NOTES, new)]
    yield "their row removed", [["RemoveRecord", table, mine]]
    yield "another's removed", [ground.remove(_NOTES, 0)]
    yield "notes replaced", [["ReplaceTableData", table, [], {}]]
    yield "upsert", [["AddOrUpdateRecord", table, ground.cells(_NOTES, number), {comment: "X"}, {}]]
    yield "undo of a note", [["ApplyUndoActions", [["UpdateRecord", table, first, {comment: ""}]]]]
    yield "removed and added as theirs", [["RemoveRecord", table, mine], ground.add(_NOTES, new)]


def _of_others(ground: Ground, person: Person) -> Iterator[tuple[str, Actions]]:
    """Cells of other tables of people's, a seat in the jury first."""
    seat = {"Nom": "X", "E-mail": person.address or "x@example.net"}
    yield "a seat", [ground.add(_JURY, seat)]
    yield "another's seat", [ground.update(_JURY, 0, seat)]
    yield "a seat removed", [ground.remove(_JURY, 0)]
    yield "a dossier's comment", [ground.update(_DOSSIERS, 0, {"Commentaire": "X"})]
    yield "a setting", [ground.update("Paramètres", 0, {"Valeur": "1"})]
    yield "a candidate", [ground.add("Talents", {"Nom": "X"})]
    yield "a note of a candidate", [ground.add("Évaluations talents", {"E-mail du juré": person.address})]


def _in_the_margin(ground: Ground, person: Person) -> Iterator[tuple[str, Actions]]:
    """Remarks and files."""
    cell = {"tableRef": ground.tables[_DOSSIERS].ref, "colRef": ground.ref(_DOSSIERS, "Commentaire"), "rowId": 1}
    yield "a remark", [["AddRecord", "_grist_Cells", None, {**cell, "root": True, "type": 1, "content": "{}"}]]
    yield "another's remark", [["UpdateRecord", "_grist_Cells", 1, {"content": "{}"}]]
    yield "another's remark removed", [["RemoveRecord", "_grist_Cells", 1]]
    file = ["L", ground.attachment]
    yield "a file", [["UpdateRecord", ground.id(_DOSSIERS), ground.row(_DOSSIERS, 1), {"Piece": file}]]
    yield "a file's name", [["UpdateRecord", "_grist_Attachments", ground.attachment, {"fileName": "x"}]]
    yield "a file removed", [["RemoveRecord", "_grist_Attachments", ground.attachment]]


def _of_the_robot(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """Cells of its tables, by each action of data."""
    tables = {ground.id(title): ground.tables[title].columns[1].id for title in _ROBOTS}
    for table, column in {**tables, **_SERVICE}.items():
        first, cells = ground.first_row(table), {column: "x"}
        for actions in (
            [["UpdateRecord", table, first, cells]], [["AddRecord", table, None, cells]],
            [["RemoveRecord", table, first]], [["ReplaceTableData", table, [], {}]],
            [["AddOrUpdateRecord", table, cells, {}, {}]],
            [["ApplyDocActions", [["BulkUpdateRecord", table, [first], _many(cells)]]]],
            [["ApplyUndoActions", [["BulkRemoveRecord", table, [first]]]]],
        ):  # fmt: skip
            yield f"{table}, {actions[0][0]}", actions


_NAME: Final = "autre.responsable@example.org, 2021-04-30 10:00 · 0000"
_SIGNED: Final = (
    (_DOSSIERS, "Décision saisie par", {"Décision": "Lauréat"}),
    (_DOSSIERS, "Présélection saisie par", {"Présélection": "Présélectionné"}),
    (_MAILS, "Validé par", {"Valider": True}),
    ("Demandes", "Confirmé par", {"Confirmer": True}),
    ("Demandes", "Demande saisie par", {"Détail": "X"}),
)


def _signed(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """What Grist alone writes, beside a decision: who typed it. An officer does not sign for another either."""
    for title, label, beside in _SIGNED:
        yield f"{title}, {label}", [ground.update(title, 0, {label: _NAME})]
        yield f"{title}, {label} and what it signs", [ground.update(title, 0, {**beside, label: _NAME})]


def _signed_rows(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """The same in a new row, which officers alone add: no rule of Grist tells what they type there."""
    for title, label, beside in _SIGNED:
        yield f"{title}, {label} of a new row", [ground.add(title, {**beside, label: _NAME})]
