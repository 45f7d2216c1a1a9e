"""The files of requests: where those that are asked for are written, and the exports to bring in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from eig_sheets.call.jury.pages.foreign_files import is_left_by_a_program
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.storage import permissions
from eig_sheets.text.french import listed_first, typographic
from eig_sheets.workbook.quoting import did_you_mean

_ENDINGS: Final = (".csv", ".xlsx")


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


def exported(session: Session, name: str) -> Path:
    """The export in the folder of the configuration, which the detail names where there are several. Raises Refusal."""
    folder = session.campaign.at_home(session.campaign.section(RequestSettings).imports)
    permissions.make_folder(folder)  # so that there is one to drop the file in
    here = (path for path in sorted(folder.glob("*")) if not is_left_by_a_program(path.name))
    found = {path.name: path for path in here if path.suffix.lower() in _ENDINGS}
    if not found:
        raise Refusal(typographic(f"Aucun export dans {folder} : déposez-y le fichier .csv ou .xlsx, puis redemandez."))
    if not name and len(found) == 1:
        return next(iter(found.values()))
    if name in found:
        return found[name]
    which = f"Aucun export ne s’appelle « {name} ».{did_you_mean(name, found)}" if name else "Il y a plusieurs exports."
    raise Refusal(typographic(f"{which} Écrivez dans Détail celui à importer : {listed_first([*found])}."))
