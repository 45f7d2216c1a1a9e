"""Decoding of a .csv: UTF-8 or UTF-16, else what Windows calls Western European (cp1252). Nothing is replaced."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Final

from eig_sheets.importing.errors import ExportError

_BYTE_ORDER_MARKS: Final[Mapping[bytes, str]] = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_REMEDY: Final = "téléchargez l’export à nouveau, ou enregistrez-le en « CSV UTF-8 »."


def decoded(name: str, data: bytes) -> str:
    """The text of a .csv. Raises ExportError, which names the line, on bytes that are no text."""
    encoding = next((codec for mark, codec in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _western(name, data, encoding, error)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ExportError(
            f"« {name} », ligne {line} : il y a des caractères nuls, comme dans un fichier abîmé ou d’un encodage "
            f"inattendu. Rien n’est importé : {_REMEDY}"
        )
    return text


def _western(name: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """The same in cp1252, when nothing before the error says that it is Unicode."""
    if encoding == "utf-8" and data[: error.start].isascii():
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as second:
            error = second
    line = data.count(b"\n", 0, error.start) + 1
    raise ExportError(f"« {name} », ligne {line} : des octets n’y sont pas du texte. Rien n’est importé : {_REMEDY}")
