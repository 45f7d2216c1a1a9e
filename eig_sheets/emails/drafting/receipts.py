"""What a receipt says of each dossier that was received of a juror, in French."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.campaign.receipts import ReceivedDossier
from eig_sheets.text.french import listed, number, typographic


def answers_text(received: ReceivedDossier) -> str:
    """« Pertinence du besoin 3,5 ; Définition NSP ; il manque Engagement »."""
    return typographic(" ; ".join(_parts(received)))


def _parts(received: ReceivedDossier) -> Iterator[str]:
    if received.stands_aside:
        yield "vous vous déportez" + (" (réponse peu claire : l’équipe confirmera)" if received.doubtful else "")
    yield from (f"{label} {_note(note)}" for label, note in received.notes)
    if received.unreadable:
        yield f"illisible : {listed(received.unreadable)}"
    if received.missing:
        yield f"il manque {listed(received.missing)}"
    if received.typed:
        yield "l’équipe a saisi une évaluation de vous, qui compte à la place"


def _note(note: float | str) -> str:
    return note if isinstance(note, str) else number(note)
