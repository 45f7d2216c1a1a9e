"""Whether a file is one that we made and nobody changed since: only such a file may be replaced.

What we make ends with the SHA-256 of what it holds: a page in a comment, a document in the comment of its archive. A
program that saves the document again, or a hand in the page, breaks it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

_MARK: Final = b"eig-sheets sha256:"
_SEAL: Final = re.compile(rb"<!-- " + _MARK + rb"([0-9a-f]{64}) -->\n\Z")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
"""What every part says of its making: an archive of the same parts is the same bytes."""


def sealed_page(page: str) -> bytes:
    """The bytes of a page, sealed."""
    data = page.encode()
    return data + b"<!-- " + _MARK + _digest(data) + b" -->\n"


def sealed_archive(data: bytes) -> bytes:
    """An archive made again from the parts of another, in their order and without their dates, sealed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            about = zipfile.ZipInfo(name, _EPOCH)
            about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, _UNIX
            archive.writestr(about, part)
        archive.comment = _MARK + _digest_of(parts)
    return made.getvalue()


def is_untouched(data: bytes) -> bool:
    """Whether these bytes are sealed, and what they hold is what was sealed."""
    if seal := _SEAL.search(data[-256:]):
        return _digest(data[: -len(seal[0])]) == seal[1]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.comment == _MARK + _digest_of({name: archive.read(name) for name in archive.namelist()})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return False  # whatever it is, it is not ours


def _digest_of(parts: Mapping[str, bytes]) -> bytes:
    return _digest(b"".join(name.encode() + b"\0" + _digest(data) for name, data in parts.items()))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
