"""What somebody may try to change of the structure of a document and of its rules, as user actions of Grist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.end_to_end.grist.routes.acts import Act, Actions, Kind
from tests.end_to_end.grist.routes.ground import Ground

_DOSSIERS: Final = "Candidatures"
_STOLEN: Final = {"type": "Any", "isFormula": True, "formula": "repr(Candidatures.all.Commentaire)"}
_DECIDING: Final = {"isFormula": True, "formula": '"Lauréat"'}
_OPEN: Final = {"aclFormula": "True", "permissionsText": "all"}


def structure_acts(ground: Ground) -> Iterator[Act]:
    """All of them."""
    for found in (_columns, _tables, _views, _rules, _own_tables_of_grist, _engine):
        yield from (Act(Kind.STRUCTURE, what, actions) for what, actions in found(ground))


def _columns(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """Columns made formulas, of another type, of another name, new, gone: of a table where they may write too."""
    dossiers, notes, sent = ground.id(_DOSSIERS), ground.id("Évaluations"), ground.id("Envois")
    decision, comment = (ground.column(_DOSSIERS, label) for label in ("Décision", "Commentaire"))
    ref, state = ground.ref(_DOSSIERS, "Décision"), ground.column("Envois", "État")
    yield "a decision by a formula", [["ModifyColumn", dossiers, decision, _DECIDING]]
    yield "the same as a record", [["UpdateRecord", "_grist_Tables_column", ref, _DECIDING]]
    yield "the same as a doc action", [["ApplyDocActions", [["ModifyColumn", dossiers, decision, _DECIDING]]]]
    yield "the same as an undo", [["ApplyUndoActions", [["ModifyColumn", dossiers, decision, _DECIDING]]]]
    yield "a trigger", [["ModifyColumn", dossiers, decision, {"formula": '"Lauréat"', "recalcWhen": 2}]]
    yield "what was sent", [["ModifyColumn", sent, state, {"isFormula": True, "formula": '""'}]]
    yield "a type", [["ModifyColumn", sent, state, {"type": "Int"}]]
    yield "a role", [["ModifyColumn", "EIG_Acces", "role", {"formula": '"responsable"'}]]
    for adding in ("AddColumn", "AddVisibleColumn", "AddHiddenColumn"):
        yield f"{adding}: a look", [[adding, notes, "fuite", _STOLEN]]
    yield "removed", [["RemoveColumn", dossiers, decision]]
    yield "removed as a record", [["RemoveRecord", "_grist_Tables_column", ref]]
    yield "renamed", [["RenameColumn", dossiers, decision, "autre"]]
    yield "shown by", [["SetDisplayFormula", dossiers, None, ref, "repr(Candidatures.all.Commentaire)"]]
    yield "shown as", [["MaybeCopyDisplayFormula", ground.ref(_DOSSIERS, "Commentaire"), ref]]
    yield "a style", [["AddEmptyRule", dossiers, 0, ref]]
    yield "the other way", [["AddReverseColumn", dossiers, comment]]
    yield "choices", [["UpdateRecord", "_grist_Tables_column", ref, {"widgetOptions": "{}"}]]


def _tables(ground: Ground) -> Iterator[tuple[str, Actions]]:
    for table in ("EIG_Acces", "EIG_Robot", ground.id("Envois"), ground.id(_DOSSIERS)):
        yield f"{table} renamed", [["RenameTable", table, "Autre"]]
        yield f"{table} removed", [["RemoveTable", table]]
        yield f"{table} duplicated", [["DuplicateTable", table, "Double", True]]
        yield f"the structure of {table}", [["DuplicateTable", table, "Double", False]]
    yield "removed as a record", [["RemoveRecord", "_grist_Tables", ground.tables[_DOSSIERS].ref]]
    yield "a table that looks", [["AddTable", "Fuite", [{"id": "fuite", **_STOLEN}]]]
    yield "a raw table", [["AddRawTable", "Fuite"]]
    yield "an empty table", [["AddEmptyTable", "Fuite"]]
    yield "a doc action", [["ApplyDocActions", [["AddTable", "Fuite", [{"id": "fuite", **_STOLEN}]]]]]
    made = [["AddTable", "Fuite", [{"id": "A", "type": "Text", "isFormula": False}]]]
    yield "a table and a look", [*made, ["AddRecord", "Fuite", None, {}], ["AddColumn", "Fuite", "fuite", _STOLEN]]


def _views(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """Views, summaries and forms, of a table where they may write too."""
    for title in (_DOSSIERS, "Évaluations"):
        table = ground.tables[title]
        yield f"a summary of {title}", [["CreateViewSection", table.ref, 0, "record", [table.columns[1].ref], None]]
        yield f"a view of {title}", [["CreateViewSection", table.ref, 0, "record", None, None]]
        yield f"a form of {title}", [["CreateViewSection", table.ref, 0, "form", None, None]]
        yield f"a page of {title}", [["AddView", table.id, "raw_data", "Fuite"]]
        yield f"a section of {title}", [["AddViewSection", "Fuite", "record", 1, table.id]]
        yield f"a summary of {title} changed", [["UpdateSummaryViewSection", table.raw_section, []]]
        yield f"a summary of {title} detached", [["DetachSummaryViewSection", table.raw_section]]
        yield f"a section of {title} removed", [["RemoveViewSection", table.raw_section]]
        yield f"the title of {title}", [["UpdateRecord", "_grist_Views_section", table.raw_section, {"title": "X"}]]
    yield "a page removed", [["RemoveView", 1]]
    yield "a page removed as a record", [["RemoveRecord", "_grist_Views", ground.tables[_DOSSIERS].primary_view]]


def _rules(ground: Ground) -> Iterator[tuple[str, Actions]]:
    rule = ground.team.now.rules[-1].row_id
    resource = ["AddRecord", "_grist_ACLResources", -1, {"tableId": ground.id(_DOSSIERS), "colIds": "*"}]
    added = ["AddRecord", "_grist_ACLRules", None, {"resource": -1, **_OPEN, "rulePos": 0}]
    yield "a rule", [resource, added]
    yield (
        "a rule as a doc action",
        [["ApplyDocActions", [["AddRecord", "_grist_ACLRules", 999, {"resource": 1, **_OPEN}]]]],
    )
    yield (
        "rules opened",
        [["BulkUpdateRecord", "_grist_ACLRules", [rule], {name: [said] for name, said in _OPEN.items()}]],
    )
    yield "a rule removed", [["RemoveRecord", "_grist_ACLRules", rule]]
    yield "an undo of a rule", [["ApplyUndoActions", [["RemoveRecord", "_grist_ACLRules", rule]]]]
    yield "resources removed", [["RemoveRecord", "_grist_ACLResources", ground.team.now.rules[-1].resource]]


def _own_tables_of_grist(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """Its other tables, whose rows say how a document works."""
    table, published = ground.tables[_DOSSIERS], '{"publish": true}'
    records: dict[str, dict[str, Any]] = {
        "_grist_Shares": {"linkId": "fuite", "options": published},
        "_grist_Triggers": {"tableRef": table.ref, "eventTypes": ["L", "add"], "actions": "[]"},
        "_grist_Filters": {"viewSectionRef": table.raw_section, "colRef": table.columns[0].ref, "filter": "{}"},
        "_grist_Validations": {"formula": "repr(Candidatures.all)", "tableRef": table.ref},
        "_grist_Pages": {"viewRef": table.primary_view, "indentation": 0},
        "_grist_Tables": {"tableId": "Fuite"},
        "_grist_Views_section_field": {"parentId": table.raw_section, "colRef": table.columns[0].ref},
        "_grist_TabBar": {"viewRef": table.primary_view},
    }
    for name, cells in records.items():
        yield f"a row of {name}", [["AddRecord", name, None, cells]]
    section = {"shareOptions": '{"form": true, "publish": true}'}
    yield "a form published", [["UpdateRecord", "_grist_Views_section", ground.form, section]]
    yield "settings", [["UpdateRecord", "_grist_DocInfo", 1, {"timezone": "UTC", "documentSettings": "{}"}]]
    yield "on demand", [["UpdateRecord", "_grist_Tables", table.ref, {"onDemand": True}]]


def _engine(ground: Ground) -> Iterator[tuple[str, Actions]]:
    """What the program itself asks of the engine of formulas."""
    table = ground.id(_DOSSIERS)
    yield "code", [["EvalCode", "1", 1]]
    yield "a new document", [["InitNewDoc"]]
    yield "answers", [["RespondToRequests", {}, []]]
    yield "tidying", [["RemoveStaleObjects"]]
    yield "an import", [["GenImporterView", table, table, None, None]]
    yield "the end of an import", [["TransformAndFinishImport", table, table, True, {}]]
    yield "no action at all", [["UneAction", table]]
