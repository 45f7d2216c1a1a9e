"""Rereads the workbook and the attachments during a send: what people withdraw meanwhile must not leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import Final, Generic, TypeVar

from eig_sheets.call.jury.pages.files_folder import copy_of
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.messages import AttachedFile
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.text.french import typographic, why

T = TypeVar("T")

MOST_AT_ONCE: Final = 5
SECONDS: Final = 2.0
"""On a remote spreadsheet, at most so many leave after one reading, and for at most so many seconds."""

WAITS: Final = (0.2, 0.5, 1, 2, 4)
"""Seconds before a file that could not be read is read again: a spreadsheet program takes as long to save it."""


class Recheck(Generic[T]):
    """Rechecks which of the chosen e-mails or decisions may still leave, by the latest reading of the workbook."""

    def __init__(
        self,
        session: Session,
        unchanged: Callable[[Snapshot, Sequence[T]], Sequence[T]],
        seen_version: str | None = None,
    ) -> None:
        """`unchanged`: those of them that a reading of the workbook still lets leave; `seen_version` surely does."""
        self._session, self._unchanged = session, unchanged
        self._seen_version = seen_version
        self._sent_since_reading, self._read_at = 0, -SECONDS

    def unchanged_since_chosen(self, chosen: Sequence[T]) -> Sequence[T]:
        """The chosen ones that may still leave; the caller sends the first at once.

        Raises WorkbookError or Refusal when the workbook cannot be read: then none may.
        """
        unchanged = self._reread(chosen) if self._is_due else chosen
        self._sent_since_reading += 1
        return unchanged

    def invalidate_last_reading(self) -> None:
        """Read again before the next one: others were reserved since the last reading."""
        self._seen_version = None

    @property
    def _is_due(self) -> bool:
        if self._seen_version is None or not self._is_remote:
            return True
        return self._sent_since_reading >= MOST_AT_ONCE or monotonic() - self._read_at >= SECONDS

    @property
    def _is_remote(self) -> bool:
        return self._session.workbook.capabilities.remote

    def _reread(self, chosen: Sequence[T]) -> Sequence[T]:
        snapshot = self._read()
        self._sent_since_reading, self._read_at = 0, monotonic()
        if snapshot.version == self._seen_version:
            return chosen
        unchanged = self._unchanged(snapshot, chosen)
        self._seen_version = snapshot.version
        return unchanged

    def _read(self) -> Snapshot:
        for seconds in () if self._is_remote else WAITS:
            try:
                return self._session.workbook.read()
            except WorkbookError:
                sleep(seconds)
        return self._session.workbook.read()


_NOT_HERE: Final = (
    "cette machine n’a pas de copie du fichier que dit l’onglet Grilles : une autre l’a fait ou refait, ou la copie a "
    "été effacée"
)
_REMEDY: Final = (
    "Envoyez de la machine qui a fait les grilles. Sinon refaites celle-ci dans un nouveau dossier (« eig-sheets jury "
    "ballots --to DOSSIER --for {juror} »), lancez « eig-sheets sync », et validez de nouveau cet e-mail s’il est à "
    "valider."
)


class AttachmentError(Exception):
    """A file cannot go with its e-mail. The message is French, with the juror, the file, the cause and the remedy."""


def content_of(session: Session, file: AttachedFile) -> bytes:
    """The bytes of a file as this machine made it, which have the recorded digest. Raises AttachmentError.

    Not those in the folder where it was made: people fill it there, move it, delete it.
    """
    try:
        content = copy_of(file.name, file.digest, session.state_as_it_is.versions)
    except OSError as error:
        raise _error(file, f"sa copie dans le dossier d’état ne peut pas être lue ({why(error)})") from None
    if content is None:
        raise _error(file, _NOT_HERE)
    return content


def with_their_files(session: Session, emails: Sequence[ReadyEmail]) -> tuple[list[ReadyEmail], list[str]]:
    """The e-mails that lack no file, and a sentence on each that does."""
    complete: list[ReadyEmail] = []
    held: list[str] = []
    for email in emails:
        try:
            if email.email.file:
                content_of(session, email.email.file)
        except AttachmentError as error:
            held.append(typographic(f"Bloqué, ne part pas : {email.row.id}. {error}{row_words(session, email)}"))
        else:
            complete.append(email)
    return complete, held


def row_words(session: Session, email: ReadyEmail) -> str:
    """Words on where the row of an e-mail is, to end a sentence; '' where rows have no number."""
    return "" if session.workbook.capabilities.row_ids else f" (E-mails à envoyer, ligne {email.row.number})"


def _error(file: AttachedFile, cause: str) -> AttachmentError:
    remedy = _REMEDY.format(juror=file.juror)
    return AttachmentError(typographic(f"La grille de {file.juror} ({file.name}) n’est pas jointe : {cause}. {remedy}"))
