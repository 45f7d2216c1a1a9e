"""An SMTP session: one command at a time, and the server's answers as receipts in French.

smtplib's own `sendmail` does not say where it stopped.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eig_sheets.emails.outlets.base import DeliveryOutcome, Receipt, receipt
from eig_sheets.emails.outlets.servers import quoted

_GO_ON = 354
_DOT = re.compile(rb"^\.", re.MULTILINE)
_GOODBYE_SECONDS = 5
_LONGER_AT_THE_END = 10
"""RFC 5321, 4.5.3.2.6: ten minutes after the final dot, for who leaves before does not know what became of it."""
CUT = (smtplib.SMTPException, OSError)
"""What a connection that is lost raises."""

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


class LostError(Exception):
    """The connection is lost; the message was surely not handed over."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The sender, the recipients, those of them without whom nothing is sent, and the bytes."""

    sender: str
    recipients: Sequence[str]
    main: Collection[str]
    data: bytes
    accents: bool = False


class Session:
    """An open connection, let in. `usable` ends with the connection, or with an answer that means nothing."""

    def __init__(self, client: smtplib.SMTP, answer_seconds: float) -> None:
        self._client = client
        self._answer_seconds = answer_seconds
        self.usable = True

    def offers(self, extension: str) -> bool:
        """Whether the server announced an extension."""
        return self._client.has_extn(extension)

    def ready(self) -> bool:
        """Whether the server still answers, with no message begun."""
        with contextlib.suppress(LostError):
            return self.usable and self._ask("RSET").positive
        return False

    def transfer(self, envelope: Envelope) -> Receipt:
        """One message. Raises LostError."""
        answer = self._ask(f"MAIL FROM:<{envelope.sender}>{self._options(envelope)}")
        if not answer.positive:
            return self._aborted(not_accepted(f"L’expéditeur « {envelope.sender} » n’est pas accepté", answer))
        answers = {person: self._ask(f"RCPT TO:<{person}>") for person in envelope.recipients}
        rejected = {person: answer for person, answer in answers.items() if not answer.positive}
        main = {person: answer for person, answer in rejected.items() if person in envelope.main}
        if len(main) == len(envelope.main):
            return self._aborted(all_rejected(rejected))
        answer = self._ask("DATA")
        if not answer.positive:
            return self._aborted(not_accepted("Le message n’est pas accepté", answer))
        self._hand_over(_DOT.sub(b"..", envelope.data))
        ended = self._completed(rejected)
        self.usable = self.usable and ended.outcome is not DeliveryOutcome.UNCERTAIN
        return ended

    def close(self, *, politely: bool) -> None:
        """End the conversation; never raises."""
        with contextlib.suppress(*CUT):
            if politely and self.usable:
                self._wait(_GOODBYE_SECONDS)
                self._client.docmd("QUIT")
        with contextlib.suppress(*CUT):
            self._client.close()

    def _wait(self, seconds: float) -> None:
        if self._client.sock:
            self._client.sock.settimeout(seconds)

    def _options(self, envelope: Envelope) -> str:
        size = f" SIZE={len(envelope.data)}" if self.offers("size") else ""
        return size + (" SMTPUTF8" if envelope.accents else "")

    def _ask(self, command: str) -> Answer:
        # Where an answer means nothing, who goes on does not know who has been accepted.
        expected = _GO_ON // 100 if command == "DATA" else 2
        with contextlib.suppress(*CUT):
            answer = ask(self._client, command)
            if answer.code // 100 in (expected, 4, 5):
                return answer
        self.usable = False
        raise LostError

    def _aborted(self, why: Receipt) -> Receipt:
        self.usable = self.ready()
        return why

    def _hand_over(self, data: bytes) -> None:
        # Without the final dot, which goes alone: as long as it has not left, the server has no message.
        try:
            self._client.send(data)
        except CUT:
            self.usable = False
            raise LostError from None

    def _completed(self, rejected: dict[str, Answer]) -> Receipt:
        try:
            self._wait(self._answer_seconds * _LONGER_AT_THE_END)
            answer = ask(self._client, ".")
            self._wait(self._answer_seconds)
        except CUT:
            return receipt(
                DeliveryOutcome.UNCERTAIN, "La connexion a été coupée avant que le serveur dise s’il a le message."
            )
        if 200 <= answer.code < 300:
            return accepted(rejected)
        if 400 <= answer.code < 600:
            return not_accepted("Le message n’est pas accepté", answer)
        return receipt(DeliveryOutcome.UNCERTAIN, "Le serveur n’a pas dit clairement s’il a le message.")


class Answer(NamedTuple):
    """A reply of the server: its code (-1: it had none) and its text."""

    code: int
    text: str

    @property
    def positive(self) -> bool:
        """Whether the command succeeded (2xx, 3xx)."""
        return 200 <= self.code < 400

    @property
    def final(self) -> bool:
        """Whether it is a permanent failure (5xx)."""
        return 500 <= self.code < 600

    @property
    def why(self) -> str:
        """Its meaning, then the server's own words."""
        enhanced = re.match(r"[45]\.(\d{1,3}\.\d{1,3})\b", self.text)
        meaning = (enhanced and _MEANINGS.get(enhanced[1])) or _OLDER.get(self.code, "refus du serveur")
        return f"{meaning} (« {quoted(f'{self.code} {self.text}')} »)"


def not_accepted(failure: str, answer: Answer) -> Receipt:
    """The receipt of a message that the server does not accept, now or ever: `failure` says at which stage."""
    if answer.final:
        return receipt(DeliveryOutcome.REFUSED, f"{failure} : {answer.why}.")
    return receipt(DeliveryOutcome.DEFERRED, f"{failure} : {answer.why}. À réessayer plus tard.")


def all_rejected(rejected: Mapping[str, Answer]) -> Receipt:
    """The receipt when every recipient was rejected: one temporary rejection is enough to try again."""
    if all(answer.final for answer in rejected.values()):
        return receipt(DeliveryOutcome.REFUSED, f"Rien n’a été envoyé. Refusé : {_rejections_text(rejected)}.")
    return receipt(
        DeliveryOutcome.DEFERRED, f"Rien n’a été envoyé, à réessayer plus tard. Refusé : {_rejections_text(rejected)}."
    )


def accepted(rejected: Mapping[str, Answer]) -> Receipt:
    """The receipt of a message that the server has, with the recipients that it rejected."""
    return receipt(DeliveryOutcome.SENT, f"Envoyé, sauf à : {_rejections_text(rejected)}." if rejected else "")


def _rejections_text(rejected: Mapping[str, Answer]) -> str:
    return " ; ".join(f"{person}, {answer.why}" for person, answer in rejected.items())


def ask(client: smtplib.SMTP, command: str) -> Answer:
    """The answer of the server to a command."""
    return Answer(*plain(client.docmd(command)))


def plain(answer: tuple[int, bytes]) -> tuple[int, str]:
    """The code and the words of smtplib's answers."""
    return answer[0], answer[1].decode("utf-8", "replace")
