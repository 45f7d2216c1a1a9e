"""The command line, in French; the modules of a command are imported when it is asked for."""

from __future__ import annotations

import gc
import os

import click
from click.core import ParameterSource

from eig_sheets import __version__
from eig_sheets.cli import terminal
from eig_sheets.cli.click_french import Day, run
from eig_sheets.cli.commands import ADVANCED, EVERYDAY
from eig_sheets.cli.feature_commands import ProgramGroup, program_commands
from eig_sheets.installed import FEATURES

_OF_THE_CALL = (*EVERYDAY, *ADVANCED)
_COMMANDS = program_commands(_OF_THE_CALL, FEATURES)
_SHOWN_FIRST = {*(command.name for command in EVERYDAY), *(name for feature in FEATURES for name in feature.everyday)}


@click.group(
    cls=ProgramGroup,
    of_the_call=_OF_THE_CALL,
    advanced={command.name for command in _COMMANDS} - _SHOWN_FIRST,
    features=FEATURES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\n« eig-sheets COMMANDE --help » détaille une commande.\nPour essayer : « eig-sheets demo ».",
)
@click.option(
    "--config",
    type=click.Path(),
    metavar="CHEMIN",
    envvar="EIG_SHEETS_CONFIG",
    help="Fichier campaign.toml. Par défaut : config/campaign.toml ici ou dans un dossier parent.",
)
@click.option(
    "--workbook",
    type=click.Path(readable=False),
    metavar="CHEMIN|URL|CLÉ",
    envvar="EIG_SHEETS_WORKBOOK",
    help="Le classeur. Par défaut : celui de la configuration.",
)
@click.option("--today", type=Day(), metavar="AAAA-MM-JJ", help="Faire comme si on était ce jour-là.")
@click.option("-v", "--verbose", count=True, help="En dire plus.")
@click.option("-q", "--quiet", is_flag=True, help="Ne rien dire d’autre que le résultat et les erreurs.")
@click.version_option(__version__, "--version", message="eig-sheets %(version)s", help="Affiche la version.")
@click.pass_context
def cli(
    context: click.Context,
    config: str | None,
    workbook: str | None,
    today: object,
    *,
    verbose: int,
    quiet: bool,
    other_workbook: bool = False,
) -> None:
    """Fait vivre un appel à projets depuis le tableur partagé de son équipe."""
    from eig_sheets.cli.retry_notices import show_retries
    from eig_sheets.cli.session import Session

    show_retries(quiet=quiet)
    is_standing = context.get_parameter_source("workbook") is ParameterSource.ENVIRONMENT
    session = context.obj = Session(config, workbook, today, verbose, quiet, other_workbook, is_standing)
    of_projects = {command.name for command in _COMMANDS if command.of_projects}
    if other_workbook and context.invoked_subcommand in of_projects:
        from eig_sheets.cli.command import french_errors
        from eig_sheets.cli.workbook_reading import refuse_without_projects

        with french_errors():
            refuse_without_projects(session, context.invoked_subcommand)


_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""Python's own threshold, 700, goes through the modules and cells that a command loads again and again, and frees none
of them. What becomes garbage in cycles before so many objects are alive is some tens of megabytes."""


def main() -> None:
    """Entry point of `eig-sheets`."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # Before numpy is imported: on matrices as small as ours several threads gain little, and on a busy machine they
    # wait for one another ten times longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    terminal.make_writable()
    try:
        run(cli)
    finally:
        gc.freeze()  # the interpreter would look for cycles once more as it ends, in all that was read
