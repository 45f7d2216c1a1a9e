"""`pull`: copies an online workbook to files that replace none."""

from __future__ import annotations

import os
from pathlib import Path

import click

from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.command import Command
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.copies.google_reading import MASK, read_book
from eig_sheets.features.copies.model import Copy, long_texts_file, long_texts_name
from eig_sheets.features.copies.snapshots import read_snapshot
from eig_sheets.features.copies.summary import RobotCells, summary
from eig_sheets.spreadsheet.google.address import is_on_google
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.new_xlsx.writing import xlsx_file
from eig_sheets.spreadsheet.xlsx import error_messages
from eig_sheets.storage import file_replacement
from eig_sheets.text.french import typographic


def refuse_taken(path: Path) -> None:
    """Raise WorkbookError when the path exists, or its folder does not."""
    if path.exists() or path.is_symlink():
        raise _exists_error(path)
    if not path.parent.is_dir():
        raise WorkbookError(typographic(f"Le dossier {path.parent} n’existe pas. Créez-le, ou corrigez l’option --to."))


def _exists_error(path: Path) -> WorkbookError:
    return WorkbookError(
        typographic(
            f"{path} existe déjà : rien n’a été écrit. Donnez un autre nom à la copie (option --to), ou déplacez "
            "d’abord ce fichier."
        )
    )


def save_new(copy: Path, data: bytes, beside: Path, texts: bytes) -> None:
    """Create the copy, and the file beside it unless `texts` is empty, each atomically.

    The copy comes last: it never exists without the texts that it names. Raises WorkbookError.
    """
    refuse_taken(copy)
    if texts:
        refuse_taken(beside)
        _create(beside, texts)
    try:
        _create(copy, data)
    except WorkbookError:
        if texts:
            beside.unlink(missing_ok=True)
        raise


def _create(path: Path, data: bytes) -> None:
    try:
        file_replacement.create_file(path, data)
    except FileExistsError:  # created by somebody else meanwhile
        raise _exists_error(path) from None
    except OSError as error:
        raise error_messages.os_error(path, error) from None


def _xlsx(context: click.Context, option: click.Parameter, value: str) -> Path:
    if not value.lower().endswith(".xlsx"):
        raise click.BadParameter("le nom du fichier doit se terminer par .xlsx", context, option)
    return Path(value)


@click.command(cls=Command, options_metavar="--to FICHIER.xlsx")
@click.option(
    "--to",
    "target",
    type=click.Path(readable=False),
    metavar="FICHIER.xlsx",
    required=True,
    callback=_xlsx,
    help="Le fichier à créer.",
)
@click.pass_obj
def pull(session: Session, target: Path) -> None:
    """Copie le classeur Google ou Grist dans un fichier .xlsx, pour travailler hors ligne ou pour l’archiver.

    Tous les onglets, leurs valeurs et leur présentation ; les formules deviennent les valeurs qu’elles affichent.
    N’écrit rien dans le classeur, et ne remplace jamais un fichier. Ensuite, « eig-sheets --workbook FICHIER.xlsx »
    suivi d’une autre commande travaille sur la copie.
    """
    if not session.workbook.capabilities.remote:
        raise Refusal(
            f"{session.place} est déjà un fichier de cette machine : copiez-le simplement. Pour copier un classeur "
            "Google ou un document Grist, donnez son adresse (option --workbook)."
        )
    copy = target.absolute()
    beside = copy.with_name(long_texts_name(copy.stem))
    refuse_taken(copy)
    made = _copy(session, beside.name)
    with session.step("Écriture de la copie"):
        long_texts = long_texts_file(made.long_texts) if made.long_texts else b""
        save_new(copy, xlsx_file(made.book), beside, long_texts)
    schema = schema_of(session.campaign)
    columns = {column.id for tab in schema.tabs for column in tab.robot_fields}
    robot_cells = RobotCells(schema.robot_tabs.keys(), columns)
    session.say(summary(made, session.workbook.location, str(copy), beside.name, robot_cells))


def _copy(session: Session, beside: str) -> Copy:
    """The copy: with its look from Google, which gives it, else as every command reads it."""
    with session.step("Lecture du classeur"):
        if not is_on_google(session.place):
            return read_snapshot(session.workbook.read(), beside)
        return read_book(connect(os.environ).read("GET", session.place, {"fields": MASK}).json, beside)
