"""The versions of the co-financing table that were handed over, in the state folder, so that what changed can be told.

What each says is compressed. Nothing of it names anybody (`finance/handovers.py`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from datetime import date
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage.json_log import JsonLog, file_of

_UNUSABLE: Final = (
    "Les versions du co-financement {path} sont inutilisables ({cause}) : ce qui a changé depuis ne peut plus être "
    "dit. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs : les versions repartiront de 1."
)


class HandoverLog:
    """The versions of one workbook, from the first, in `folder`. `location` is the workbook's."""

    def __init__(self, folder: Path, location: str) -> None:
        self._log = JsonLog(file_of(folder, location, "cofinancement"), _UNUSABLE)

    def versions(self) -> list[tuple[date, str]]:
        """The day and the digest of each version; the first is number 1. Raises StateError."""
        return self._log.read(lambda one: (date.fromisoformat(one["day"]), str(one["digest"])))

    def content(self, number: int) -> dict[str, Any]:
        """What a version says. Raises StateError, IndexError when there is none of that number."""
        packed, digest = self._log.read(lambda one: (one["content"], one["digest"]))[number - 1]
        try:
            said = zlib.decompress(base64.b64decode(packed, validate=True))
            content: dict[str, Any] = json.loads(said)
        except (ValueError, TypeError, zlib.error) as error:
            raise self._log.error(error) from None
        if _digest(said) != digest:
            raise self._log.error("le contenu ne correspond plus à son empreinte")
        return content

    def add(self, day: date, content: dict[str, Any]) -> int:
        """Keep a version, unless the last one says the same; its number. Raises StateError."""
        stored = self._log.read(dict)
        said = json.dumps(content, sort_keys=True).encode()
        if stored and stored[-1].get("digest") == _digest(said):
            return len(stored)
        packed = base64.b64encode(zlib.compress(said, 9)).decode()
        self._log.write([*stored, {"day": day.isoformat(), "digest": _digest(said), "content": packed}])
        return len(stored) + 1


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()
