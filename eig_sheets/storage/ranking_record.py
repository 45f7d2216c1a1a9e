"""What a ranking was computed from, without a name, in the state folder: it outlives personal data (guarantee G12)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from eig_sheets.storage.former_files import FormerJson
from eig_sheets.storage.records import Record


@dataclass(frozen=True, slots=True)
class KeptRanking:
    """A ranking: JSON, and the SHA-256 of it."""

    digest: str
    content: dict[str, Any]


class RankingRecords(Record[tuple[KeptRanking, ...]]):
    """The records of one workbook's rankings, oldest first, in `folder`. Each method raises LedgerError."""

    name = "classement_pseudonyme"
    value_type = tuple[KeptRanking, ...]
    empty = ()
    former = FormerJson("classement")
    unusable = "Le classement conservé {path} est inutilisable ({cause}) : il ne prouve plus rien."
    remedy = "Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs."

    def contents(self) -> list[dict[str, Any]]:
        """Every record, each as it was written."""
        return self._genuine(self.read())

    def add(self, content: dict[str, Any]) -> bool:
        """Record a ranking, unless the last one is the same; whether it was recorded."""
        written = json.loads(json.dumps(content))
        new = KeptRanking(_digest(written), written)
        before = self.change(lambda known: known if self._genuine(known)[-1:] == [written] else (*known, new))
        return [record.content for record in before[-1:]] != [written]

    def _genuine(self, known: tuple[KeptRanking, ...]) -> list[dict[str, Any]]:
        if any(record.digest != _digest(record.content) for record in known):
            raise self.error("le contenu ne correspond plus à son empreinte")
        return [record.content for record in known]


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
