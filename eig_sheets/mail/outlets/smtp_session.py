"""One conversation with a mail server, a command at a time: smtplib's own `sendmail` does not say where it stopped."""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eig_sheets.french import typographic
from eig_sheets.mail.outlets.base import Outcome, OutletError, Receipt
from eig_sheets.mail.outlets.servers import LOCAL_NAME, Security, Server, check, insecure, not_let_in, unreachable
from eig_sheets.mail.outlets.smtp_answers import Answer, all_refused, receipt, refusal, taken

_GO_ON = 354
_READY = 220
_LET_IN = 235
_NEXT = 334
_DOT = re.compile(rb"^\.", re.MULTILINE)
_GOODBYE_SECONDS = 5
_LONGER_AT_THE_END = 10
"""RFC 5321, 4.5.3.2.6: ten minutes after the final dot, for who leaves before does not know what became of it."""
_CUT = (smtplib.SMTPException, OSError)


class LostError(Exception):
    """The connection is lost; the message was surely not handed over."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who it is from, who gets it, those of them without whom there is no sending, and the bytes."""

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
            return self._given_up(refusal(f"L’expéditeur « {envelope.sender} » n’est pas accepté", answer))
        answers = {person: self._ask(f"RCPT TO:<{person}>") for person in envelope.recipients}
        refusals = {person: answer for person, answer in answers.items() if not answer.positive}
        main = {person: answer for person, answer in refusals.items() if person in envelope.main}
        if len(main) == len(envelope.main):
            return self._given_up(all_refused(refusals))
        answer = self._ask("DATA")
        if not answer.positive:
            return self._given_up(refusal("Le message n’est pas accepté", answer))
        self._hand_over(_DOT.sub(b"..", envelope.data))
        ended = self._ended(refusals)
        self.usable = self.usable and ended.outcome is not Outcome.UNCERTAIN
        return ended

    def close(self, *, politely: bool) -> None:
        """End the conversation; never raises."""
        with contextlib.suppress(*_CUT):
            if politely and self.usable:
                self._wait(_GOODBYE_SECONDS)
                self._client.docmd("QUIT")
        with contextlib.suppress(*_CUT):
            self._client.close()

    def _wait(self, seconds: float) -> None:
        if self._client.sock:
            self._client.sock.settimeout(seconds)

    def _options(self, envelope: Envelope) -> str:
        size = f" SIZE={len(envelope.data)}" if self.offers("size") else ""
        return size + (" SMTPUTF8" if envelope.accents else "")

    def _ask(self, command: str) -> Answer:
        # Where an answer means nothing, who goes on does not know who has been accepted.
        wanted = _GO_ON // 100 if command == "DATA" else 2
        with contextlib.suppress(*_CUT):
            answer = _asked(self._client, command)
            if answer.code // 100 in (wanted, 4, 5):
                return answer
        self.usable = False
        raise LostError

    def _given_up(self, why: Receipt) -> Receipt:
        self.usable = self.ready()
        return why

    def _hand_over(self, data: bytes) -> None:
        # Without the final dot, which goes alone: as long as it has not left, the server has no message.
        try:
            self._client.send(data)
        except _CUT:
            self.usable = False
            raise LostError from None

    def _ended(self, refusals: dict[str, Answer]) -> Receipt:
        try:
            self._wait(self._answer_seconds * _LONGER_AT_THE_END)
            answer = _asked(self._client, ".")
            self._wait(self._answer_seconds)
        except _CUT:
            return receipt(Outcome.UNCERTAIN, "La connexion a été coupée avant que le serveur dise s’il a le message.")
        if 200 <= answer.code < 300:
            return taken(refusals)
        if 400 <= answer.code < 600:
            return refusal("Le message n’est pas accepté", answer)
        return receipt(Outcome.UNCERTAIN, "Le serveur n’a pas dit clairement s’il a le message.")


def opened(server: Server, password: str, context: ssl.SSLContext) -> Session:
    """A session, encrypted unless the server is this machine, and let in. Raises OutletError."""
    check(server)
    client = _Client(server, context)
    try:
        _greet(client, server, context)
        if server.user:
            _let_in(client, server, password)
    except OutletError:
        client.close()
        raise
    except _CUT as error:
        client.close()
        raise unreachable(server, error) from None
    return Session(client, server.answer_seconds)


class _Client(smtplib.SMTP):
    """smtplib's client, with a time-out for the connection and another, longer, for what is said on it."""

    def __init__(self, server: Server, context: ssl.SSLContext) -> None:
        super().__init__(local_hostname=LOCAL_NAME)
        self._server, self._context = server, context
        self._host = server.host  # the name that `starttls` wants in the certificate
        self.command_encoding = "utf-8"

    def _get_socket(self, host: str, port: int, _: float) -> socket.socket:
        made = socket.create_connection((host, port), self._server.connect_seconds)
        made.settimeout(self._server.answer_seconds)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the final dot alone would wait for an answer
        if self._server.security is Security.TLS:
            made = self._context.wrap_socket(made, server_hostname=host)
        return made


def _greet(client: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    answer = Answer(*_plain(client.connect(server.host, server.port)))
    if answer.code != _READY:
        raise _unwilling(server, answer)
    _introduce(client, server)
    if server.security is Security.STARTTLS:
        if not client.has_extn("starttls"):
            raise insecure(server)
        # It forgets what was said in clear, by anybody on the way.
        if client.starttls(context=context)[0] != _READY:
            raise insecure(server)
        _introduce(client, server)


def _introduce(client: smtplib.SMTP, server: Server) -> None:
    answer = Answer(*_plain(client.ehlo()))
    if not answer.positive:
        raise _unwilling(server, answer)


def _let_in(client: smtplib.SMTP, server: Server, password: str) -> None:
    # Not smtplib's: the error of its ASCII codec carries the password.
    ways = client.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in ways:
        answer = _asked(client, f"AUTH PLAIN {_b64(chr(0).join(('', server.user, password)))}")
    elif "LOGIN" in ways:
        answer = _asked(client, f"AUTH LOGIN {_b64(server.user)}")
        if answer.code == _NEXT:
            answer = _asked(client, _b64(password))
    else:
        raise OutletError(typographic(f"{server.shown} ne propose pas de s’identifier par un mot de passe."))
    if answer.final or answer.code == _NEXT:
        raise not_let_in(server, str(answer.code))
    if answer.code != _LET_IN:
        raise OutletError(
            typographic(f"{server.shown} n’identifie personne pour le moment (réponse {answer.code}) : réessayez.")
        )


def _unwilling(server: Server, answer: Answer) -> OutletError:
    return OutletError(typographic(f"{server.shown} ne veut pas de cette machine : {answer.why}."))


def _asked(client: smtplib.SMTP, command: str) -> Answer:
    return Answer(*_plain(client.docmd(command)))


def _plain(answer: tuple[int, bytes]) -> tuple[int, str]:
    return answer[0], answer[1].decode("utf-8", "replace")


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
