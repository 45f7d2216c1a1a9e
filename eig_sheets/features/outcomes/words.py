"""French labels of the outcomes of dossiers: acts, states in the service, what became of an act, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.features.outcomes.rules import OutcomeReason, OutcomeStatus
from eig_sheets.features.outcomes.rules_acts import Act, DossierState

ACTS: Final[Mapping[Act, str]] = {
    Act.INSTRUCT: "Passer en instruction",
    Act.ACCEPT: "Accepter",
    Act.REFUSE: "Refuser",
    Act.DISMISS: "Classer sans suite",
}

TO_DO: Final[Mapping[Act, str]] = {
    Act.INSTRUCT: "à passer en instruction",
    Act.ACCEPT: "à accepter",
    Act.REFUSE: "à refuser",
    Act.DISMISS: "à classer sans suite",
}
DONE: Final[Mapping[Act, tuple[str, str]]] = {
    Act.INSTRUCT: ("dossier passé en instruction", "dossiers passés en instruction"),
    Act.ACCEPT: ("dossier accepté", "dossiers acceptés"),
    Act.REFUSE: ("dossier refusé", "dossiers refusés"),
    Act.DISMISS: ("dossier classé sans suite", "dossiers classés sans suite"),
}

STATES: Final[Mapping[DossierState, str]] = {
    DossierState.EDITABLE: "En construction",
    DossierState.IN_INSTRUCTION: "En instruction",
    DossierState.ACCEPTED: "Accepté",
    DossierState.REFUSED: "Refusé",
    DossierState.DISMISSED: "Classé sans suite",
}

STATUSES: Final[Mapping[OutcomeStatus, str]] = {
    OutcomeStatus.TO_DO: "À faire",
    OutcomeStatus.DONE: "Fait",
    OutcomeStatus.HELD: "Retenu",
    OutcomeStatus.CONTRADICTED: "Contredit",
    OutcomeStatus.FAILED: "Échec",
    OutcomeStatus.UNCERTAIN: "Incertain",
    OutcomeStatus.NO_ACT: "Sans acte",
}

REASONS: Final[Mapping[OutcomeReason, str]] = {
    OutcomeReason.ABSENT: "Démarche Numérique n’a pas ce dossier, ou ne l’a plus (son porteur a pu le retirer) : "
    "vérifiez son numéro en {number_cell}.",
    OutcomeReason.AMBIGUOUS: "« {decision} » contredit « {preselection} » : corrigez l’un des deux ({decision_cell}).",
    OutcomeReason.DECIDED_OTHERWISE: "Démarche Numérique dit « {state} » et le classeur « {word} » : le robot n’y "
    "touche pas. Corrigez {decision_cell}, ou repassez le dossier en instruction dans Démarche Numérique.",
    OutcomeReason.CHANGED_SINCE: "La décision a changé depuis qu’elle a été rendue : Démarche Numérique dit "
    "« {state} » et le classeur « {word} ». Le porteur a pu lire la première : prévenez-le, puis repassez le dossier "
    "en instruction dans Démarche Numérique pour que la nouvelle soit rendue, ou corrigez {decision_cell}.",
    OutcomeReason.UNDECIDED_HERE: "Démarche Numérique dit « {state} » alors que le classeur dit « {word} » : corrigez "
    "{decision_cell}, ou repassez le dossier en instruction dans Démarche Numérique.",
    OutcomeReason.REOPENED: "C’était fait, puis quelqu’un a remis le dossier « {state} » dans Démarche Numérique : le "
    "robot ne le refait pas. Faites-le là-bas.",
    OutcomeReason.STILL_EDITABLE: "Le dossier est encore « {state} » : lancez d’abord « eig-sheets outcomes "
    "instruction ».",
    OutcomeReason.NO_DATE: "Rien ne dit quand les décisions peuvent être connues : donnez emails.announced dans la "
    "configuration.",
    OutcomeReason.TOO_EARLY: "Les décisions ne peuvent pas être connues avant le {day} (emails.announced).",
    OutcomeReason.NOT_TOLD: "L’e-mail qui l’annonce ({template}) {told} : le porteur doit l’avoir reçu d’abord.",
    OutcomeReason.NO_MOTIVATION: "« {feedback_header} » est vide, et Démarche Numérique exige une motivation : "
    "remplissez {feedback_cell}.",
    OutcomeReason.WAITING_LIST: "Liste d’attente : le dossier reste en instruction.",
    OutcomeReason.CALL_OPEN: "L’appel est ouvert jusqu’au {day} : le porteur peut encore modifier son dossier.",
    OutcomeReason.UNREADABLE: "La ligne ne se lit pas en entier (valeur illisible, numéro en double, ou pas de colonne "
    "« {feedback_header} ») : « eig-sheets check » dit quoi corriger, « eig-sheets init » crée une colonne qui manque.",
}

UNDECIDED: Final = "aucune décision"
NOT_DUE: Final = "n’existe pas encore"
TOLD: Final = "est « {status} »"

REFUSED_BY_SERVICE: Final = "Démarche Numérique a répondu : « {said} »"
NO_ANSWER: Final = (
    "La réponse de Démarche Numérique s’est perdue, et le dossier est toujours « {state} » : relancez la commande."
)
UNKNOWN: Final = (
    "La réponse de Démarche Numérique s’est perdue : c’est peut-être fait. Relancez la commande : l’état du dossier le "
    "dira."
)
