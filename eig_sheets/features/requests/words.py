"""French texts of requests: the states of `Réponses`, the answer beside each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from eig_sheets.features.requests.actions import Actions
from eig_sheets.features.requests.rules import LONGEST_TYPED, Asked, Recorded, Stage
from eig_sheets.features.requests.rules_steps import Waiting, WaitingReason
from eig_sheets.text.french import listed_first, number, typographic
from eig_sheets.workbook.quoting import did_you_mean, for_officers, quoted

STATES: Final = {
    Stage.RESERVED: "prise en charge",
    Stage.TO_CONFIRM: "à confirmer",
    Stage.CLAIMED: "prise en charge",
    Stage.DONE: "faite",
    Stage.REFUSED: "refusée",
    Stage.INTERRUPTED: "interrompue",
}
WAITING: Final = "en attente"
EDITED_RECORD: Final = typographic(
    "Sa ligne de « Réponses » a été modifiée à la main : rien n’est refait. Prenez une ligne libre."
)
_FREE: Final = "prenez une ligne libre"


def answer(recorded: Recorded, label: str, edited: Sequence[Asked] = ()) -> str:
    """The answer shown beside the rows of a claimed number.

    `label`: that of its action; `edited`: the rows that were changed since.
    """
    return typographic(" ".join([_said(recorded), *([_edited(recorded, label, edited)] if edited else [])]))


def _said(request: Recorded) -> str:
    when, words = f"le {_moment(request.moment)}", for_officers(request.words)
    match request.stage:
        case Stage.RESERVED | Stage.CLAIMED:
            return f"Prise en charge {when}."
        case Stage.TO_CONFIRM:
            return f"À confirmer. {words}"
        case Stage.DONE:
            return f"Faite {when}. {words}"
        case Stage.REFUSED:
            return f"Refusée {when}. {words}"
        case Stage.INTERRUPTED:
            return f"Interrompue {when}. {words}"


def _moment(value: datetime) -> str:
    return f"{value:%d/%m/%Y} à {value:%H:%M}"


def _edited(recorded: Recorded, label: str, rows: Sequence[Asked]) -> str:
    claimed = f"« {label} »" + (f" ({recorded.detail})" if recorded.detail else "")
    return f"{_places(rows).capitalize()} : déjà traitée, comme {claimed} ; {_FREE} pour demander autre chose."


def _places(rows: Iterable[Asked]) -> str:
    numbers = [str(row.name) for row in rows]
    return f"ligne {numbers[0]}" if len(numbers) == 1 else f"lignes {listed_first(numbers)}"


def waiting_answer(waiting: Waiting, actions: Actions, tab: str) -> str:
    """Why nothing is done about a number for now, and what to do; `tab`: what people call theirs."""
    first, places = waiting.rows[0], _places(waiting.rows)
    labels = [actions.label(action) for action in actions.offered]
    label = actions.label(first.action) if first.action else first.typed
    sentences = {
        WaitingReason.FOREIGN: f"« {tab} », {places} : « {quoted(waiting.number)} » n’est pas un numéro donné par le "
        f"robot : rien n’est fait. {_FREE.capitalize()}.",
        WaitingReason.CONFLICT: f"Les {places} ont le même numéro et diffèrent : aucune n’est faite. Gardez-en une, et "
        f"{_FREE} pour l’autre.",
        WaitingReason.UNREADABLE: f"Une cellule de la {places} ne peut pas être lue : corrigez-la (voir "
        "« Anomalies »).",
        WaitingReason.TOO_LONG: f"« Détail » et « Demandé par » comptent plus de {number(LONGEST_TYPED)} caractères : "
        "raccourcissez-les.",
        WaitingReason.NO_ACTION: "Choisissez une action dans la liste de la colonne « Action ».",
        WaitingReason.UNKNOWN_ACTION: f"« {quoted(first.typed)} » n’est pas une action."
        f"{did_you_mean(first.typed, labels)} Choisissez dans la liste.",
        WaitingReason.NOT_OFFERED: f"« {quoted(label)} » n’est pas proposé par la configuration de cet appel.",
        WaitingReason.NAMELESS: f"Dites qui demande « {label} », dans la colonne « Demandé par ».",
        WaitingReason.NOT_ALLOWED: f"« {quoted(first.by)} » ne peut pas demander « {label} » : la configuration nomme "
        "les personnes qui le peuvent.",
    }
    return typographic(sentences[waiting.reason])


def unnumbered_answer(rows: Sequence[Asked], tab: str) -> str:
    """The answer to rows that ask for something without a number."""
    return typographic(f"« {tab} », {_places(rows)} : sans numéro, rien n’est fait. Prenez une ligne libre, numérotée.")


def list_to_confirm(text: str, *, armed: bool, again: bool) -> str:
    """The list shown before an irreversible action; `again`: it differs from the one that was ticked."""
    before = "La liste a changé depuis : rien n’est fait. La voici. " if again else ""
    how = (
        "Cochez « Confirmer » : cette liste exactement sera faite."
        if armed
        else "Décochez « Confirmer » ; quand cette réponse le dira, cochez de nouveau."
    )
    return typographic(f"{before}{how}\n{text}")
