"""What a ranking was computed from, without a name, in the state folder: it outlives personal data (guarantee G12)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from eig_sheets.storage.json_log import JsonLog, file_of

_UNUSABLE: Final = (
    "Le classement conservé {path} est inutilisable ({cause}) : il ne prouve plus rien. Rétablissez ce fichier d’une "
    "sauvegarde, ou déplacez-le ailleurs."
)


class RankingRecordFile:
    """The records of one workbook's rankings, oldest first, in `folder`. `location` is the workbook's.

    Each is JSON under the SHA-256 of it: « digest » and « content ».
    """

    def __init__(self, folder: Path, location: str) -> None:
        self._log = JsonLog(file_of(folder, location, "classement"), _UNUSABLE)

    def contents(self) -> list[dict[str, Any]]:
        """Every record that is as it was written. Raises StateError when one is not."""
        stored = self._log.read(lambda one: (one["content"], one["digest"] == _digest(one["content"])))
        if not all(genuine for _, genuine in stored):
            raise self._log.error("le contenu ne correspond plus à son empreinte")
        return [content for content, _ in stored]

    def add(self, content: dict[str, Any]) -> bool:
        """Record a ranking, unless the last one is the same; whether it was recorded. Raises StateError."""
        known = self.contents()
        written = json.loads(json.dumps(content))
        if known and known[-1] == written:
            return False
        self._log.write([{"digest": _digest(one), "content": one} for one in (*known, written)])
        return True


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
