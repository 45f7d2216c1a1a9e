"""What is asked of a démarche: its dossiers page by page, those that were deleted, one dossier, who acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eig_sheets.call.applications.demarche import errors
from eig_sheets.call.applications.demarche.client import Client
from eig_sheets.storage.last_run import Withdrawal

PAGE: Final = 100
"""Dossiers of one answer: the service gives no more."""

SINCE: Final = "2000-01-01T00:00:00Z"
"""`updatedSince`, always the same: with it dossiers come in the order of their last change, which cursors are of."""

_MOST_PAGES: Final = 1000

Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FetchedDossiers:
    """What the service has of a démarche: dossiers that changed after a cursor, questions of the form, withdrawals.

    `cursor`: where to go on from next time, None when nothing was ever received.
    """

    number: int
    dossiers: tuple[Thing, ...]
    questions: tuple[Thing, ...]
    withdrawn: Mapping[str, Withdrawal]
    cursor: str | None


def fetch(client: Client, number: int, cursor: str | None = None) -> FetchedDossiers:
    """The dossiers that changed after `cursor`, all of them without one. Raises DemarcheError."""
    variables = {**_variables(number), "includeDossiers": True, "includeRevision": True, "updatedSince": SINCE}
    dossiers, questions, last = dict[int, Thing](), tuple[Thing, ...](), cursor
    with errors.expected_shape():
        for demarche in _pages(client, variables, "dossiers", ("first", "after"), cursor):
            dossiers |= {int(node["number"]): node for node in _nodes(demarche["dossiers"])}
            questions = questions or tuple(demarche["activeRevision"]["champDescriptors"])
            last = demarche["dossiers"]["pageInfo"]["endCursor"] or last
    return FetchedDossiers(number, tuple(dossiers.values()), questions, _withdrawn(client, number), last)


def summaries(client: Client, number: int) -> list[Thing]:
    """The number, the id, the state and the past of each dossier, not what applicants wrote. Raises DemarcheError."""
    asked = {"includeDossiers": True, "includeChamps": False, "includeTraitements": True}
    variables = {**_variables(number), **asked, "updatedSince": SINCE}
    with errors.expected_shape():
        pages = _pages(client, variables, "dossiers", ("first", "after"), None)
        return [node for demarche in pages for node in _nodes(demarche["dossiers"])]


def dossier(client: Client, number: int) -> Thing:
    """One dossier as it is now. Raises DemarcheError."""
    with errors.expected_shape():
        return _of(client.query("getDossier", {"dossierNumber": number, "includeAnotations": False})["dossier"], number)


def check(client: Client, number: int) -> None:
    """Raise DemarcheError unless the service shows this démarche to whom the token is of."""
    with errors.expected_shape():
        _of(client.query("getDemarche", _variables(number))["demarche"], number)


def instructeur_id(client: Client, number: int, instructeur: str) -> str:
    """The id of who acts: `instructeur` itself, unless it is an address, which is looked up. Raises DemarcheError."""
    if "@" not in instructeur:
        return instructeur
    with errors.expected_shape():
        data = client.query("getDemarche", {**_variables(number), "includeGroupeInstructeurs": True})
        groups = _of(data["demarche"], number)["groupeInstructeurs"]
        ids = {person["email"].casefold(): str(person["id"]) for group in groups for person in group["instructeurs"]}
    identifier = ids.get(instructeur.strip().casefold())
    if identifier is None:
        raise errors.unknown_instructeur(instructeur)
    return identifier


def _variables(number: int) -> dict[str, Any]:
    return {"demarcheNumber": number, "includeAnotations": False, "includeTraitements": False}


def _withdrawn(client: Client, number: int) -> dict[str, Withdrawal]:
    """Deleted for good, or about to be."""
    withdrawn = dict[str, Withdrawal]()
    with errors.expected_shape():
        for what, include, names in _DELETED:
            for demarche in _pages(client, {**_variables(number), include: True}, what, names, None):
                withdrawn |= withdrawals(_nodes(demarche[what]))
    return withdrawn


_DELETED: Final = (
    ("deletedDossiers", "includeDeletedDossiers", ("deletedFirst", "deletedAfter")),
    ("pendingDeletedDossiers", "includePendingDeletedDossiers", ("pendingDeletedFirst", "pendingDeletedAfter")),
)


def _pages(client: Client, variables: Thing, what: str, names: tuple[str, str], cursor: str | None) -> Iterator[Thing]:
    """The démarche with each page of a connection of its own; `names` are those of the page's size and cursor."""
    size, after = names
    for _ in range(_MOST_PAGES):
        data = client.query("getDemarche", {**variables, size: PAGE, after: cursor})
        demarche = _of(data["demarche"], variables["demarcheNumber"])
        yield demarche
        page = demarche[what]["pageInfo"]
        if not page["hasNextPage"]:
            return
        if not page["endCursor"] or page["endCursor"] == cursor:
            break  # the same page would come without end
        cursor = page["endCursor"]
    raise errors.unexpected("des pages qui ne se suivent pas")


def _nodes(connection: Thing) -> list[Thing]:
    return [node for node in connection["nodes"] or () if node is not None]


def _of(node: Thing, number: int) -> Thing:
    """What was asked for, and nothing else. Raises ValueError."""
    if int(node["number"]) != number:
        raise ValueError(node["number"])
    return node


REASONS: Final[Mapping[str, str]] = {
    "user_request": "par son porteur",
    "user_removed": "avec le compte de son porteur",
    "instructeur_request": "par un instructeur",
    "manager_request": "par le service",
}
SILENT_REASONS: Final = ("expired", "user_expired", "procedure_removed")
"""The end of a retention period or of a whole démarche: they say nothing of the applicant."""
_UNKNOWN: Final = "pour une raison que l’outil ne connaît pas"
_DECIDED: Final = ("accepte", "refuse", "sans_suite")


def withdrawals(deleted: Iterable[Mapping[str, Any]]) -> dict[str, Withdrawal]:
    """Number → withdrawal, of the service's deleted dossiers; those that were decided or only expired are left out."""
    return {
        str(dossier["number"]): _withdrawal(dossier)
        for dossier in deleted
        if dossier["reason"] not in SILENT_REASONS and dossier["state"] not in _DECIDED
    }


def _withdrawal(deleted: Mapping[str, Any]) -> Withdrawal:
    moment = datetime.fromisoformat(deleted["dateSupression"])
    return Withdrawal(moment, REASONS.get(deleted["reason"], _UNKNOWN))
