"""Recognition of what a file really is, whatever its name says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from eig_sheets.importing.errors import ExportError

_ZIP: Final = b"PK\x03\x04"
_SIGNATURES: Final[Mapping[bytes, str]] = {
    b"%PDF": "un PDF",
    b"\xd0\xcf\x11\xe0": "un ancien classeur .xls, ou un classeur protégé par un mot de passe",
    b"\x1f\x8b": "une archive compressée",
}
_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|meta|!--)", re.IGNORECASE)
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml", re.IGNORECASE)
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\[{\"\]}]")
_DOWNLOAD: Final = "téléchargez l’export à nouveau, au format .csv ou .xlsx"
_PAGE: Final = "une page web (HTML), souvent celle qui demande de se connecter"


def refuse_other_format(name: str, data: bytes) -> None:
    """Raise ExportError when a file named .csv is surely something else."""
    if data.startswith(_ZIP):
        raise ExportError(f"« {name} » n’est pas un .csv mais un classeur ou une archive : renommez-le en .xlsx.")
    if other := _format(data):
        raise ExportError(f"« {name} » n’est pas un .csv mais {other} : {_DOWNLOAD}.")


def damaged_workbook(name: str, head: bytes) -> ExportError:
    """The error of a file named .xlsx that is none; `head` is its beginning."""
    if head.startswith(_ZIP) or not head.strip():
        return ExportError(f"« {name} » est endommagé ou vide : téléchargez l’export à nouveau.")
    if other := _format(head):
        return ExportError(f"« {name} » n’est pas un .xlsx mais {other} : {_DOWNLOAD}.")
    return ExportError(
        f"« {name} » est endommagé ou n’est pas un .xlsx : renommez-le en .csv si c’est un texte, ou téléchargez "
        "l’export à nouveau."
    )


def _format(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    patterns = {_HTML: _PAGE, _XML: "un fichier XML", _JSON: "un fichier JSON"}
    return next((kind for pattern, kind in patterns.items() if pattern.match(data)), None)
