"""Attachments of e-mails: the very file that this machine made and that people approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.outgoing import AttachedFile
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.jury.folder import copy_of
from eig_sheets.text.french import typographic, why

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
