"""A mail server on this machine, and what it received."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


@contextmanager
def mailbox() -> Iterator[tuple[int, list[bytes]]]:
    """A mail server: its port, and what it received."""
    messages: list[bytes] = []

    class Handler:
        async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
            to = ", ".join(envelope.rcpt_tos)
            messages.append(f"MAIL FROM {envelope.mail_from} RCPT TO {to}\n".encode() + envelope.content)
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port, messages
    finally:
        controller.stop()
