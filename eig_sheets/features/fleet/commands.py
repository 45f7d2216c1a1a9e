"""`fleet`: several calls on one machine, one process each, under one quota of Google."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.session import Session
from eig_sheets.features.fleet.files import (
    OUTCOMES,
    OUTCOMES_OF_DRY_RUN,
    WORDS,
    Call,
    CallOutcome,
    CallStatus,
    calls_in,
)
from eig_sheets.features.fleet.processes import TERMINATED, Fleet, TerminatedError, raising_on_termination
from eig_sheets.text.french import listed, number, plural

_OF_ONE_CALL: Final = ("EIG_SHEETS_CONFIG", "EIG_SHEETS_WORKBOOK", "EIG_SHEETS_STATE")
_QUOTA: Final = "EIG_SHEETS_QUOTA"


@click.command("sync", cls=WritingCommand)
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--jobs",
    type=WholeNumber(1),
    metavar="N",
    default=4,
    show_default=True,
    help="Combien d’appels en même temps.",
)
@click.pass_obj
def sync_fleet(session: Session, folder: Path, jobs: int, form: str, *, dry_run: bool) -> None:
    """Synchronise chaque appel d’un dossier : ceux de ses sous-dossiers qui ont un campaign.toml.

    Chacun comme « eig-sheets sync », dans son processus, sous son verrou ; un échec n’arrête pas les autres. Tous
    partagent le quota de Google, 60 lectures et 60 écritures par minute et par compte : l’heure des derniers appels
    est dans DOSSIER/.eig-sheets, ou dans le dossier que nomme EIG_SHEETS_QUOTA. Le code de sortie est 1 si un appel a
    échoué. Ctrl-C arrête ceux qui tournent et n’en lance plus.
    """
    _refuse_settings_of_one_call(session)

    def command(call: Call) -> Sequence[str]:
        day = ("--today", f"{session.today:%Y-%m-%d}") if session.today else ()
        return ("--config", str(call.config), *day, "sync", *(("--dry-run", "--format", "json") if dry_run else ()))

    def say_outcome(outcome: CallOutcome) -> None:
        session.say(f"{outcome.call.name} : {WORDS[outcome.status]}")

    began = time.monotonic()
    processes = Fleet(calls_in(folder), jobs, command, _environment(folder), say_outcome)
    with raising_on_termination():
        processes.run()
    show(OUTCOMES_OF_DRY_RUN if dry_run else OUTCOMES, processes.outcomes, form, "Aucun appel.")
    _conclude(session, processes.outcomes, time.monotonic() - began)
    if processes.interruption is not None:
        if isinstance(processes.interruption, TerminatedError):
            raise click.exceptions.Exit(TERMINATED)
        raise processes.interruption
    if any(outcome.status is not CallStatus.DONE for outcome in processes.outcomes):
        raise click.exceptions.Exit(1)


def _refuse_settings_of_one_call(session: Session) -> None:
    """Raise UsageError for what would lead every call to the same configuration, workbook or state folder."""
    given = [name for name in _OF_ONE_CALL if os.environ.get(name)]
    if session.config or session.location or session.talents or given:
        raise click.UsageError(
            "Chaque appel a sa configuration : retirez --config, --workbook, --talents"
            + (f", et {', '.join(given)} de l’environnement." if given else ".")
        )


def _environment(folder: Path) -> Mapping[str, str]:
    """The environment of each call: ours, with the folder of the quota that they share."""
    shared = os.environ.get(_QUOTA) or folder / ".eig-sheets"
    return {**os.environ, "PYTHONUTF8": "1", _QUOTA: str(Path(shared).absolute())}


def _conclude(session: Session, outcomes: Sequence[CallOutcome], seconds: float) -> None:
    counts = {status: sum(outcome.status is status for outcome in outcomes) for status in CallStatus}
    said = listed(plural(count, WORDS[status]) for status, count in counts.items() if count)
    session.say(f"{plural(len(outcomes), 'appel')}, en {number(seconds, 0)} s : {said}.")
