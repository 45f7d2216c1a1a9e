"""French words for what came back: meanings of the codes of RFC 3463, and why a mail cannot be told."""

from __future__ import annotations

from typing import Final

from eig_sheets.features.returns.rules_mail import ReceivedMail, ReturnKind, Unread
from eig_sheets.text.french import typographic

_MEANINGS: Final = {
    "5.1.1": "cette adresse n’existe pas",
    "5.1.2": "ce domaine n’existe pas, ou ne reçoit pas de courrier",
    "5.1.3": "cette adresse est mal écrite",
    "5.1.6": "cette personne a changé d’adresse",
    "5.1.10": "cette adresse n’existe pas",
    "5.2.1": "cette boîte est désactivée",
    "5.2.2": "cette boîte est pleine",
    "5.2.3": "ce message est trop lourd pour cette boîte",
    "5.3.4": "ce message est trop lourd pour ce serveur",
    "5.4.4": "le serveur de ce domaine est introuvable",
    "5.4.7": "le serveur n’a pas répondu à temps",
}
_CLASSES: Final = {
    "5.1": "cette adresse ne convient pas",
    "5.2": "cette boîte ne reçoit pas",
    "5.4": "le serveur de ce domaine n’a pas pu être joint",
    "5.7": "ce serveur n’accepte pas nos e-mails : prévenez la personne qui exploite le robot",
}
_NOT_DELIVERED: Final = "il n’a pas été remis"

UNREAD: Final = {
    Unread.NO_CALENDAR: "Sa réponse à une invitation ne se lit pas.",
    Unread.NO_RESULT: "Il ne dit pas si l’e-mail a été remis.",
    Unread.NO_ADDRESS: "Il ne dit pas de quelle adresse il parle.",
    Unread.SEVERAL_GUESTS: "Il ne dit pas lequel des invités répond.",
    Unread.OTHER_SENDER: "Quelqu’un d’autre que l’invité l’a envoyé : sa réponse n’est pas crue.",
    Unread.OTHER_ANSWER: "La personne invitée répond autre chose que oui, non ou peut-être.",
    Unread.NOT_OURS: "Il ne cite aucun e-mail parti d’ici.",
    Unread.NOT_A_RECIPIENT: "Il parle d’une adresse à laquelle cet e-mail n’est pas parti : il n’est pas cru.",
    Unread.SEVERAL: "Il parle de plusieurs adresses ou e-mails, sans dire lequel a échoué.",
}
READ_IT: Final = "Lisez-le dans la boîte."

ANSWERED: Final = {
    ReturnKind.ACCEPTED: "accepte",
    ReturnKind.DECLINED: "décline",
    ReturnKind.TENTATIVE: "répond « peut-être »",
}


def meaning(mail: ReceivedMail) -> str:
    """Why an e-mail came back, or is late, with the server's own words: a part of a sentence."""
    known = _MEANINGS.get(mail.code) or _CLASSES.get(mail.code.rpartition(".")[0]) or _NOT_DELIVERED
    if mail.kind is ReturnKind.DELAYED:
        known = "le serveur essaie encore"
    said = ", ".join(filter(None, (mail.code, f"« {mail.said} »" if mail.said else "")))
    return typographic(f"{known} ({said})" if said else known)
