"""Whether a file is one that we made and nobody changed since: only such a file may be replaced.

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
_SEAL: Final = re.compile(re.escape(_MARK) + rb"([0-9a-f]{64})(?: -->\n)?\Z")
_LONGEST: Final = len(_MARK) + 64 + len(_END)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
"""What every part says of its making: an archive of the same parts is the same bytes."""


def sealed_page(page: str) -> bytes:
    """The bytes of a page, sealed."""
    data = page.encode() + b"<!-- " + _MARK
    return data + _digest(data) + _END


def sealed_archive(data: bytes) -> bytes:
    """An archive made again from the parts of another, in their order and without their dates, sealed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            about = zipfile.ZipInfo(name, _EPOCH)
            about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, _UNIX
            after.writestr(about, before.read(name))
        after.comment = _MARK + _digest(b"")
    unsealed = made.getvalue()[:-64]
    return unsealed + _digest(unsealed)


def is_untouched(data: bytes) -> bool:
    """Whether these bytes are sealed, and what they hold is what was sealed."""
    start = max(0, len(data) - _LONGEST)
    seal = _SEAL.search(data, start)
    return seal is not None and _digest(data[: seal.start(1)]) == seal[1]


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
