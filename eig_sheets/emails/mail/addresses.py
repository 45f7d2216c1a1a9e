"""E-mail addresses as people type them: read, checked, and written as they travel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from eig_sheets.emails.mail.filters import one_line
from eig_sheets.text.french import typographic

_LONGEST = 254  # RFC 5321, 4.5.3.1.3, without its angle brackets
_LONGEST_LOCAL_PART = 64
_LONGEST_QUOTED = 80
_FORBIDDEN = re.compile(r"""[\s()<>\[\]\\,;:"]""")
_BETWEEN_SEMICOLONS = re.compile(r"""(?:"[^"]*"|[^;"]|")+""")
_BETWEEN_COMMAS = re.compile(r"""(?:"[^"]*"|[^,"]|")+""")
_LABEL = r"[A-Za-z0-9]{1,30}(?:-[A-Za-z0-9]{1,30})?"
_ORDINARY = re.compile(rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:{_LABEL}\.){{1,4}}[A-Za-z]{{2,20}}")
"""What the library, ten times slower, would also accept, but for domains reserved for tests (exemple.invalid)."""


class AddressError(ValueError):
    """A text is not an address that can be written to. The message, in French, quotes it and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Address:
    """A person's name, which may be empty, and address: as it is read, and as it travels (a domain in punycode)."""

    name: str
    address: str
    wire: str


def addresses(text: str, *, accents: bool = False) -> list[Address]:
    """The addresses of a text, each once, in its order: « a@example.org ; Nom <b@example.org> », « , », line breaks.

    `accents`: whether what sends takes accents before the « @ » (SMTPUTF8). Raises AddressError.
    """
    by_wire: dict[str, Address] = {}
    for written in _written(text):
        name, typed = _named(written) if _is_named(written) else ("", written)
        address = _address(name, typed.removeprefix("mailto:"), accents=accents)
        by_wire.setdefault(address.wire.casefold(), address)
    return list(by_wire.values())


def checked(address: str, *, accents: bool = False) -> str:
    """The address alone as it is best written: its domain in small letters and readable. Raises AddressError."""
    return _address("", address, accents=accents).address


def is_ordinary(text: str) -> bool:
    """Whether a text is an address of the usual form; others may be valid too."""
    return len(text) <= _LONGEST_LOCAL_PART and _ORDINARY.fullmatch(text) is not None


def wire(address: str) -> str:
    """An address, or « @domaine », as two spellings of it compare: in lower case, its domain as it travels."""
    local, at, domain = address.strip().rpartition("@")
    try:
        [parsed] = addresses(f"{local or 'x'}{at}{domain}", accents=True)
    except (AddressError, ValueError):
        return address.strip().casefold()
    return (parsed.wire if local else parsed.wire.removeprefix("x")).casefold()


def _written(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for group in _BETWEEN_SEMICOLONS.findall(_visible(line)):
            yield from _apart(_BETWEEN_COMMAS.findall(group))


def _visible(line: str) -> str:
    # Pages and spreadsheets slip characters that nobody sees into what is copied from them.
    spaced = (" " if character.isspace() else character for character in line)
    return "".join(character for character in spaced if unicodedata.category(character) not in ("Cc", "Cf"))


def _apart(pieces: list[str]) -> Iterator[str]:
    # « Durand, Camille <c@example.org> » is one person.
    waiting: list[str] = []
    for piece in filter(None, map(str.strip, pieces)):
        waiting.append(piece)
        if "@" in piece:
            yield from [", ".join(waiting)] if _is_named(piece) else waiting
            waiting = []
    yield from waiting


def _is_named(text: str) -> bool:
    return "<" in text and text.endswith(">")


def _named(text: str) -> tuple[str, str]:
    name, _, address = text[:-1].rpartition("<")
    return " ".join(name.replace('"', " ").split()), address.strip()


def _address(name: str, text: str, *, accents: bool) -> Address:
    if is_ordinary(text):
        local, _, domain = text.partition("@")
        ordinary = f"{local}@{domain.lower()}"
        return Address(name, ordinary, ordinary)
    if wrong := _wrong(text, accents=accents):
        raise _refused(text, wrong)
    # Forty milliseconds, which only unusual addresses pay.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    try:
        valid = validate_email(text, allow_smtputf8=accents, check_deliverability=False)
    except EmailNotValidError:
        raise _refused(text, "vérifiez-la") from None
    return Address(name, valid.normalized, f"{valid.ascii_local_part or valid.local_part}@{valid.ascii_domain}")


def _refused(text: str, wrong: str) -> AddressError:
    quoted = one_line(text[:_LONGEST_QUOTED]) + ("…" if len(text) > _LONGEST_QUOTED else "")
    return AddressError(typographic(f"« {quoted} » n’est pas une adresse valable : {wrong}."))


def _wrong(text: str, *, accents: bool) -> str | None:
    """The likely mistake in an address, in French; None when no common one is found."""
    local, _, domain = text.rpartition("@")
    strange = _FORBIDDEN.search(text)
    checks = (
        (not text, "il n’y a rien"),
        (not text.isprintable() and not _FORBIDDEN.search(text), "elle contient un caractère invisible"),
        ("@" not in text, "il manque « @ »"),
        (strange is not None, f"{_shown(strange[0]) if strange else ''} n’y a pas sa place"),
        ("@" in local, "elle contient plusieurs « @ »"),
        (not local, "il manque ce qui précède « @ »"),
        (not domain, "il manque ce qui suit « @ »"),
        (len(text) > _LONGEST, f"elle a plus de {_LONGEST} caractères"),
        (len(local) > _LONGEST_LOCAL_PART, f"ce qui précède « @ » a plus de {_LONGEST_LOCAL_PART} caractères"),
        (".." in text, "deux points s’y suivent"),
        (text[:1] == "." or local[-1:] == "." or "." in (domain[:1], domain[-1:]), "un point est mal placé"),
        ("." not in domain, f"le domaine « {domain} » est incomplet (exemple : example.org)"),
        (not local.isascii() and not accents, "les lettres accentuées avant « @ » ne passent pas partout"),
    )
    return next((wrong for applies, wrong in checks if applies), None)


def _shown(character: str) -> str:
    return "un espace" if character.isspace() else f"« {character} »"
