"""Behaviours of Drive, by which jurors' pages are made in a folder, found again and shared with one address."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps

from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.page_update import update_of
from eig_sheets.call.jury.pages.pages import Page, PageCriterion, PageDossier, PageKind
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.google import marks
from eig_sheets.spreadsheet.google.client import Client, connect
from eig_sheets.spreadsheet.google.credentials import ALL_FILES, OWN_FILES, READ_FILES
from eig_sheets.spreadsheet.google.drive import Drive
from eig_sheets.spreadsheet.google.dropped_files import dropped_files
from eig_sheets.spreadsheet.google.pages import GooglePages
from eig_sheets.spreadsheet.model.base import WorkbookError
from live_behaviours.behaviour import Check, behaviour, hold
from live_behaviours.scratch import Scratch

FOLDER, JUROR = "EIG_SHEETS_LIVE_FOLDER", "EIG_SHEETS_LIVE_JUROR"
_DRIVE = "eig_sheets/spreadsheet/google/drive.py"
_PAGES = "eig_sheets/spreadsheet/google/pages.py"
_CAMPAIGN = "essai"
_DOSSIERS = tuple(PageDossier(number, f"Projet {number}", "Administration", "Résumé") for number in ("1", "2"))
_PAGE = Page(
    PageKind.NOTES, _CAMPAIGN, "Essai", "jure@example.org", "Essai", _DOSSIERS[:1],
    (PageCriterion("pertinence", "Pertinence"),), deadline=datetime(2021, 5, 3), online=True,
)  # fmt: skip


def _in_folder(check: Callable[[GooglePages, Client], str]) -> Check:
    """The check with the pages of that folder; it cannot be made without one."""

    @wraps(check)
    def checked(_: Scratch) -> str:
        folder = os.environ.get(FOLDER, "")
        if not folder:
            raise WorkbookError(f"indiquez dans {FOLDER} un dossier d’essai d’un Drive partagé")
        client = connect(os.environ, scopes=ALL_FILES)
        pages = GooglePages(Drive(client, folder), _CAMPAIGN, "Europe/Paris")
        pages.check()
        try:
            return check(pages, client)
        finally:
            for page in pages.pages():
                _trash(client, page.id)
            client.close()

    return checked


def _trash(client: Client, file_id: str) -> None:
    url = f"{client.drive_endpoint}/drive/v3/files/{file_id}"
    client.session.patch(url, params={"supportsAllDrives": "true"}, json={"trashed": True}, timeout=60)


@behaviour(
    "Un compte de service crée une feuille dans un dossier d’un Drive partagé, et une recherche la trouve aussitôt",
    f"{_DRIVE}, eig_sheets/call/jury/pages/sharing.py",
    "jury ballots --share ne pourrait rien créer, ou créerait deux grilles après un arrêt ; il nomme la seconde",
)
@_in_folder
def _created(pages: GooglePages, _: Client) -> str:
    made = pages.create("Grille d’essai", "essai")
    found = [one.id for one in pages.pages()]
    hold(found == [made.id], f"trouvé : {found}")
    return f"feuille {made.id}"


@behaviour(
    "Les droits d’une feuille disent lesquels viennent du Drive partagé, et ceux du dossier nomment ses membres",
    _DRIVE,
    "jury ballots --share ne dirait pas qui d’autre que le juré voit sa grille",
)
@_in_folder
def _inherited(pages: GooglePages, _: Client) -> str:
    page = pages.create("Grille d’essai", "essai")
    found = pages.drive.permissions(page.id)
    direct = [one.whom for one in found if not one.inherited]
    hold(not direct, f"droits sans héritage d’une feuille partagée avec personne : {direct}")
    return f"{len(found)} hérités, {len(pages.readers())} membres du dossier"


@behaviour(
    "Une feuille se partage avec une adresse sans que Google lui écrive",
    _DRIVE,
    "chaque juré recevrait un message de Google en plus de l’invitation, ou la grille ne se partagerait pas",
)
@_in_folder
def _shared(pages: GooglePages, _: Client) -> str:
    address = os.environ.get(JUROR, "")
    if not address:
        raise WorkbookError(f"indiquez dans {JUROR} l’adresse d’un compte Google qui n’est pas membre de ce Drive")
    page = pages.create("Grille d’essai", "essai")
    pages.share(page, address)
    found = [(one.whom, one.role) for one in pages.readers_of(page)]
    hold(found == [(address, "writer")], f"droits : {found}")
    return f"partagée avec {address} ; vérifiez qu’aucun message n’y est arrivé"


@behaviour(
    "La copie d’un classeur porte l’identité de l’original",
    "eig_sheets/spreadsheet/google/marks.py, eig_sheets/storage/known_workbooks.py",
    "une copie passerait pour un autre classeur : sans registre de ce qui est parti, elle demanderait « state adopt »",
)
@_in_folder
def _copied(pages: GooglePages, client: Client) -> str:
    page = pages.create("Grille d’essai", "essai")
    client.write(f"{page.id}:batchUpdate", {"requests": [marks.mark_workbook("essai")]})
    body = {"name": "Copie d’essai", "parents": [pages.drive.folder]}
    copy = client.drive(f"files/{page.id}/copy", {"fields": "id"}, body)["id"]
    try:
        read = client.read("GET", copy, {"fields": "developerMetadata(metadataId,metadataKey,metadataValue)"}).json
    finally:
        _trash(client, copy)
    found = marks.identity(read.get("developerMetadata", []))
    hold(found == "essai", f"marques de la copie : {read}")
    return f"identité de la copie : {found}"


@behaviour(
    "Avec la portée drive.file, un dossier fait par une personne n’est pas visible",
    "eig_sheets/spreadsheet/backends.py",
    "jury ballots --share demanderait, dans un dossier, plus de droits qu’il n’en faut",
)
@_in_folder
def _least_scope(pages: GooglePages, _: Client) -> str:
    client = connect(os.environ, scopes=OWN_FILES)
    try:
        Drive(client, pages.drive.folder).check()
    except WorkbookError as error:
        return str(error)
    finally:
        client.close()
    hold(False, "le dossier est visible : la portée drive.file suffirait")
    return ""


@behaviour(
    "Une grille se crée en un lot, se relit et se complète ; Drive dit que son dernier auteur est le robot",
    f"{_PAGES}, eig_sheets/spreadsheet/google/forms.py",
    "une grille serait incomplète, ou la date d’une note serait celle d’une mise à jour du robot",
)
@_in_folder
def _whole(pages: GooglePages, _: Client) -> str:
    page = pages.create("Grille d’essai", "essai")
    pages.fill(page, pages.read(page), form_of(_PAGE))
    update = update_of(pages.read(page), replace(_PAGE, dossiers=_DOSSIERS))
    pages.update(page, pages.read(page), update)
    snapshot = pages.read(page)
    received = returned_page(snapshot, page.title, "")
    hold(not received.problems, f"relue : {received.problems}")
    hold([row.numero for row in received.rows] == ["1", "2"], f"dossiers : {received.rows}")
    hold(not update_of(snapshot, replace(_PAGE, dossiers=_DOSSIERS)), "la relire trouve encore à écrire")
    [found] = pages.pages()
    hold(found.by_us, "Drive ne dit pas que le robot l’a modifiée le dernier")
    return "2 dossiers, rien à récrire"


@behaviour(
    "Un export déposé dans un dossier de Drive se liste et se lit avec la portée drive.readonly, une feuille en .xlsx",
    "eig_sheets/spreadsheet/google/dropped_files.py",
    "« Importer » ne verrait pas, sur Google, l’export que l’équipe a déposé",
)
@_in_folder
def _dropped(pages: GooglePages, _: Client) -> str:
    page = pages.create("Export d’essai", "essai")
    client = connect(os.environ, scopes=READ_FILES)
    try:
        found = {file.name: file for file in dropped_files(client, pages.drive.folder)}
        sheet = found.get("Export d’essai.xlsx")
        hold(
            sheet is not None and sheet.read().startswith(b"PK"),
            f"{page.id} n’est pas là, ou pas en .xlsx : {[*found]}",
        )
        others = [file for name, file in found.items() if name.endswith(".csv")]
        return f"{len(found)} fichiers, {len(others)} .csv : {[len(file.read()) for file in others]} octets"
    finally:
        client.close()
