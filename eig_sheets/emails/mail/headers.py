"""Encoding of subjects and names in message headers, whatever is in them (RFC 2047).

The standard library takes the narrow no-break spaces of French for spaces, and writes « Aides : suite » with an encoded
word glued to its neighbours, which readers show as it is. It also decodes what people wrote like an encoded word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import base64mime, quoprimime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueAddressHeader, UniqueUnstructuredHeader
from email.policy import SMTP, Policy
from typing import Any, Final, cast

_LINE: Final = 76
_PAYLOAD: Final = 60  # an encoded word has 75 characters at most
_BEFORE: Final = float(len("Reply-To: "))
_PLAIN: Final = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*")
_ATOMS: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)


def encoded(text: str) -> list[str]:
    """The pieces of a text, between which a header may be folded: its words, or encoded words when it needs them."""
    return text.split(" ") if _is_plain(text) else _words(text)


def _is_plain(text: str) -> bool:
    return not text or (_PLAIN.fullmatch(text) is not None and "=?" not in text)


def _words(text: str) -> list[str]:
    data = text.encode()
    quoted = quoprimime.header_length(data) < base64mime.header_length(data)
    encode = quoprimime.header_encode if quoted else base64mime.header_encode
    return [encode(piece.encode(), "utf-8") for piece in _cut(text, quoted=quoted)]


def _cut(text: str, *, quoted: bool) -> Iterator[str]:
    start, taken = 0, _BEFORE
    for end, character in enumerate(text):
        data = character.encode()
        size = quoprimime.header_length(data) if quoted else len(data) * 4 / 3
        if taken + size > _PAYLOAD:
            yield text[start:end]
            start, taken = end, 0.0
        taken += size
    yield text[start:]


def _mailbox(person: Address, end: str) -> list[str]:
    if not person.display_name:
        return [f"{person.addr_spec}{end}"]
    return [*_name(person.display_name), f"<{person.addr_spec}>{end}"]


def _name(name: str) -> list[str]:
    if _is_plain(name) and _ATOMS.fullmatch(name):
        return name.split(" ")
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return [quoted] if _is_plain(name) and len(quoted) <= _PAYLOAD else _words(name)


def _folded(name: str, pieces: list[str], linesep: str) -> str:
    first, *others = pieces
    lines = [f"{name}: {first}"]
    for piece in others:
        if len(lines[-1]) + 1 + len(piece) > _LINE:
            lines.append("")
        lines[-1] += f" {piece}"
    return linesep.join(lines) + linesep


class _Text(UniqueUnstructuredHeader):
    """A text whose encoding is not interpreted."""

    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"], kwds["decoded"] = None, value

    def fold(self, *, policy: Policy) -> str:
        return _folded(self.name, encoded(str(self)), policy.linesep)


class _People(UniqueAddressHeader):
    """People, each name written or encoded as a header needs."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        *others, last = self.addresses
        pieces = [piece for person in others for piece in _mailbox(person, ",")]
        return _folded(self.name, pieces + _mailbox(last, ""), policy.linesep)


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    registry.map_to_type("subject", cast("type[BaseHeader]", _Text))  # the registry makes it one
    for header in ("from", "to", "cc", "reply-to"):
        registry.map_to_type(header, cast("type[BaseHeader]", _People))
    return registry


POLICY: Final = SMTP.clone(header_factory=_registry())
"""`email.policy.SMTP` with these subjects and people. Its clone with `utf8=True` writes addresses that have accents."""
