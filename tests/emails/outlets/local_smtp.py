"""A real SMTP server, aiosmtpd, on a free port of this machine, and what arrived there."""

import socket
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

WITHOUT = "aiosmtpd is not installed, so nothing is sent to a real SMTP server (another test has a scripted one)."
smtp = pytest.importorskip("aiosmtpd.smtp", reason=WITHOUT)
Controller = pytest.importorskip("aiosmtpd.controller", reason=WITHOUT).Controller

SECRET = "mot de passe à accents"


class Mailbox:
    """What arrived, and the refusals: an answer for an address, or for the message."""

    def __init__(self):
        self.arrived, self.refused, self.answer = [], {}, "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer.startswith("2"):
            self.arrived.append(SimpleNamespace(envelope=envelope, tls=session.ssl, login=session.auth_data))
        return self.answer


def let_in(server, session, envelope, mechanism, auth_data):
    good = (auth_data.login, auth_data.password) == (b"robot", SECRET.encode())
    return smtp.AuthResult(success=good, handled=False, auth_data=auth_data.login.decode())


class Local(Controller):
    """aiosmtpd on a free port of this machine."""

    def __init__(self, handler, *, implicit=None, **options):
        self.implicit, self.options = implicit, options
        super().__init__(handler, hostname="127.0.0.1", port=0, ssl_context=implicit)

    def factory(self):
        return smtp.SMTP(self.handler, ident="essai", **self.options)

    def _trigger_server(self):
        """Show the loop that somebody connects, at the port that it chose."""
        socket.create_connection((self.hostname, self.where)).close()

    @property
    def where(self):
        return self.server.sockets[0].getsockname()[1]


@contextmanager
def started(**options):
    """A server that runs: its handler and its port."""
    handler = Mailbox()
    local = Local(handler, **options)
    local.start()
    try:
        yield handler, local.where
    finally:
        local.stop()
