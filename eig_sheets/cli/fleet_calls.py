"""The calls of a fleet: the sub-folders that have a configuration, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import plural, why

_CONFIGURATIONS: Final = ("config/campaign.toml", "campaign.toml")
_LAST_LINES: Final = 20
"""Lines of what a sync said, for whoever reads the summary: one a workbook at least, and what went wrong on the way."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the fleet: the name of its folder, and its configuration."""

    name: str
    config: Path


class Status(StrEnum):
    """What became of a call."""

    DONE = "ok"
    FAILED = "echec"
    INTERRUPTED = "interrompu"
    NOT_STARTED = "non_lance"


WORDS: Final = {
    Status.DONE: "réussi",
    Status.FAILED: "échec",
    Status.INTERRUPTED: "interrompu",
    Status.NOT_STARTED: "non lancé",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended: the exit code of its process (None: not started), its seconds, what it wrote."""

    call: Call
    status: Status
    code: int | None = None
    seconds: float = 0
    out: str = ""
    err: str = ""

    def record(self, form: str, *, dry_run: bool) -> dict[str, Any]:
        """The line of the summary."""
        return {
            "call": self.call.name,
            "status": WORDS[self.status] if form == "table" else self.status.value,
            "code": self.code,
            "seconds": round(self.seconds, 1),
            "message": self._message(dry_run=dry_run),
        }

    def _message(self, *, dry_run: bool) -> str:
        lines = [line for line in self.err.splitlines() if line.strip()]
        if self.status is Status.DONE and dry_run:
            return _changes(self.out)
        return "\n".join(lines[-_LAST_LINES:])


def calls_in(folder: Path) -> list[Call]:
    """The calls of a folder, by name. Raises Refusal when there is none."""
    try:
        found = [*_found(folder)]
    except OSError as error:
        raise Refusal(
            f"{folder} ne peut pas être lu ({why(error)}). Donnez le dossier qui contient les appels."
        ) from None
    if not found:
        raise Refusal(
            f"Aucun appel dans {folder} : il faut un sous-dossier par appel, avec son config/campaign.toml ou son "
            "campaign.toml."
        )
    return found


def _found(folder: Path) -> Iterator[Call]:
    for place in sorted(folder.iterdir()):
        candidates = (place / name for name in _CONFIGURATIONS)
        config = next((path for path in candidates if path.is_file()), None)
        if config is not None and not place.name.startswith("."):
            yield Call(place.name, config.absolute())


def _changes(out: str) -> str:
    """How many cells a dry run would change."""
    try:
        count = len(json.loads(out))
    except ValueError:
        return ""
    return plural(count, "cellule changerait", "cellules changeraient")
