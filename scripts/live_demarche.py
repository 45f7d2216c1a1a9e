"""Checks, on a real démarche, what the tool assumes of Démarche Numérique and nobody saw live. Nothing changes there.

    .venv/bin/python scripts/live_demarche.py config/campaign.toml [MOT…]

Prints a report in French, one behaviour after the other, or only of those that have one of these words; exit 0 when all
are confirmed, 1 when one is not, 2 for a wrong use. The token is where an import finds it. `--table` prints the table
of docs/demarche.fr.md instead.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from live_behaviours.behaviour import Behaviour, Outcome, Verdict
from live_behaviours.demarche import BEHAVIOURS, Demarche, outcome

from eig_sheets import config
from eig_sheets.demarche.connection import connect, settings_of
from eig_sheets.demarche.errors import DemarcheError
from eig_sheets.text.french import typographic


def main() -> int:
    """Run every check; the exit code."""
    if sys.argv[1:] == ["--table"]:
        say(table())
        return 0
    if not sys.argv[1:]:
        say("Indiquez la configuration, qui a une section [demarche]. Voir docs/demarche.fr.md.")
        return 2
    behaviours = asked(sys.argv[2:])
    if not behaviours:
        say("Aucun contrôle ne contient ces mots.")
        return 2
    try:
        found = checked(Path(sys.argv[1]), behaviours)
    except (config.ConfigError, DemarcheError) as error:
        say(str(error))
        return 1
    return 0 if set(found) == {Verdict.CONFIRMED} else 1


def asked(words: Sequence[str]) -> list[Behaviour]:
    """The behaviours that have one of these words; all of them without any."""
    return [
        behaviour
        for behaviour in BEHAVIOURS
        if not words or any(word.casefold() in behaviour.expected.casefold() for word in words)
    ]


def checked(path: Path, behaviours: Sequence[Behaviour]) -> Counter[Verdict]:
    """The report, printed; how often each verdict came. Raises ConfigError, DemarcheError."""
    campaign, found = config.load(path), Counter[Verdict]()
    settings = settings_of(campaign)
    demarche = Demarche(connect(campaign, os.environ), settings.number, settings.instructeur)
    say(f"Démarche n° {settings.number}, {demarche.client.url}\n")
    for behaviour in behaviours:
        result = outcome(behaviour, demarche)
        found[result.verdict] += 1
        say(report_text(behaviour, result))
    say(", ".join(f"{found[verdict]} {verdict}{'s' if found[verdict] > 1 else ''}" for verdict in Verdict) + ".")
    return found


def report_text(behaviour: Behaviour, result: Outcome) -> str:
    """The report on one check."""
    lines = [f"{result.verdict:<15}{behaviour.expected}.", f"{'':15}Vu : {result.seen}"]
    if result.verdict is not Verdict.CONFIRMED:
        lines += [f"{'':15}Sinon : {behaviour.otherwise}.", f"{'':15}Code : {behaviour.source}"]
    return "\n".join(lines)


def table() -> str:
    """Markdown: each behaviour, and what its refutation would change."""
    lines = [f"| {behaviour.expected} | {behaviour.otherwise} |" for behaviour in BEHAVIOURS]
    return "\n".join(["| ce qui est attendu | sinon |", "|---|---|", *lines])


def say(text: str) -> None:
    """Print French, at once."""
    print(typographic(text), flush=True)


if __name__ == "__main__":
    sys.exit(main())
