"""XML as bytes: the offsets of each element, and edits that leave every other byte unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

Edit = tuple[int, int, bytes]
"""A replacement: (start offset, end offset, new bytes)."""


class DamagedError(Exception):
    """A malformed part or package. The message is for the log, not for people."""


class TooLargeError(DamagedError):
    """A package that would take too much memory. `tab` and `cell`: which tab, and how far it goes, when it is one."""

    def __init__(self, what: str, tab: str = "", cell: str = "") -> None:
        super().__init__(what)
        self.tab, self.cell = tab, cell


@dataclass(slots=True)
class Element:
    """One element of a part, by local name. Attributes with a namespace are named `{namespace}local`.

    `start`…`end` is the whole element, `inner`…`close` what is between its tags (equal when the element is `<x/>`).
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def find(self, *names: str) -> Element | None:
        """The first child of the first name, then its first child of the next name, and so on."""
        element: Element | None = self
        for name in names:
            element = next((child for child in element.children if child.name == name), None) if element else None
        return element

    def all(self, name: str) -> list[Element]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Element]:
        """The element and everything inside it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


_QUOTED = rb"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_TAG = re.compile(rb"<[^\s/>]++" + _QUOTED + rb">")


def _refuse_doctype(*_: object) -> NoReturn:
    raise DamagedError("DOCTYPE")


def check(data: bytes) -> None:
    """Raise DamagedError unless the bytes are well-formed XML without a DOCTYPE."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DamagedError(str(error)) from None


_MOST_ELEMENTS, _DEEPEST = 500_000, 100
_LONGEST_TEXT = 1 << 22


def scan(data: bytes) -> Element:
    """The tree of a small part. Raises DamagedError, TooLargeError."""
    left = _MOST_ELEMENTS
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    stack = [Element("", "", {}, 0)]

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if len(stack) > _DEEPEST:
            raise DamagedError(f"more than {_DEEPEST} levels")
        if left < 0:
            raise TooLargeError(f"more than {_MOST_ELEMENTS} elements")
        space, _, local = name.rpartition("}")
        start = parser.CurrentByteIndex
        tag = _TAG.match(data, start)
        named = {("{" + key if "}" in key else key): value for key, value in attributes.items()}
        element = Element(local, space, named, start, tag.end() if tag else start)
        stack[-1].children.append(element)
        stack.append(element)

    def closed(_: str) -> None:
        element = stack.pop()
        empty = data[element.inner - 2 : element.inner] == b"/>"
        element.close = element.inner if empty else parser.CurrentByteIndex
        element.end = element.inner if empty else data.index(b">", element.close) + 1

    def characters(text: str) -> None:
        stack[-1].text += text

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DamagedError(str(error)) from None
    return stack[0].children[0]


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes after non-overlapping edits; edits at one offset keep their order."""
    pieces: list[bytes] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (data[done:start], new)
        done = end
    return b"".join((*pieces, data[done:]))


def prefix_of(data: bytes, element: Element) -> str:
    """The namespace prefix of the element's tag, `x:` or ''."""
    tag = data[element.start + 1 : element.inner]
    name = re.match(rb"[^\s/>]+", tag)
    prefix, colon, _ = (name[0] if name else b"").rpartition(b":")
    return (prefix + colon).decode()


def set_attribute(data: bytes, element: Element, name: str, value: str | None) -> Edit:
    """The edit that sets an attribute without namespace; None removes it."""
    tag = data[element.start : element.inner]
    match = re.search(rb"\s" + name.encode() + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""", tag)
    new = b"" if value is None else f' {name}="{escape_attribute(value)}"'.encode()
    if match:
        return element.start + match.start(), element.start + match.end(), new
    place = element.inner - (2 if tag.endswith(b"/>") else 1)
    return place, place, new


def with_attributes(data: bytes, **attributes: str) -> bytes:
    """The bytes of one element with other values of its attributes."""
    for name, value in attributes.items():
        data = splice(data, [set_attribute(data, Element("", "", {}, 0, data.index(b">") + 1), name, value)])
    return data


def insert_inside(data: bytes, element: Element, new: bytes) -> Edit:
    """The edit that adds bytes after the last child; `<x/>` is split in two tags if needed."""
    if element.close > element.inner or data[element.inner - 2 : element.inner] != b"/>":
        return element.close, element.close, new
    name = prefix_of(data, element) + element.name
    return element.inner - 2, element.inner, b">" + new + f"</{name}>".encode()


_SPECIAL = re.compile("[&<>_\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def escape_text(text: str) -> str:
    """Text escaped for the content of an element; characters that XML forbids become `_xHHHH_`, as in Excel."""
    if not _SPECIAL.search(text):
        return text
    text = _SURROGATE.sub("\ufffd", _LOOKS_ESCAPED.sub("_x005F_", text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def escape_attribute(text: str) -> str:
    """Text escaped for an attribute in double quotes."""
    return escape_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _referred(match: re.Match[str]) -> str:
    name = match[1]
    if name.startswith("#"):
        return chr(int("0" + name[1:], 0) if name[1] == "x" else int(name[1:]))
    return _ENTITIES[name]


def unescape(raw: bytes) -> str:
    """The text of character data without markup, as an XML parser gives it."""
    if len(raw) > _LONGEST_TEXT:  # a hundred times what a cell may hold
        raise TooLargeError(f"a text of {len(raw)} bytes")
    text = raw.decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def unescape_text(raw: bytes) -> str:
    """The text that a spreadsheet program shows: `_xHHHH_` is decoded too."""
    text = unescape(raw)
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def utf8(data: bytes) -> bytes:
    """The part in UTF-8, which nearly every program writes, without a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _redeclared(data.decode("utf-16"))
    declared = re.match(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["']([\w.-]+)["']""", data)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"utf8"):
        try:
            return _redeclared(data.decode(declared[1].decode()))
        except (LookupError, UnicodeDecodeError):
            raise DamagedError(f"encoding {declared[1]!r}") from None
    return data.removeprefix(b"\xef\xbb\xbf")


def _redeclared(text: str) -> bytes:
    return re.sub(r"^(<\?xml[^>]*?encoding=[\"'])[\w.-]+", r"\1UTF-8", text, count=1).encode()
