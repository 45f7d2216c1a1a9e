"""What stands beside pages in a folder and is no spreadsheet: named in French, with what to do about it. Pure."""

from __future__ import annotations

from typing import Final

from eig_sheets.call.jury.pages.pages import PageProblem
from eig_sheets.text.french import typographic

_LEFT_BY_PROGRAMS: Final = ("~$", ".~lock.", ".")
"""How the names begin of files that programs make beside the one that they have open."""
_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})
_ZIP: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF"
_OF_SPREADSHEETS: Final = (b"xl/", b"application/vnd.oasis.opendocument.spreadsheet", b"Index/")
_OF_DOCUMENTS: Final = (b"word/", b"ppt/", b"application/vnd.oasis.opendocument")
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar")
_MESSAGES: Final = (".eml", ".msg", ".emlx")
_DOCUMENTS: Final = (".doc", ".docx", ".odt", ".rtf", ".pdf", ".pages", ".ppt", ".pptx", ".odp")
_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".numbers", ".csv", ".tsv")
_ASK: Final = "Demandez au juré sa page (.xlsx), ou saisissez ces notes dans Évaluations ; puis retirez ce fichier."
_DETACH: Final = "Enregistrez sa pièce jointe dans ce dossier, puis relancez."
_UNPACK: Final = "Sortez-en les fichiers, mettez-les dans ce dossier, puis relancez."
_TAKE_AWAY: Final = "Si un juré l’a envoyé, demandez-lui sa page (.xlsx) ; sinon, retirez ce fichier du dossier."


def is_left_by_a_program(name: str) -> bool:
    """Whether a program or a system keeps the file of this name for itself."""
    return name.startswith(_LEFT_BY_PROGRAMS) or name.lower() in _OF_SYSTEMS


def is_spreadsheet(name: str) -> bool:
    """Whether the name is that of a spreadsheet, which may be a juror's work though it is no page of ours."""
    return name.lower().endswith(_SPREADSHEETS)


def a_folder(source: str) -> PageProblem:
    """What is in the folder of pages is a folder itself."""
    return _problem(
        source, "c’est un dossier : rien n’y est lu", "Mettez-en les fichiers à côté des autres pages, puis relancez."
    )


def foreign(source: str, data: bytes) -> PageProblem | None:
    """What a file is that no spreadsheet program made, by its bytes, else by its name; None when it may be one."""
    name, is_zip = source.lower(), data.startswith(_ZIP)
    if name.endswith(_ARCHIVES):
        return _problem(source, "c’est une archive : rien n’y est lu", _UNPACK)
    if is_spreadsheet(source) or (is_zip and any(mark in data for mark in _OF_SPREADSHEETS)):
        return None
    if name.endswith(_DOCUMENTS) or data.startswith(_PDF) or (is_zip and any(mark in data for mark in _OF_DOCUMENTS)):
        return _problem(source, "c’est un document, pas une grille : rien n’en est repris", _ASK)
    if name.endswith(_MESSAGES):
        return _problem(source, "c’est un message : rien n’en est repris", _DETACH)
    if is_zip:
        return _problem(source, "c’est une archive : rien n’y est lu", _UNPACK)
    return _problem(source, "ce n’est pas un classeur .xlsx : rien n’en est repris", _TAKE_AWAY)


def _problem(source: str, what: str, remedy: str) -> PageProblem:
    return PageProblem(source, "", typographic(f"{source} : {what}."), typographic(remedy), refused=True)
