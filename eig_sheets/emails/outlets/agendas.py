"""Writes agendas as .ics files, and never replaces a file that is not one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from eig_sheets.emails.mail.timetables import AgendaEntry, agenda, is_agenda
from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic

Agendas = Mapping[str, Sequence[AgendaEntry]]
"""The events of each file, by its name."""
SUFFIX: Final = ".ics"


def write_agendas(folder: Path, agendas: Agendas, title: str, zone: ZoneInfo, written_at: datetime) -> int:
    """Write those that changed, in a folder that is made when it is missing; how many they are.

    A file without any audition is only written when it is there, to cancel what it had. Raises OutletError before
    anything is written.
    """
    before = {name: _content(folder / name) for name in agendas}
    calendars = {
        name: agenda(title, entries, zone, written_at, before[name])
        for name, entries in agendas.items()
        if entries or before[name] is not None
    }
    changed = {name: data for name, data in calendars.items() if data != before[name]}
    permissions.make_folder(folder)
    for name, data in changed.items():
        permissions.write(folder / name, data)
    return len(changed)


def _content(path: Path) -> bytes | None:
    """What a file of ours holds; None when there is none."""
    if not path.exists() and not path.is_symlink():
        return None
    data = regular_files.read_bytes(path) if path.is_file() and not path.is_symlink() else b""
    if not is_agenda(data):
        raise OutletError(
            typographic(
                f"{path} existe déjà et n’est pas un agenda écrit par cette commande : aucun n’a été écrit. Déplacez "
                "ce fichier, ou donnez un autre dossier (option --ics)."
            )
        )
    return data
