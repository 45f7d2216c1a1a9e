"""`[requests]`: what officers may ask for in `Demandes`, who may ask for it, and where the files go."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from eig_sheets.domain.rules import DriveFolder, Rules, Words


class RequestSettings(Rules):
    """`[requests]`: the actions that are offered, None for all; `by`: of some, the names that alone may ask.

    Names are those of « Demandé par ». `folder`: where the files that are asked for are written; `ballots`: whether
    grilles are files or pages online; `imports`: where officers put the exports to import; `drive_folder`: the folder
    of Drive in which they drop these, for a Google Sheet.
    """

    actions: tuple[str, ...] | None = None
    by: dict[str, tuple[Words, ...]] = Field(default_factory=dict)
    folder: Words = "demandes"
    imports: Words = "exports"
    drive_folder: DriveFolder = ""
    ballots: Literal["fichiers", "en_ligne"] = "fichiers"
