"""The states of dossiers in the service, and the acts that an instructeur does on them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.demarche import errors
from eig_sheets.demarche.client import Client
from eig_sheets.domain.acts import Act, DossierState

_PAGE: Final = 100
_INCOMPLETE: Final = "Démarche Numérique a donné une réponse incomplète"
_OPERATIONS: Final = {
    Act.INSTRUCT: "dossierPasserEnInstruction",
    Act.ACCEPT: "dossierAccepter",
    Act.REFUSE: "dossierRefuser",
    Act.DISMISS: "dossierClasserSansSuite",
}
_NOTHING_ELSE: Final = {
    "includeChamps": False,
    "includeAnotations": False,  # as the service spells it
    "includeTraitements": False,
    "includeInstructeurs": False,
}


@dataclass(frozen=True, slots=True)
class ServiceDossier:
    """A dossier as the service has it: the id by which acts name it, and its state."""

    id: str
    state: DossierState


class Demarche:
    """The dossiers of one démarche. `instructeur`: the id, or the e-mail address, of who decides there."""

    def __init__(self, client: Client, number: int, instructeur: str) -> None:
        self._client, self._number, self._instructeur = client, number, instructeur

    def dossiers(self) -> dict[str, ServiceDossier]:
        """Every dossier that applicants submitted and did not withdraw, by its number. Raises DemarcheError."""
        return {str(node["number"]): _dossier(node) for node in self._nodes()}

    def dossier(self, numero: str) -> ServiceDossier:
        """One dossier, as it is now. Raises DemarcheError."""
        data = self._client.query("getDossier", {"dossierNumber": int(numero), **_NOTHING_ELSE})
        return _dossier(data.get("dossier"))

    def instructeur_id(self) -> str:
        """The id of who decides. Raises DemarcheError when nobody of that address does on this démarche."""
        if "@" not in self._instructeur:
            return self._instructeur
        data = self._client.query("getDemarche", {"demarcheNumber": self._number, "includeGroupeInstructeurs": True})
        people = {
            str(one["email"]).casefold(): str(one["id"])
            for group in _demarche(data).get("groupeInstructeurs") or ()
            for one in group.get("instructeurs") or ()
        }
        if found := people.get(self._instructeur.strip().casefold()):
            return found
        raise errors.unknown_instructeur(self._instructeur)

    def do(self, act: Act, dossier_id: str, instructeur_id: str, motivation: str, *, notify: bool) -> str | None:
        """Do an act. Returns None once it is done, else what the service answers instead.

        Raises DemarcheError when certainly nothing was done, UnknownOutcomeError when nobody knows.
        """
        values: dict[str, Any] = {
            "dossierId": dossier_id,
            "instructeurId": instructeur_id,
            "disableNotification": not notify,
        }
        if motivation and act is not Act.INSTRUCT:
            values["motivation"] = motivation
        result = self._client.mutate(_OPERATIONS[act], values)
        if result.errors:
            return " ; ".join(filter(None, result.errors)) or "sans explication"
        dossier = result.payload.get("dossier")
        if not isinstance(dossier, dict) or dossier.get("state") != act.result:
            raise errors.unknown_outcome(_INCOMPLETE)
        return None

    def _nodes(self) -> Iterator[Mapping[str, Any]]:
        after = None
        while True:
            variables = {"demarcheNumber": self._number, "includeDossiers": True, "first": _PAGE, "after": after}
            page = _demarche(self._client.query("getDemarche", {**variables, **_NOTHING_ELSE})).get("dossiers")
            if not isinstance(page, dict) or not isinstance(page.get("pageInfo"), dict):
                raise errors.no_answer(_INCOMPLETE)
            yield from (node for node in page.get("nodes") or () if node)
            following = page["pageInfo"].get("endCursor")
            if not page["pageInfo"].get("hasNextPage"):
                return
            if not following or following == after:
                raise errors.no_answer(_INCOMPLETE)
            after = following


def _demarche(data: Mapping[str, Any]) -> Mapping[str, Any]:
    demarche = data.get("demarche")
    if not isinstance(demarche, dict):
        raise errors.no_answer(_INCOMPLETE)
    return demarche


def _dossier(node: Any) -> ServiceDossier:
    try:
        return ServiceDossier(str(node["id"]), DossierState(node["state"]))
    except (KeyError, TypeError, ValueError):
        raise errors.no_answer(_INCOMPLETE) from None
