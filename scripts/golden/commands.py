"""The commands of the record: what each is given at every date. Where one is of no use, its refusal is recorded."""

from __future__ import annotations

from typing import Final

Command = tuple[str, ...]

SOME: Final = ("--for", "malo.kerguelen@exemple.invalid", "--for", "octave.lormarin@exemple.invalid")
"""Jurors, for the commands that do the same for each of them."""
READING: Final[tuple[Command, ...]] = (
    ("check",), ("--talents", "check"),
    ("rank",), ("rank", "--jurors"), ("rank", "--sensitivity"), ("rank", "--talents"),
    ("cofinancing",), ("cofinancing", "--programmes"), ("cofinancing", "--versions"),
    ("jury", "status"), ("jury", "status", "--by", "dossier"), ("--talents", "jury", "status"),
    ("jury", "schedule", "--check"), ("select",),
    ("emails", "list"), ("--talents", "emails", "list"), ("emails", "check"),
    ("follow-up", "status"), ("requests", "list"), ("slots", "list"), ("slots", "list", "--free"),
    ("person", "show", "malo.kerguelen@exemple.invalid"),
    ("archives", "register"), ("archives", "list"), ("archives", "cells"), ("archives", "verify"),
    ("history",), ("history", "diff"), ("history", "verify", "1"),
    ("calendar", "export"), ("projects", "search", "données"), ("doctor",),
)  # fmt: skip
"""Each in every format."""
EXPLAINING: Final[tuple[Command, ...]] = (
    ("rank", "--explain", "{dossier}"), ("cofinancing", "--explain", "{dossier}"),
    ("jury", "assign", "--explain", "{dossier}"), ("jury", "schedule", "--explain", "{dossier}"),
    ("teams", "propose", "--explain", "{candidate}"), ("--talents", "jury", "assign", "--explain", "{candidate}"),
)  # fmt: skip
DRY: Final[tuple[Command, ...]] = (
    ("init",), ("sync",), ("jury", "assign"), ("jury", "assign", "--adjust"), ("--talents", "jury", "assign"),
    ("jury", "assign", "--rows", "all"), ("jury", "ballots", "--to", "pages"),
    ("jury", "ballots", "--declarations", "--to", "declarations", *SOME), ("jury", "collect", "grilles"),
    ("jury", "schedule"), ("jury", "schedule", "--adjust"), ("teams", "propose"), ("teams", "propose", "--adjust"),
    ("slots", "generate", "--from", "{friday}", "--to", "{friday}"), ("slots", "import", "rendez-vous.csv"),
    ("slots", "import", "inscrits.csv", "--kind", "webinars", "--webinar", "2021-03-02"),
    ("import", "export-ds.csv", "--yes"), ("import", "talents.csv", "--kind", "talents"),
    ("import", "voeux.csv", "--kind", "wishes"), ("follow-up", "generate"), ("requests", "run"),
    ("emails", "draft"), ("--talents", "emails", "draft"), ("emails", "draft", "--to", "eml"), ("emails", "send"),
    ("emails", "archive"), ("outcomes", "instruction"), ("outcomes", "push"), ("restore", "Classement", "--run", "1"),
    ("restore", "Candidatures", "--run", "1"), ("archives", "purge"), ("archives", "bordereau"),
)  # fmt: skip
"""Those that write: what each would do, in JSON."""
REAL: Final[tuple[Command, ...]] = (
    ("init",), ("sync",), ("import", "export-ds.csv", "--yes"), ("import", "export-ds.csv"),
    ("import", "talents.csv", "--kind", "talents"), ("import", "voeux.csv", "--kind", "wishes"),
    ("import", "--undo", "--kind", "talents"),
    ("slots", "generate", "--from", "{friday}", "--to", "{friday}"), ("slots", "import", "rendez-vous.csv"),
    ("slots", "import", "inscrits.csv", "--kind", "webinars", "--webinar", "2021-03-02"),
    ("jury", "assign"), ("jury", "assign", "--adjust"), ("--talents", "jury", "assign", "--rows", "all"),
    ("jury", "ballots", "--declarations", "--to", "declarations", *SOME), ("jury", "ballots", "--to", "pages", *SOME),
    ("--talents", "jury", "ballots", "--to", "pages-talents", "--for", "{juror}"), ("jury", "collect", "grilles"),
    ("jury", "collect", "declarations"), ("jury", "schedule", "--adjust", "--ics", "agendas"), ("teams", "propose"),
    ("follow-up", "generate"), ("sync",), ("sync",),
)  # fmt: skip
"""Those that write, one after the other."""
DOCUMENTS: Final[tuple[Command, ...]] = (
    ("report", "--to", "page.html"), ("report", "--presidence", "--to", "presidence.html"),
    ("report", "--for", "malo.kerguelen@exemple.invalid", "--to", "malo.html"),
    ("report", "--minutes", "--to", "minutes.docx"),
    ("export", "--method", "--counts", "--to", "donnees"), ("export", "--algorithm", "--to", "algorithme.md"),
    ("cofinancing", "--to", "finances.xlsx"), ("cofinancing", "--to", "finances.csv"),
    ("cofinancing", "--documents", "annexes"), ("cofinancing", "--since", "1"), ("cofinancing", "--versions"),
    ("rank", "--explain", "{dossier}", "--to", "explication.docx"), ("calendar", "export", "--to", "calendrier.ics"),
)  # fmt: skip
"""Those that write files; what is in the folder at the end is recorded."""
LAST: Final[tuple[Command, ...]] = (
    ("restore", "Classement", "--run", "1"), ("restore", "Candidatures", "--run", "1"),
    ("history",), ("history", "diff", "--format", "json"), ("history", "verify", "2"),
    ("archives", "list"), ("archives", "purge"), ("archives", "bordereau"),
    ("archives", "erase", "inconnue", "--visa", "1", "--visa-date", "2021-12-01"),
    ("state", "adopt"), ("doctor", "--canary"), ("doctor", "--access"),
    ("init", "--from", "config/campaign.toml", "suivant", "--opens", "2022-01-31", "--jurors", "tous", "--dry-run",
     "--format", "json"),
    ("init", "--from", "config/campaign.toml", "suivant", "--opens", "2022-01-31", "--jurors", "tous"),
)  # fmt: skip
"""What comes after the rest."""
WRONG: Final[tuple[Command, ...]] = (
    ("rang",), ("rank", "--format", "xml"), ("rank", "--explain"), ("sync", "--workbook"), ("rank", "--explain", "999"),
    ("emails", "send", "--confirm", "x"), ("emails", "show", "inconnu"), ("emails", "settle", "inconnu"),
    ("restore", "Rien", "--run", "1"), ("restore", "Classement"), ("history", "verify", "999"), ("jury",),
    ("jury", "asign"), ("--today", "hier", "rank"), ("--workbook", "absent.xlsx", "rank"),
    ("pull", "--to", "copie.xlsx"), ("--config", "absent.toml", "rank"), ("--talents", "import", "export-ds.csv"),
    ("import", "absent.csv"), ("report", "--for", "personne@exemple.invalid"), ("--version",),
)  # fmt: skip
ON_A_SERVER: Final[tuple[Command, ...]] = (
    ("check",), ("rank",), ("jury", "status"), ("emails", "list"), ("history",), ("--talents", "check"),
    ("sync", "--dry-run"), ("jury", "assign", "--adjust", "--dry-run"), ("import", "export-ds.csv", "--yes"),
    ("slots", "generate", "--from", "{friday}", "--to", "{friday}"), ("slots", "import", "rendez-vous.csv"),
    ("jury", "assign", "--adjust"), ("jury", "ballots", "--to", "pages", *SOME), ("jury", "schedule", "--adjust"),
    ("teams", "propose"), ("follow-up", "generate"), ("requests", "run"), ("sync",), ("cofinancing", "--since", "1"),
    ("emails", "draft"), ("--talents", "emails", "draft"), ("emails", "archive"),
    ("restore", "Classement", "--run", "1"), ("history", "diff"), ("history", "verify", "1"),
    ("doctor", "--canary"), ("doctor", "--access"), ("state", "adopt"),
)  # fmt: skip
"""Those whose way to the workbook differs where it is on a server, one after the other, in JSON where they have it."""
