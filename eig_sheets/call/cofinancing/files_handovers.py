"""The versions of the co-financing table that were handed over, in the state folder, so that what changed can be told.

What each says is compressed. Nothing of it names anybody (`finance/handovers.py`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from eig_sheets.storage.records import FormerJson, Record


@dataclass(frozen=True, slots=True)
class Handover:
    """A version: its day, the SHA-256 of its JSON, and that JSON, compressed, in Base64."""

    day: date
    digest: str
    content: str


class HandoverLog(Record[tuple[Handover, ...]]):
    """The versions of one workbook, from the first, in `folder`. Each method raises LedgerError."""

    name = "versions_cofinancement"
    value_type = tuple[Handover, ...]
    empty = ()
    former = FormerJson("cofinancement")
    unusable = (
        "Les versions du co-financement {path} sont inutilisables ({cause}) : ce qui a changé depuis ne peut plus "
        "être dit."
    )
    remedy = "Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs : les versions repartiront de 1."

    def versions(self) -> list[tuple[date, str]]:
        """The day and the digest of each version; the first is number 1."""
        return [(version.day, version.digest) for version in self.read()]

    def content(self, number: int) -> dict[str, Any]:
        """What a version says. Raises IndexError when there is none of that number."""
        version = self.read()[number - 1]
        try:
            said = zlib.decompress(base64.b64decode(version.content, validate=True))
            content: dict[str, Any] = json.loads(said)
        except (ValueError, TypeError, zlib.error) as error:
            raise self.error(error) from None
        if _digest(said) != version.digest:
            raise self.error("le contenu ne correspond plus à son empreinte")
        return content

    def add(self, day: date, content: dict[str, Any]) -> int:
        """Keep a version, unless the last one says the same; its number."""
        said = json.dumps(content, sort_keys=True).encode()
        new = Handover(day, _digest(said), base64.b64encode(zlib.compress(said, 9)).decode())

        def is_known(versions: tuple[Handover, ...]) -> bool:
            return bool(versions) and versions[-1].digest == new.digest

        before = self.change(lambda versions: versions if is_known(versions) else (*versions, new))
        return len(before) + (not is_known(before))


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()
