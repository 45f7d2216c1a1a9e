"""The zip package of an .xlsx file: parts that do not change keep their compressed bytes."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from eig_sheets.spreadsheet.xlsx.content_types import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    TYPES_BY_EXTENSION,
    ContentTypes,
    extension_of,
    normalised,
)
from eig_sheets.spreadsheet.xlsx.markup import (
    DamagedError,
    Element,
    TooLargeError,
    escape_attribute,
    insert_inside,
    prefix_of,
    scan,
    splice,
    utf8,
)

_MAX_SIZE = 1 << 30
_MAX_XML_SIZE = 96 << 20
"""Bytes of XML that are read: two million cells. Several copies are in memory at a time."""
_MEDIA = "xl/media/"
_LARGE_SIZE, _MAX_RATIO = 1 << 25, 300  # XML compresses 10 to 50 times, a zip bomb a thousand
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: `kind` is the last word of its type, `target` a part's name (or an external URL)."""

    id: str
    kind: str
    type: str
    target: str
    element: Element


class Package:
    """The parts of an .xlsx file. Raises DamagedError when they cannot be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OverflowError) as error:
            raise DamagedError(str(error)) from None
        self._archive = archive
        self._entries = {info.filename: info for info in archive.infolist() if not info.is_dir()}
        self._changed: dict[str, bytes | None] = {}
        self._cache: dict[str, bytes] = {}
        self._names = {normalised(name): name for name in self._entries}
        self._types: tuple[bytes, ContentTypes] | None = None
        self._refuse_zip_bomb()

    def _refuse_zip_bomb(self) -> None:
        total = sum(info.file_size for info in self._entries.values())
        if total > _MAX_SIZE or (total > _LARGE_SIZE and total > _MAX_RATIO * len(self._data)):
            raise TooLargeError("absurd decompression ratio")
        if sum(info.file_size for name, info in self._entries.items() if not name.startswith(_MEDIA)) > _MAX_XML_SIZE:
            raise TooLargeError("too much XML")
        if any(info.flag_bits & 0x1 for info in self._entries.values()):
            raise DamagedError("encrypted entries")

    def __iter__(self) -> Iterator[str]:
        """The names of the parts, in the order of the file, new ones last."""
        yield from (name for name in self._entries if self._changed.get(name, b"") is not None)
        yield from (name for name, data in self._changed.items() if name not in self._entries and data is not None)

    def __contains__(self, name: str) -> bool:
        real = self._real(name)
        if real in self._changed:
            return self._changed[real] is not None
        return real in self._entries

    def _real(self, name: str) -> str:
        return self._names.get(normalised(name), name)

    def raw(self, name: str) -> bytes:
        """The bytes of a part, unconverted. Raises DamagedError."""
        real = self._real(name)
        changed = self._changed.get(real)
        if changed is not None:
            return changed
        if real not in self:
            raise DamagedError(f"missing part {name}")
        if real not in self._cache:
            self._cache[real] = self._extracted(real)
        return self._cache[real]

    def _extracted(self, real: str) -> bytes:
        try:
            return self._archive.read(real)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise DamagedError(f"{real}: {error}") from None

    def read(self, name: str) -> bytes:
        """The bytes of an XML part, in UTF-8. Raises DamagedError."""
        return utf8(self.raw(name))

    def write(self, name: str, data: bytes) -> None:
        """Replace the bytes of a part, or add it."""
        real = self._real(name)
        self._names[normalised(real)] = real
        self._changed[real] = data

    def remove(self, name: str) -> None:
        """Remove a part, its relationships and their Overrides of content types."""
        for real in (self._real(name), self._real(relations_part(name))):
            if real in self:
                self._changed[real] = None
                self._retype(self.content_types.without_override(real))

    def free_name(self, pattern: str) -> str:
        """The first unused name, of a part or an Override; `pattern` has one `{}`."""
        number = 1
        while pattern.format(number) in self or self.content_types.has_override(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, owner: str) -> list[Relation]:
        """The relationships of a part ('' for the package itself)."""
        name = relations_part(owner)
        if name not in self:
            return []
        return [_relation(owner, element) for element in scan(self.read(name)).all("Relationship")]

    def relate(self, owner: str, kind_type: str, target: str) -> str:
        """Add a relationship to a part; returns its id."""
        name = relations_part(owner)
        taken = {relation.id for relation in self.relations(owner)}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        if name not in self:
            self.write(name, EMPTY_RELATIONS)
            self.declare(name, RELATIONSHIPS)
        data = self.read(name)
        root = scan(data)
        relation = f'Relationship Id="rId{number}" Type="{kind_type}" Target="/{escape_attribute(target)}"'
        new = f"<{prefix_of(data, root)}{relation}/>"
        self.write(name, splice(data, [insert_inside(data, root, new.encode())]))
        return f"rId{number}"

    def unrelate(self, owner: str, target: str) -> None:
        """Remove the relationships of a part to another one."""
        name = relations_part(owner)
        edits = [(r.element.start, r.element.end, b"") for r in self.relations(owner) if r.target == target]
        if edits:
            self.write(name, splice(self.read(name), edits))

    def remove_relations(self, owner: str) -> None:
        """Remove all relationships of a part."""
        self.remove(relations_part(owner))

    def same_part(self, other: Package, name: str) -> bool:
        """Whether a part has the same bytes in two files as they were opened; decompresses only if needed."""
        mine, theirs = self._entries[self._real(name)], other._entries[other._real(name)]
        if (mine.CRC, mine.file_size) != (theirs.CRC, theirs.file_size):
            return False
        if mine.compress_type == theirs.compress_type and self._compressed(mine) == other._compressed(theirs):
            return True
        return self.raw(name) == other.raw(name)

    @property
    def content_types(self) -> ContentTypes:
        """The current [Content_Types].xml. Raises DamagedError."""
        data = self.read(CONTENT_TYPES)
        if self._types is None or self._types[0] != data:
            self._types = data, ContentTypes(data)
        return self._types[1]

    def declare(self, name: str, content_type: str) -> None:
        """Set the content type of a part."""
        self._retype(self.content_types.with_type(name, content_type))

    def declare_untyped(self) -> None:
        """Set the content type of parts without one, by their extension: an earlier version added some."""
        for name in [*self]:
            content_type = TYPES_BY_EXTENSION.get(extension_of(name))
            if content_type and not self.content_types.type_of(name):
                self.declare(name, content_type)

    def _retype(self, data: bytes) -> None:
        if data != self.read(CONTENT_TYPES):
            self.write(CONTENT_TYPES, data)

    def drop(self, owner: str, target: str) -> None:
        """Remove a part, its Override, and its owner's relationship to it."""
        self.remove(target)
        self.unrelate(owner, target)

    def to_bytes(self) -> bytes:
        """The package as a zip file."""
        self.declare_untyped()
        writer = _ZipWriter()
        for name in self:
            changed = self._changed.get(name)
            info = self._entries.get(name)
            if changed is not None:
                writer.add(name, changed, info.date_time if info else _EPOCH)
            elif info is not None:
                writer.copy(info, self._compressed(info))
        return writer.finish()

    def _compressed(self, info: zipfile.ZipInfo) -> bytes:
        header = self._data[info.header_offset : info.header_offset + 30]
        if header[:4] != b"PK\x03\x04":
            raise DamagedError(f"local header of {info.filename}")
        start = info.header_offset + 30 + sum(struct.unpack("<HH", header[26:30]))
        data = self._data[start : start + info.compress_size]
        if len(data) < info.compress_size:
            raise DamagedError(f"{info.filename} is cut")
        return data


def relations_part(owner: str) -> str:
    """xl/workbook.xml → xl/_rels/workbook.xml.rels; '' → _rels/.rels."""
    folder, name = posixpath.split(owner)
    return posixpath.join(folder, "_rels", name + ".rels")


def _relation(owner: str, element: Element) -> Relation:
    attributes = element.attributes
    target = attributes.get("Target", "")
    if attributes.get("TargetMode") != "External":
        path = unquote(target.replace("\\", "/"))
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), path)).lstrip("/")
    kind = attributes.get("Type", "")
    return Relation(attributes.get("Id", ""), re.split("[/]", kind)[-1], kind, target, element)


EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class _ZipWriter:
    """A writer of zip files that copies entries without compressing them again, which zipfile cannot."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._directory: list[bytes] = []
        self._offset = 0

    def add(self, name: str, data: bytes, when: tuple[int, int, int, int, int, int]) -> None:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        encoded = name.encode()
        flags = 0 if name.isascii() else 0x800
        self._entry(encoded, (flags, zipfile.ZIP_DEFLATED, when, zlib.crc32(data), len(data)), packed, 0)

    def copy(self, info: zipfile.ZipInfo, packed: bytes) -> None:
        flags = info.flag_bits & ~0x8
        encoded = info.orig_filename.encode("utf-8" if flags & 0x800 else "cp437")
        fields = (flags, info.compress_type, info.date_time, info.CRC, info.file_size)
        self._entry(encoded, fields, packed, info.external_attr)

    def _entry(
        self, name: bytes, fields: tuple[int, int, tuple[int, ...], int, int], packed: bytes, attributes: int
    ) -> None:
        flags, method, when, checksum, size = fields
        day = (when[0] - 1980) << 9 | when[1] << 5 | when[2]
        clock = when[3] << 11 | when[4] << 5 | when[5] // 2
        common = struct.pack("<HHHHHIIIHH", 20, flags, method, clock, day, checksum, len(packed), size, len(name), 0)
        self._pieces += (b"PK\x03\x04" + common + name, packed)
        rest = struct.pack("<HHHII", 0, 0, 0, attributes, self._offset)
        self._directory.append(b"PK\x01\x02" + struct.pack("<H", 20) + common + rest + name)
        self._offset += 30 + len(name) + len(packed)

    def finish(self) -> bytes:
        directory = b"".join(self._directory)
        count = len(self._directory)
        end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), self._offset, 0)
        return b"".join((*self._pieces, directory, end))
