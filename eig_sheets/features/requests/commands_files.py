"""The files of requests: where those that are asked for are written, and the exports that officers drop."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from eig_sheets.call.jury.pages.foreign_files import is_left_by_a_program
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.spreadsheet.backends import backend_of
from eig_sheets.spreadsheet.model.dropped_files import DroppedFile
from eig_sheets.storage import permissions
from eig_sheets.text.french import listed_first, typographic
from eig_sheets.workbook.quoting import did_you_mean

_ENDINGS: Final = (".csv", ".xlsx")
_LONGEST_NAME: Final = 60


def folder(session: Session) -> Path:
    """The folder of the files that are asked for, made if it is missing."""
    made = asked_files(session)
    permissions.make_folder(made)
    return made


def asked_files(session: Session) -> Path:
    """The folder of the files that are asked for."""
    return session.campaign.at_home(session.campaign.section(RequestSettings).folder)


def place(session: Session, path: Path) -> str:
    """Where a file is, for somebody who may not be at the robot's machine."""
    if not session.workbook.capabilities.remote:
        return str(path)
    return f"{path}, sur la machine du robot ; la personne qui l’exploite vous le donne."


@contextmanager
def exported(session: Session, name: str) -> Iterator[Path]:
    """The export that officers dropped, which the detail names where there are several. Raises Refusal.

    From the folder of the configuration, or beside the workbook online: a copy of that is kept no longer.
    """
    folder = session.campaign.at_home(session.campaign.section(RequestSettings).imports)
    permissions.make_folder(folder)  # so that there is one to drop the file in
    listed = backend_of(session.place).files
    online = listed(session.place, os.environ, _drive_folder(session)) if listed else ()
    dropped: Iterable[tuple[str, Path | DroppedFile]]
    dropped = (
        *((path.name, path) for path in sorted(folder.glob("*"))),
        *((file.name, file) for file in sorted(online, key=lambda file: file.moment)),
    )
    found = {at: file for at, file in dropped if _is_export(at)}  # online, the newest of a name: Grist lists old ones
    chosen = found[_chosen(name, found, _where(session, folder))]
    with TemporaryDirectory(prefix="eig-sheets-") as copies:
        yield chosen if isinstance(chosen, Path) else _copied(chosen, Path(copies))


def _is_export(name: str) -> bool:
    return name.lower().endswith(_ENDINGS) and not is_left_by_a_program(name)


def _copied(file: DroppedFile, folder: Path) -> Path:
    path = folder / re.sub(r"[/\\\x00-\x1f]", "-", file.name)[-_LONGEST_NAME:]
    permissions.write(path, file.read())
    return path


def _drive_folder(session: Session) -> str:
    return session.campaign.section(RequestSettings).drive_folder


def _where(session: Session, folder: Path) -> str:
    """Where an export may be dropped, as a French sentence says it."""
    if _drive_folder(session):
        return "dans le dossier de Drive que la configuration nomme"
    if session.workbook.capabilities.row_ids:
        return "dans une cellule de ce document, d’une colonne de type « Pièce jointe »"
    return f"dans {folder}"


def _chosen(name: str, found: Collection[str], where: str) -> str:
    """The name of the export to take. Raises Refusal."""
    if not found:
        raise Refusal(typographic(f"Aucun export. Déposez le fichier .csv ou .xlsx {where}, puis redemandez."))
    if not name and len(found) == 1:
        return next(iter(found))
    if name in found:
        return name
    which = f"Aucun export ne s’appelle « {name} ».{did_you_mean(name, found)}" if name else "Il y a plusieurs exports."
    raise Refusal(typographic(f"{which} Écrivez dans Détail celui à importer : {listed_first([*found])}."))
