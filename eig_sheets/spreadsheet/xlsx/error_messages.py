"""Error messages for a file that cannot be read or written, in French, each with its remedy."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from eig_sheets.spreadsheet.model.base import BusyError, MovedError, WorkbookError
from eig_sheets.storage import file_replacement, regular_files
from eig_sheets.text.french import is_disk_full, is_in_use, typographic, why

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_EXCEL_NAME_PLACE = 55
_WRITE_BITS = 0o222


def workbook_error(message: str) -> WorkbookError:
    """A WorkbookError with French typography."""
    return WorkbookError(typographic(message))


def _busy_error(message: str) -> BusyError:
    return BusyError(typographic(message))


def missing_file(path: Path) -> WorkbookError:
    """The error for a file or folder that does not exist."""
    if not path.parent.is_dir():
        return workbook_error(
            f"Le dossier {path.parent} n’existe pas. "
            "Créez-le, ou corrigez l’emplacement du classeur (option --workbook)."
        )
    if (left := file_replacement.displaced(path)) is not None:
        return workbook_error(
            f"Le classeur {path} est resté sous le nom de {left.name} : une écriture a été interrompue. Lancez "
            "« eig-sheets check » : il sera remis à sa place. Ne supprimez pas ce fichier."
        )
    return workbook_error(
        f"Il n’y a pas de classeur {path}. "
        "Vérifiez l’emplacement (option --workbook), ou créez-le avec « eig-sheets init »."
    )


def changed_meanwhile(path: Path) -> MovedError:
    """The error for a file that was saved after we read it."""
    return MovedError(
        typographic(
            f"{path.name} a été modifié pendant le calcul : rien n’a été écrit, pour ne rien perdre. "
            "Relancez la commande."
        )
    )


def saved_meanwhile(path: Path, aside: Path | None) -> WorkbookError:
    """The error for a file that was saved during our write: that version is in place, another may be `aside`."""
    if aside is None:
        return changed_meanwhile(path)
    return workbook_error(
        f"{path.name} a été enregistré deux fois pendant l’écriture : la dernière version est en place, l’autre est "
        f"gardée à côté, dans « {aside.name} ». Comparez-les, puis relancez la commande."
    )


def recovered(path: Path, aside: Path | None) -> str:
    """The warning for a version that was saved while an earlier run was interrupted."""
    where = f"gardé à côté, dans « {aside.name} ». Comparez-les" if aside else "remis en place"
    return typographic(
        f"Une exécution précédente a été interrompue pendant l’écriture de {path.name} : ce que quelqu’un venait d’y "
        f"enregistrer est {where}."
    )


def locked(path: Path) -> WorkbookError:
    """The error for a lock that another run holds, on this machine or on another."""
    return _busy_error(
        f"Une autre exécution d’eig-sheets travaille sur {path.name}, sur cette machine ou sur une autre : attendez sa "
        "fin, puis relancez la commande."
    )


def locks_unsupported(path: Path) -> str:
    """The warning for a file system without locks."""
    return typographic(
        f"Le disque ou le partage de {path} ne connaît pas les verrous : rien n’empêche une autre machine d’y "
        "travailler en même temps, donc aucun e-mail n’en est envoyé. Ne lancez eig-sheets que d’une machine à la "
        "fois, ou placez le classeur sur un autre disque."
    )


def lock_failed(path: Path, lock: Path, error: OSError) -> WorkbookError:
    """The error for a lock file that cannot be created or opened."""
    if error.errno in (errno.EACCES, errno.EPERM) and lock.exists():
        return workbook_error(
            f"{lock.name}, le verrou qui est à côté de {path.name}, ne vous est pas ouvert : rien n’a été écrit. "
            "Donnez à ce fichier les mêmes droits qu’au classeur, puis relancez la commande."
        )
    return os_error(path, error)


def already_exists(path: Path) -> WorkbookError:
    """The error for a file to create that exists already."""
    return workbook_error(
        f"{path.name} existe déjà : rien n’a été écrit. Relancez la commande pour qu’elle le lise d’abord."
    )


def unreadable_file(path: Path, data: bytes, again: str = "") -> WorkbookError:
    """The error for a file that is no readable .xlsx workbook; the remedy depends on its real format.

    `again`: what to do when all or a part of it is missing, for a file of which nobody here has an earlier version.
    """
    if not data:
        return workbook_error(f"{path.name} est vide. {again or 'Restaurez une version précédente du fichier.'}")
    if data.startswith(_OLE):
        return _old_or_protected(path, data)
    if data.startswith(_ZIP):
        return _other_package(path, data, again)
    return workbook_error(
        f"{path.name} n’est pas un classeur .xlsx (peut-être un fichier .csv ou une page web). "
        "Ouvrez-le dans votre tableur et enregistrez-le au format « Classeur Excel (.xlsx) »."
    )


def too_large(path: Path, tab: str, cell: str) -> WorkbookError:
    """The error for a workbook that would take more memory than the program may use."""
    what = f"L’onglet « {tab} » de {path.name}" if tab else path.name
    where = f", qui va jusqu’à la cellule {cell}," if cell else ""
    return workbook_error(
        f"{what}{where} est trop gros pour être lu : rien n’a été écrit. Ouvrez-le dans votre tableur, supprimez les "
        "lignes et les colonnes de trop (souvent un collage, ou un remplissage jusqu’au bord de la feuille), "
        "enregistrez, puis relancez la commande."
    )


def _old_or_protected(path: Path, data: bytes) -> WorkbookError:
    if _ENCRYPTED in data:
        return workbook_error(
            f"{path.name} est protégé par un mot de passe. Ouvrez-le, retirez le mot de passe "
            "(Fichier > Informations > Protéger le classeur), enregistrez, puis relancez la commande."
        )
    return workbook_error(
        f"{path.name} est à l’ancien format .xls. Ouvrez-le dans votre tableur et enregistrez-le au format "
        "« Classeur Excel (.xlsx) », puis relancez la commande."
    )


_REPAIR = (
    "Ouvrez-le dans votre tableur, qui proposera de le réparer, puis enregistrez-le ; sinon, restaurez une version "
    "précédente."
)


def _other_package(path: Path, data: bytes, again: str) -> WorkbookError:
    if _OPEN_DOCUMENT in data[:200]:
        return workbook_error(
            f"{path.name} est au format OpenDocument (.ods). Ouvrez-le dans LibreOffice et enregistrez-le au format "
            "« Classeur Excel 2007-365 (.xlsx) », puis relancez la commande."
        )
    if b"xl/workbook.bin" in data:
        return workbook_error(
            f"{path.name} est un classeur binaire (.xlsb). Enregistrez-le au format « Classeur Excel (.xlsx) », "
            "puis relancez la commande."
        )
    return workbook_error(f"{path.name} est endommagé ou incomplet : rien n’a été écrit. {again or _REPAIR}")


def integrity_failure(path: Path, differences: list[str]) -> WorkbookError:
    """The error for a result with unexpected changes, found by the integrity check before it is saved."""
    shown = ", ".join(differences[:5]) + ("…" if len(differences) > 5 else "")
    return workbook_error(
        f"{path.name} : enregistrement refusé par le contrôle de sécurité, qui a trouvé des changements imprévus "
        f"({shown}). Le fichier n’a pas été touché. Transmettez ce message à la personne qui maintient l’outil."
    )


def os_error(path: Path, error: OSError) -> WorkbookError:
    """The error for an OSError."""
    if is_in_use(error):
        return _busy_error(
            f"{path.name} est ouvert dans un autre programme (Excel ?) : rien n’a été écrit. Fermez-le, puis relancez "
            "la commande."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(path)
    if is_disk_full(error):
        return workbook_error(
            f"Il n’y a plus de place sur le disque pour enregistrer {path.name} : rien n’a été écrit. "
            "Libérez de la place, puis relancez la commande."
        )
    return workbook_error(
        f"{path} ne peut pas être lu ou enregistré ({why(error)}). Vérifiez l’emplacement du fichier et vos droits."
    )


def read_only(path: Path) -> WorkbookError:
    """The error for a file or folder that is read-only."""
    return workbook_error(
        f"{path.name} est en lecture seule : rien n’a été écrit. "
        "Rendez le fichier et son dossier modifiables, puis relancez la commande."
    )


def raise_if_open(path: Path) -> None:
    """Raise WorkbookError when a spreadsheet program has the file open."""
    for lock, reader in ((f"~${path.name}", _excel_user), (f".~lock.{path.name}#", _libreoffice_user)):
        lock_file = path.with_name(lock)
        if lock_file.exists():
            who = reader(lock_file)
            by = f" par {who}" if who else " dans un tableur"
            raise _busy_error(
                f"{path.name} est ouvert{by} : rien n’a été écrit. Fermez-le, puis relancez la commande. "
                f"S’il n’est ouvert nulle part, supprimez le fichier {lock_file.name}, resté après un arrêt brutal."
            )


def raise_if_read_only(path: Path) -> None:
    """Raise WorkbookError when permissions forbid writing, even to an administrator, who could ignore them."""
    if not path.parent.is_dir():
        raise missing_file(path)
    for place in (path, path.parent):
        if place.exists() and not (place.stat().st_mode & _WRITE_BITS and os.access(place, os.W_OK)):
            raise read_only(path)


def raise_if_linked(path: Path) -> None:
    """Raise WorkbookError when the file has another name: a write would make two files of them, which may both send."""
    if path.exists() and (names := path.stat().st_nlink) > 1:
        raise workbook_error(
            f"{path} a {names} noms sur ce disque (liens physiques) : l’écrire en ferait {names} classeurs, qui "
            "enverraient chacun les mêmes e-mails. Rien n’a été écrit. Supprimez les autres noms ; ou copiez ce "
            "fichier, supprimez ce nom-ci, puis donnez-le à la copie."
        )


def _excel_user(lock: Path) -> str:
    """The user's name in an owner file of Excel: its length, then UTF-16, after the first 55 bytes."""
    data = _read(lock)
    count = int.from_bytes(data[_EXCEL_NAME_PLACE : _EXCEL_NAME_PLACE + 2], "little")
    name = data[_EXCEL_NAME_PLACE + 2 : _EXCEL_NAME_PLACE + 2 + 2 * count].decode("utf-16-le", "ignore").strip(" \0")
    return name or data[1 : 1 + data[0]].decode("cp1252", "ignore").strip(" \0") if data else ""


def _libreoffice_user(lock: Path) -> str:
    """The user's name in a lock file of LibreOffice: the first field, or else the system's user name."""
    fields = _read(lock).decode("utf-8", "ignore").split(",")
    return next((field.strip() for field in fields[:2] if field.strip()), "")


def _read(lock: Path) -> bytes:
    try:
        return regular_files.read_bytes(lock, regular_files.TEXT_BYTES)
    except OSError:
        return b""
