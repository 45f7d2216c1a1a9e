"""A real SMTP server at which things happen when the n-th message arrives, and who got what there."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

from tests.emails.outlets import local_smtp


@dataclass(frozen=True)
class ReceivedEmail:
    """One message as the server had it: for whom it was, and what it says."""

    people: tuple[str, ...]
    message: EmailMessage

    @property
    def to(self) -> list[str]:
        """The addresses that it shows."""
        shown = [str(one) for header in ("To", "Cc") for one in self.message.get_all(header, [])]
        return [address for _, address in getaddresses(shown)]

    @property
    def text(self) -> str:
        """What is read first."""
        return self.message.get_body(("plain",)).get_content()

    @property
    def invitation(self) -> bytes | None:
        """The appointment that comes with it."""
        for part in self.message.walk():
            if part.get_content_type() == "application/ics":
                return part.get_content()
        return None


@dataclass
class Post(local_smtp.Mailbox):
    """`when`: what happens as the message of that number (from 1) arrives, before the server says that it has it."""

    when: dict[int, Callable[[], object]] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.received: list[ReceivedEmail] = []
        self.heard = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.heard += 1
        self.when.get(self.heard, lambda: None)()
        self.answer = self.answers.get(self.heard, "250 OK")
        if self.answer.startswith("2"):
            read = message_from_bytes(envelope.content, policy=policy.default)
            self.received.append(ReceivedEmail(tuple(envelope.rcpt_tos), read))
        return await super().handle_DATA(server, session, envelope)

    @property
    def copies(self) -> Counter[str]:
        """How many copies each person got of everything."""
        return Counter(person for one in self.received for person in one.people)

    def of(self, person: str) -> list[ReceivedEmail]:
        """What one person got."""
        return [one for one in self.received if person in one.people]


class _Prompt(local_smtp.smtp.SMTP):
    """It acknowledges at once what it is sent: a client that sends a message in two parts waits for that."""

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        line = self.transport.get_extra_info("socket") if self.transport else None
        if line is not None:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


class _Office(local_smtp.Local):
    def factory(self) -> _Prompt:
        return _Prompt(self.handler, ident="essai", **self.options)


@contextmanager
def opened(post: Post | None = None, **options: Any) -> Iterator[tuple[Post, int]]:
    """A server that runs: what it has, and its port. `options`: as of tests.emails.outlets.local_smtp."""
    handler = post or Post()
    office = _Office(handler, **options)
    office.start()
    try:
        yield handler, office.where
    finally:
        office.stop()
