"""What a mail server answers, and what it means in French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from eig_sheets.french import typographic
from eig_sheets.mail.outlets.base import Outcome, Receipt
from eig_sheets.mail.outlets.servers import quoted

_MEANINGS = {
    "1.1": "cette adresse n’existe pas",
    "1.2": "son domaine n’existe pas",
    "1.3": "cette adresse est mal écrite",
    "1.6": "cette personne a changé d’adresse",
    "1.10": "ce domaine ne reçoit pas d’e-mails",
    "2.1": "cette boîte est désactivée",
    "2.2": "cette boîte est pleine",
    "2.3": "le message est trop gros",
    "3.4": "le message est trop gros",
    "7.0": "une règle du serveur s’y oppose",
    "7.1": "une règle du serveur s’y oppose",
    "7.8": "il faut un identifiant et un mot de passe",
    "7.26": "le domaine de l’expéditeur n’est pas authentifié (SPF, DKIM, DMARC)",
}
_OLDER = {
    450: "cette boîte est indisponible pour le moment",
    451: "le serveur est en difficulté",
    452: "le serveur manque de place, ou trouve qu’il y a trop d’envois",
    530: "il faut un identifiant et un mot de passe",
    550: "le serveur n’en veut pas",
    552: "le message est trop gros, ou la boîte pleine",
    553: "cette adresse n’est pas permise",
    554: "le serveur n’en veut pas",
    421: "le serveur s’arrête, ou trouve qu’il y a trop d’envois",
}


class Answer(NamedTuple):
    """A code (-1: it was none) and the words that go with it."""

    code: int
    text: str

    @property
    def positive(self) -> bool:
        """Whether it is a yes."""
        return 200 <= self.code < 400

    @property
    def final(self) -> bool:
        """Whether it is a no for ever."""
        return 500 <= self.code < 600

    @property
    def why(self) -> str:
        """Its meaning, then the server's own words."""
        enhanced = re.match(r"[45]\.(\d{1,3}\.\d{1,3})\b", self.text)
        meaning = (enhanced and _MEANINGS.get(enhanced[1])) or _OLDER.get(self.code, "refus du serveur")
        return f"{meaning} (« {quoted(f'{self.code} {self.text}')} »)"


def refusal(what: str, answer: Answer) -> Receipt:
    """A whole message that the server does not take, now or ever: `what` says at which stage."""
    if answer.final:
        return receipt(Outcome.REFUSED, f"{what} : {answer.why}.")
    return receipt(Outcome.DEFERRED, f"{what} : {answer.why}. À réessayer plus tard.")


def all_refused(refusals: Mapping[str, Answer]) -> Receipt:
    """Nobody to send it to. One who may be written to later is enough to try again."""
    if all(answer.final for answer in refusals.values()):
        return receipt(Outcome.REFUSED, f"Rien n’a été envoyé. Refusé : {_each(refusals)}.")
    return receipt(Outcome.DEFERRED, f"Rien n’a été envoyé, à réessayer plus tard. Refusé : {_each(refusals)}.")


def taken(refusals: Mapping[str, Answer]) -> Receipt:
    """The server has the message, for all but those it refused."""
    return receipt(Outcome.SENT, f"Envoyé, sauf à : {_each(refusals)}." if refusals else "")


def receipt(outcome: Outcome, detail: str) -> Receipt:
    """A receipt in correct French."""
    return Receipt(outcome, typographic(detail))


def _each(refusals: Mapping[str, Answer]) -> str:
    return " ; ".join(f"{person}, {answer.why}" for person, answer in refusals.items())
