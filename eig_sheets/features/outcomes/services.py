"""The states of dossiers in the service, and the acts that an instructeur does on them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eig_sheets.call.applications.demarche import errors, queries
from eig_sheets.call.applications.demarche.client import Client
from eig_sheets.features.outcomes.rules_acts import Act, DossierState

_OPERATIONS: Final = {
    Act.INSTRUCT: "dossierPasserEnInstruction",
    Act.ACCEPT: "dossierAccepter",
    Act.REFUSE: "dossierRefuser",
    Act.DISMISS: "dossierClasserSansSuite",
}

_DECISIONS: Final = {
    "accepte": Act.ACCEPT,
    "accepte_automatiquement": Act.ACCEPT,
    "refuse": Act.REFUSE,
    "refuse_automatiquement": Act.REFUSE,
    "classe_sans_suite": Act.DISMISS,
}
"""The events of a dossier's past that decided it."""


@dataclass(frozen=True, slots=True)
class ServiceDossier:
    """A dossier as the service has it: the id by which acts name it, its state, and each decision of its past."""

    id: str
    state: DossierState
    decisions: tuple[tuple[Act, datetime], ...] = ()


def missing_instructeur(path: str) -> errors.DemarcheError:
    """The error for a configuration that does not say who decides."""
    return errors.DemarcheError(
        f"Il manque l’instructeur au nom duquel les décisions sont rendues : donnez son adresse dans {path}, "
        f"[demarche] instructeur. Voir {errors.GUIDE}."
    )


class Demarche:
    """The dossiers of one démarche. `instructeur`: the id, or the e-mail address, of who decides there."""

    def __init__(self, client: Client, number: int, instructeur: str) -> None:
        self._client, self._number, self._instructeur = client, number, instructeur

    def dossiers(self) -> dict[str, ServiceDossier]:
        """Every dossier that applicants submitted and did not withdraw, by its number. Raises DemarcheError."""
        with errors.expected_shape():
            return {str(node["number"]): _dossier(node) for node in queries.summaries(self._client, self._number)}

    def dossier(self, numero: str) -> ServiceDossier:
        """One dossier, as it is now. Raises DemarcheError."""
        with errors.expected_shape():
            return _dossier(queries.dossier(self._client, int(numero)))

    def instructeur_id(self) -> str:
        """The id of who decides. Raises DemarcheError when nobody of that address does on this démarche."""
        return queries.instructeur_id(self._client, self._number, self._instructeur)

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
            raise errors.unknown_outcome("Démarche Numérique a donné une réponse incomplète")
        return None


def _dossier(node: Mapping[str, Any]) -> ServiceDossier:
    past = [event for event in node.get("traitements") or () if event["event"] in _DECISIONS]
    decisions = ((_DECISIONS[event["event"]], datetime.fromisoformat(event["dateTraitement"])) for event in past)
    return ServiceDossier(str(node["id"]), DossierState(node["state"]), (*decisions,))
