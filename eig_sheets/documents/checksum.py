"""The checksum at the end of a report, which tells whether we made the file, unchanged since, and may replace it.

What we make ends with the SHA-256 of all that comes before: a page in a comment, a document in the comment of its
archive. A program that saves the document again, or a hand in the page, breaks it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import Final

_MARK: Final = b"eig-sheets sha256:"
_END: Final = b" -->\n"
_CHECKSUM: Final = re.compile(re.escape(_MARK) + rb"([0-9a-f]{64})(?: -->\n)?\Z")
_LONGEST: Final = len(_MARK) + 64 + len(_END)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
"""Constant metadata of every part, so that an archive of the same parts is the same bytes."""


def with_checksum(page: str) -> bytes:
    """The bytes of a page, with its checksum at the end."""
    data = page.encode() + b"<!-- " + _MARK
    return data + _digest(data) + _END


def archive_with_checksum(data: bytes) -> bytes:
    """An archive made again from the parts of another, in their order, without their dates; its checksum at the end."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            about = zipfile.ZipInfo(name, _EPOCH)
            about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, _UNIX
            after.writestr(about, before.read(name))
        after.comment = _MARK + _digest(b"")
    content = output.getvalue()[:-64]
    return content + _digest(content)


def is_unchanged(data: bytes) -> bool:
    """Whether these bytes end with their own checksum."""
    start = max(0, len(data) - _LONGEST)
    match = _CHECKSUM.search(data, start)
    return match is not None and _digest(data[: match.start(1)]) == match[1]


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
