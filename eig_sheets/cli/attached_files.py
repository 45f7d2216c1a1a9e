"""The bytes of the files that go with e-mails: read where this machine made them, never others than were approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eig_sheets.text.french import typographic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.cli.session import Session
    from eig_sheets.emails.mail.outgoing import AttachedFile
    from eig_sheets.emails.outbox.status import ReadyEmail

_REMEDY: Final = (
    "Refaites-la dans un nouveau dossier (« eig-sheets jury ballots --to DOSSIER --for {juror} »), lancez "
    "« eig-sheets sync », et validez de nouveau cet e-mail s’il est à valider."
)


class AttachmentError(Exception):
    """A file cannot go with its e-mail. The message is French, with the juror, the file, the cause and the remedy."""


def content_of(session: Session, file: AttachedFile) -> bytes:
    """The bytes of a file, which are those that its digest was recorded of. Raises AttachmentError, StateError."""
    from pathlib import Path

    from eig_sheets.jury import page_bytes
    from eig_sheets.jury.pages import PageKind
    from eig_sheets.storage.ballot_log import BallotLog
    from eig_sheets.text.french import why

    made = BallotLog(session.state_as_it_is.folder, session.place).ballots().get((PageKind.NOTES.value, file.juror))
    if made is None:
        raise _error(file, "cette machine ne l’a pas faite")
    try:
        content, digest = page_bytes.content_of(Path(made.path))
    except FileNotFoundError:
        raise _error(file, f"{made.path} n’existe plus") from None
    except OSError as error:
        raise _error(file, f"{made.path} ne peut pas être lu ({why(error)})") from None
    if digest == file.digest:
        return content
    if made.digest == file.digest:
        raise _error(file, f"quelqu’un a changé {made.path} depuis qu’il a été fait")
    raise _error(file, f"{made.path} n’est pas le fichier que dit l’onglet Grilles : une autre machine l’a refait")


def with_their_files(session: Session, emails: Sequence[ReadyEmail]) -> tuple[list[ReadyEmail], list[str]]:
    """The e-mails that lack no file, and a sentence on each that does. Raises StateError."""
    complete: list[ReadyEmail] = []
    held: list[str] = []
    for one in emails:
        try:
            if one.email.file:
                content_of(session, one.email.file)
        except AttachmentError as error:
            held.append(typographic(f"Bloqué, ne part pas : {one.row.id}. {error}"))
        else:
            complete.append(one)
    return complete, held


def _error(file: AttachedFile, cause: str) -> AttachmentError:
    remedy = _REMEDY.format(juror=file.juror)
    return AttachmentError(typographic(f"La grille de {file.juror} ({file.name}) n’est pas jointe : {cause}. {remedy}"))
