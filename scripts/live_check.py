"""Checks, on a real Google Sheet, the behaviours that the tool assumes and that need an account to be seen.

    GOOGLE_APPLICATION_CREDENTIALS=clé.json EIG_SHEETS_LIVE_SHEET=URL .venv/bin/python scripts/live_check.py [MOT…]

Prints a report in French, one behaviour after the other, or only of those that have one of these words; exit 0 when all
are confirmed, 1 when one is not, 2 for a wrong use. Everything happens in tabs that it makes and removes, in an empty
spreadsheet whose title says « essai »; and, for those of Drive, in a folder of a shared drive (EIG_SHEETS_LIVE_FOLDER)
and with the address of an account that is no member of it (EIG_SHEETS_LIVE_JUROR).
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from live_behaviours import (
    diagnosing,
    filter_views,
    first_views,
    home,
    lookups,
    marking,
    refusals,
    sharing,
    structure,
    values,
    wholes,
)
from live_behaviours.behaviour import BEHAVIOURS, Behaviour, Verdict, outcome
from live_behaviours.report import asked, counts_text, report_text, say
from live_behaviours.scratch import Scratch

from eig_sheets.spreadsheet.google.address import key_of, url_of
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.model.base import WorkbookError

SHEET = "EIG_SHEETS_LIVE_SHEET"
MODULES = (lookups, marking, values, structure, first_views, filter_views, home, refusals, wholes, diagnosing, sharing)
"""Those that register the behaviours."""


def main() -> int:
    """Run every check; the exit code."""
    if not os.environ.get(SHEET):
        say(f"Indiquez dans {SHEET} l’adresse d’un classeur d’essai, vide, partagé avec le robot. Voir docs/google.md.")
        return 2
    behaviours = asked(BEHAVIOURS, sys.argv[1:])
    if not behaviours:
        say("Aucun contrôle ne contient ces mots.")
        return 2
    try:
        found = checked(os.environ[SHEET], behaviours)
    except WorkbookError as error:
        say(str(error))
        return 1
    return 0 if set(found) == {Verdict.CONFIRMED} else 1


def checked(location: str, behaviours: Sequence[Behaviour]) -> Counter[Verdict]:
    """The report, printed; how often each verdict came. Raises WorkbookError."""
    key, found = key_of(location), Counter[Verdict]()
    client = connect(os.environ)
    scratch = Scratch(client, key)
    with opened(scratch):
        say(f"Classeur : « {scratch.title} », {url_of(key)}, langue {scratch.locale}, fuseau {scratch.time_zone}")
        say(f"Compte : {client.account or 'adresse inconnue'}\n")
        for behaviour in behaviours:
            result = outcome(behaviour, scratch)
            found[result.verdict] += 1
            say(report_text(behaviour, result))
    say(counts_text(found))
    if not scratch.locale.startswith("fr"):
        say("Ce classeur n’est pas en français : recommencez avec « Fichier > Paramètres > France ».")
    return found


@contextmanager
def opened(scratch: Scratch) -> Iterator[None]:
    """The spreadsheet, and nothing of ours left in it afterwards, whatever stops the checks."""
    scratch.open()
    try:
        yield
    finally:
        try:
            scratch.clean()
        except WorkbookError as error:
            say(f"\nDes onglets d’essai restent dans {url_of(scratch.key)}, supprimez-les : {error}")
        else:
            say("\nLes onglets d’essai ont été supprimés.")


if __name__ == "__main__":
    sys.exit(main())
