"""The calls of a fleet: the sub-folders that have a configuration, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import plural, why
from eig_sheets.workbook.table import Col, Table

_CONFIGURATIONS: Final = ("config/campaign.toml", "campaign.toml")
_LAST_LINES: Final = 20
"""Lines of what a sync said, for whoever reads the summary: one a workbook at least, and what went wrong on the way."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the fleet: the name of its folder, and its configuration."""

    name: str
    config: Path


class CallStatus(StrEnum):
    """How a call ended, in a word."""

    DONE = "ok"
    FAILED = "echec"
    INTERRUPTED = "interrompu"
    NOT_STARTED = "non_lance"


WORDS: Final = {
    CallStatus.DONE: "réussi",
    CallStatus.FAILED: "échec",
    CallStatus.INTERRUPTED: "interrompu",
    CallStatus.NOT_STARTED: "non lancé",
}


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """How a call ended: the exit code of its process (None: not started), its seconds, what it wrote."""

    call: Call
    status: CallStatus
    code: int | None = None
    seconds: float = 0
    out: str = ""
    err: str = ""

    @property
    def message(self) -> str:
        """The last lines of what it said."""
        return "\n".join([line for line in self.err.splitlines() if line.strip()][-_LAST_LINES:])

    @property
    def changes(self) -> str:
        """How many cells a dry run would change; its last lines, where it failed."""
        if self.status is not CallStatus.DONE:
            return self.message
        try:
            count = len(json.loads(self.out))
        except ValueError:
            return ""
        return plural(count, "cellule changerait", "cellules changeraient")


_OUTCOME: Final = Table[CallOutcome](
    Col("call", "Appel", lambda outcome: outcome.call.name),
    Col("status", "État", people=lambda outcome: WORDS[outcome.status]),
    Col("code", "Code"),
    Col("seconds", "Secondes", lambda outcome: round(outcome.seconds, 1)),
)
OUTCOMES: Final = Table[CallOutcome](*_OUTCOME, Col("message", "Ce qu’il dit"))
OUTCOMES_OF_DRY_RUN: Final = Table[CallOutcome](
    *_OUTCOME, Col("message", "Ce qu’il dit", lambda outcome: outcome.changes)
)


def calls_in(folder: Path) -> list[Call]:
    """The calls of a folder, by name. Raises Refusal when there is none."""
    try:
        calls = [*_found(folder)]
    except OSError as error:
        raise Refusal(
            f"{folder} ne peut pas être lu ({why(error)}). Donnez le dossier qui contient les appels."
        ) from None
    if not calls:
        raise Refusal(
            f"Aucun appel dans {folder} : il faut un sous-dossier par appel, avec son config/campaign.toml ou son "
            "campaign.toml."
        )
    return calls


def _found(folder: Path) -> Iterator[Call]:
    for place in sorted(folder.iterdir()):
        candidates = (place / name for name in _CONFIGURATIONS)
        config = next((path for path in candidates if path.is_file()), None)
        if config is not None and not place.name.startswith("."):
            yield Call(place.name, config.absolute())
