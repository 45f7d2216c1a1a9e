"""E-mails as files of a folder, that Outlook, Thunderbird and Apple Mail open, and a page to read them all."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from eig_sheets import private
from eig_sheets.french import typographic, why
from eig_sheets.mail.outlets.base import Outcome, OutletError, Receipt
from eig_sheets.mail.outlets.eml_index import index
from eig_sheets.mail.outlets.file_names import safe
from eig_sheets.mail.outlets.wire import data_of

FOLDER: Final = "brouillons"
INDEX: Final = "index.html"
_DATE: Final = re.compile(rb"\A((?:[^\r\n]+\r\n)*?)Date:[^\r\n]*\r\n")


class Eml:
    """An outlet that writes. A file that is there already is never changed, even when its message has been."""

    name = "eml"
    sends = False
    accents = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def close_to_others(self) -> bool:
        """Take from everybody else what an earlier version left open to them; whether it had.

        A folder of another name than ours keeps its mode, as does one that is open to a group alone: people chose that.
        """
        ours = self._folder.name == FOLDER and (self._folder / INDEX).exists()
        return ours and private.restrict_to_owner(self._folder, mask=private.OTHERS)

    def __enter__(self) -> Self:
        """Make the folder, and see that it can be written to. Raises OutletError."""
        try:
            private.make_folder(self._folder)
        except OSError as error:
            reason = why(error)
        else:
            if os.access(self._folder, os.W_OK | os.X_OK):
                return self
            reason = "accès refusé"
        raise OutletError(typographic(f"Le dossier {self._folder} ne peut pas recevoir de brouillons ({reason})."))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the page of all the files in the folder."""
        with contextlib.suppress(OSError):  # the files are there all the same
            self._write_index()

    def deliver(self, message_id: str, message: EmailMessage, recipients: Sequence[str]) -> Receipt:  # noqa: ARG002
        """Write one file; who it is for is what it says."""
        path, data = self._folder / f"{safe(message_id)}.eml", data_of(message, draft=True)
        try:
            there = path.read_bytes() if path.exists() else None
            if there is not None and _undated(there) != _undated(data):
                return _said(
                    Outcome.REFUSED,
                    f"Il y a déjà un autre {path.name} dans {self._folder} : relisez-le, puis supprimez-le pour qu’il "
                    "soit écrit de nouveau, ou choisissez un autre dossier.",
                )
            if there is None:
                private.write(path, data)
        except OSError as error:
            return _said(Outcome.DEFERRED, f"{path} n’a pas pu être écrit : {why(error)}.")
        return _said(Outcome.DRAFTED, f"Brouillon : {path}")

    def _write_index(self) -> None:
        private.write(self._folder / INDEX, index(self._files()).encode())

    def _files(self) -> Iterator[tuple[str, EmailMessage]]:
        for path in sorted(path for path in self._folder.glob("*.eml") if path.is_file()):
            yield path.name, message_from_bytes(path.read_bytes(), policy=policy.default)


def _undated(data: bytes) -> bytes:
    """The same message made again has another date."""
    return _DATE.sub(rb"\1", data, count=1)


def _said(outcome: Outcome, detail: str) -> Receipt:
    return Receipt(outcome, typographic(detail))
