"""What the service knows and answers: a démarche, its dossiers, and the mutations that change them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute,
    parse,
    validate,
)
from graphql.validation import OverlappingFieldsCanBeMergedRule, specified_rules

from tests.demarche_server import stored_queries
from tests.demarche_server.dossiers import GROUPE, REVISION, Thing, typed_id
from tests.demarche_server.schema import SCHEMA

PAGE = 100
STATES = {
    "en_construction": "en construction", "en_instruction": "en instruction", "accepte": "accepté",
    "refuse": "refusé", "sans_suite": "classé sans suite",
}  # fmt: skip
_EVENTS = {
    "en_construction": "repasse_en_construction", "en_instruction": "repasse_en_instruction", "accepte": "accepte",
    "refuse": "refuse", "sans_suite": "classe_sans_suite",
}  # fmt: skip
_RULES = [rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule]
"""The service's own stored query does not keep the other one."""

OPENED = datetime.fromisoformat("2021-05-12T09:00:00+02:00")


@dataclass
class Service:
    """One démarche. Tests change these as they like; mutations change `dossiers`, and `notified` says whom it wrote to.

    `moment` is the service's clock: it moves on by a second with each change.
    """

    number: int = 12345
    dossiers: dict[int, Thing] = field(default_factory=dict)
    deleted: list[Thing] = field(default_factory=list)
    pending: list[Thing] = field(default_factory=list)
    questions: list[Thing] = field(default_factory=list)
    groups: list[Thing] = field(default_factory=lambda: [GROUPE])
    read_only: bool = False
    notified: list[tuple[int, str]] = field(default_factory=list)
    moment: datetime = OPENED
    file_url: Callable[[Thing], str] = lambda _: "https://files.example.org/"

    def add(self, *dossiers: Thing) -> None:
        """Take dossiers in, or other versions of them."""
        self.dossiers.update({one["number"]: one for one in dossiers})

    def touch(self, number: int, **changes: Any) -> None:
        """Change a dossier now; the service keeps each change of its state in its past."""
        self.moment += timedelta(seconds=1)
        stamp = self.moment.isoformat()
        if "state" in changes:
            past = self.dossiers[number].get("traitements", [])
            event = {"event": _EVENTS[changes["state"]], "dateTraitement": stamp}
            changes = {"traitements": [*past, event], **changes}
        self.dossiers[number].update({"dateDerniereModification": stamp, **changes})

    def demarche(self, number: int) -> Thing:
        if number != self.number:
            raise GraphQLError("Demarche not found", extensions={"code": "not_found"})
        return {
            "id": typed_id("Procedure", number), "number": number, "title": "Appel à projets", "state": "publiee",
            "declarative": None, "dateCreation": "2021-01-15T09:00:00+01:00", "dateFermeture": None,
            "chorusConfiguration": None, "revisions": [], "groupeInstructeurs": self.groups,
            "activeRevision": {**REVISION, "champDescriptors": self.questions, "annotationDescriptors": []},
        }  # fmt: skip

    def dossier(self, number: int) -> Thing:
        if number not in self.dossiers:
            raise GraphQLError("Dossier not found", extensions={"code": "not_found"})
        return self.dossiers[number]

    def decided(self, name: str, values: Mapping[str, Any]) -> Thing:
        """What a mutation on a dossier answers, done or not."""
        from_state, to_state = _TRANSITIONS[name]
        dossier = next((one for one in self.dossiers.values() if one["id"] == values["dossierId"]), None)
        if self.read_only:
            return _refused("Ce jeton n’a que le droit de lire")
        if dossier is None:
            raise GraphQLError("Dossier not found", extensions={"code": "not_found"})
        if dossier["state"] != from_state:
            return _refused(f"Le dossier est déjà {STATES[dossier['state']]}")
        if values["instructeurId"] not in {one["id"] for one in dossier["groupeInstructeur"]["instructeurs"]}:
            return _refused("L’instructeur n’a pas accès au dossier")
        self.touch(dossier["number"], state=to_state, motivation=values.get("motivation"))
        if not values["disableNotification"]:
            self.notified.append((dossier["number"], to_state))
        return {"dossier": dossier, "errors": None}

    def resolve(self, source: Any, info: Any, **arguments: Any) -> Any:
        """The value of any field: most are a key of a dictionary."""
        match info.parent_type.name, info.field_name:
            case "Query", "demarche":
                return self.demarche(arguments["number"])
            case "Query", "dossier":
                return self.dossier(arguments["number"])
            case "Demarche", "dossiers":
                return self._dossiers(**arguments)
            case "Demarche", "deletedDossiers":
                return _page(self.deleted, "dateSupression", **arguments)
            case "Demarche", "pendingDeletedDossiers":
                return _page(self.pending, "dateSupression", **arguments)
            case "File", "url":
                return self.file_url(source)
            case "Mutation", name:
                return self.decided(name, arguments["input"])
        return source.get(info.field_name)

    def _dossiers(self, updatedSince: str | None = None, **arguments: Any) -> Thing:  # noqa: N803 (the API's)
        hidden = {one["number"] for one in (*self.deleted, *self.pending)}
        shown = [one for one in self.dossiers.values() if one["number"] not in hidden]
        if not updatedSince:
            return _page(shown, "dateDepot", **arguments)
        since = datetime.fromisoformat(updatedSince)
        recent = [one for one in shown if datetime.fromisoformat(one["dateDerniereModification"]) >= since]
        return _page(recent, "dateDerniereModification", **arguments)


_TRANSITIONS = {
    "dossierPasserEnInstruction": ("en_construction", "en_instruction"),
    "dossierAccepter": ("en_instruction", "accepte"),
    "dossierRefuser": ("en_instruction", "refuse"),
    "dossierClasserSansSuite": ("en_instruction", "sans_suite"),
}


def _refused(sentence: str) -> Thing:
    return {"dossier": None, "errors": [{"message": sentence}]}


def _page(items: Iterable[Thing], dated: str, first: int | None = None, after: str | None = None, **_: Any) -> Thing:
    """A page of at most a hundred, by date: after a cursor, which is a date and a number."""
    keyed = sorted(
        (((datetime.fromisoformat(one[dated]), one["number"]), one) for one in items), key=lambda one: one[0]
    )
    rest = [(key, one) for key, one in keyed if after is None or key > _key(after)]
    shown = rest[: min(PAGE if first is None else first, PAGE)]
    cursors = [_cursor(key) for key, _ in shown]
    info = {
        "hasNextPage": len(shown) < len(rest), "hasPreviousPage": after is not None,
        "startCursor": cursors[0] if cursors else None, "endCursor": cursors[-1] if cursors else None,
    }  # fmt: skip
    return {"nodes": [one for _, one in shown], "pageInfo": info}


def _cursor(key: tuple[datetime, int]) -> str:
    return base64.b64encode(f"{key[0].isoformat()};{key[1]}".encode()).decode()


def _key(cursor: str) -> tuple[datetime, int]:
    moment, _, number = base64.b64decode(cursor).decode().partition(";")
    return datetime.fromisoformat(moment), int(number)


class Engine:
    """A schema and stored queries, which answer from a service: ours, or the official ones."""

    def __init__(self, schema: str = SCHEMA, stored: Mapping[str, str] = stored_queries.STORED) -> None:
        self.schema: GraphQLSchema = build_schema(schema)
        self.stored: dict[str, DocumentNode] = {name: parse(document) for name, document in stored.items()}

    def faults(self) -> list[str]:
        """What is wrong in the stored queries, by the schema."""
        return [one.message for document in self.stored.values() for one in validate(self.schema, document, _RULES)]

    def undeclared(self, body: Mapping[str, Any]) -> set[str]:
        """The variables of a request that its stored query does not declare, and so would ignore without a word."""
        asked = body["operationName"]
        operations = [
            one for one in self.stored[body["queryId"]].definitions if isinstance(one, OperationDefinitionNode)
        ]
        declared = [one.variable_definitions for one in operations if one.name.value == asked]
        return {*body["variables"]} - {one.variable.name.value for one in declared[0]} if declared else set()

    def answer(self, service: Service, body: Mapping[str, Any]) -> Thing:
        """The answer to a request: `data`, `errors`."""
        if body.get("queryId") not in self.stored:
            return {"errors": [{"message": f"No query with id “{body.get('queryId')}”"}], "data": None}
        done = execute(
            self.schema,
            self.stored[body["queryId"]],
            variable_values=dict(body.get("variables") or {}),
            operation_name=body.get("operationName"),
            field_resolver=service.resolve,
            type_resolver=lambda value, *_: value["__typename"],
        )
        return _formatted(done)


def _formatted(done: Any) -> Thing:
    if not done.errors:
        return {"data": done.data}
    errors = [one.formatted for one in done.errors]
    validated = done.data is not None or any(one.path for one in done.errors)
    return {"errors": errors, "data": done.data} if validated else {"errors": errors}
