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

from live_behaviours.behaviour import Behaviour, Verdict
from live_behaviours.demarche import BEHAVIOURS, Demarche, outcome
from live_behaviours.report import asked, counts_text, report_text, say, table

from eig_sheets import config, loading
from eig_sheets.call.applications.demarche.client import connect, settings_of
from eig_sheets.call.applications.demarche.errors import DemarcheError


def main() -> int:
    """Run every check; the exit code."""
    if sys.argv[1:] == ["--table"]:
        say(table(BEHAVIOURS))
        return 0
    if not sys.argv[1:]:
        say("Indiquez la configuration, qui a une section [demarche]. Voir docs/demarche.fr.md.")
        return 2
    behaviours = asked(BEHAVIOURS, sys.argv[2:])
    if not behaviours:
        say("Aucun contrôle ne contient ces mots.")
        return 2
    try:
        found = checked(Path(sys.argv[1]), behaviours)
    except (config.ConfigError, DemarcheError) as error:
        say(str(error))
        return 1
    return 0 if set(found) == {Verdict.CONFIRMED} else 1


def checked(path: Path, behaviours: Sequence[Behaviour]) -> Counter[Verdict]:
    """The report, printed; how often each verdict came. Raises ConfigError, DemarcheError."""
    campaign, found = loading.load(path), Counter[Verdict]()
    settings = settings_of(campaign)
    demarche = Demarche(connect(campaign, os.environ), settings.number, settings.instructeur)
    say(f"Démarche n° {settings.number}, {demarche.client.url}\n")
    for behaviour in behaviours:
        result = outcome(behaviour, demarche)
        found[result.verdict] += 1
        say(report_text(behaviour, result))
    say(counts_text(found))
    return found


if __name__ == "__main__":
    sys.exit(main())
