"""Texts that look unfilled: a row that holds one leaves only once people saw it held and ticked it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.holes import holes, holes_of_subject, quoted
from eig_sheets.emails.mail.messages import Message, unfilled
from eig_sheets.emails.outbox.fingerprints import HolesAnswer, joined
from eig_sheets.emails.outbox.records import Record, as_read
from eig_sheets.emails.outbox.rows import Row, place
from eig_sheets.text.french import typographic

_IF_MEANT: Final[Mapping[HolesAnswer, str]] = {
    HolesAnswer.NONE: "",
    HolesAnswer.SHOWN: (
        " ; si c’est voulu, décochez « Valider », attendez la synchronisation suivante, puis cochez de nouveau"
    ),
    HolesAnswer.CLEARED: " ; si c’est voulu, cochez « Valider » de nouveau",
}


@dataclass(frozen=True, slots=True)
class Unfilled:
    """What looks unfilled in a row: what people typed in it, by field; what the robot wrote, with where that is from.

    `answer` is what people said of it, by their tick.
    """

    typed: Mapping[str, Counter[str]]
    own: Mapping[str, str]
    answer: HolesAnswer

    @property
    def held(self) -> bool:
        """Whether it keeps the row from leaving."""
        return bool(self.typed or self.own) and self.answer is not HolesAnswer.MEANT

    @property
    def note(self) -> str:
        """What is said of a row that leaves with it all the same."""
        seen = sum(self.typed.values(), Counter(self.own.keys()))
        return typographic(f"Contient « {quoted(seen)} » : validé deux fois par l’équipe.") if seen else ""

    def reasons(self, reading: Reading, row: Row) -> Iterator[str]:
        """Why the row is held, with what to correct and how to say that it is meant."""
        for field, seen in self.typed.items() if self.held else ():
            corrected = f"corrigez {place(reading, field, row)}{_IF_MEANT[self.answer]}"
            yield f"« {field.capitalize()} » {unfilled(quoted(seen))} : {corrected}."
        if self.held:
            yield from own_reasons(self.own, self.answer)


def own_reasons(own: Mapping[str, str], answer: HolesAnswer = HolesAnswer.NONE) -> Iterator[str]:
    """Why a text of the robot is held: what looks unfilled in a cell of the team, or in the template."""
    for where in dict.fromkeys(own.values()):
        seen = Counter(hole for hole, place in own.items() if place == where)
        yield f"Le texte {unfilled(quoted(seen))} : corrigez {where}{_IF_MEANT[answer]}."


def unfilled_of(row: Row, draft: Draft, message: Message, record: Record | None) -> Unfilled:
    """What looks unfilled in a row, but for what applicants wrote themselves."""
    cells = {
        "destinataires": (row.to, joined(message.to)),
        "copie": (row.cc, joined(message.cc)),
        "objet": (row.subject, message.subject),
        "message": (row.body, message.body),
    }
    edited = ((field, text, own) for field, (text, own) in cells.items() if text != own)
    typed = {field: more for field, text, own in edited if (more := _holes_in(field, text) - _holes_in(field, own))}
    left = holes(row.subject) + holes(row.body) if draft.holes else ()
    own = {hole: where for hole, where in draft.holes.items() if hole in left}
    return Unfilled(typed, own, _answer(row, record) if typed or own else HolesAnswer.NONE)


def _holes_in(field: str, text: str) -> Counter[str]:
    return holes_of_subject(text) if field == "objet" else holes(text)


def asks_to_untick(sentence: str) -> bool:
    """Whether a sentence says that a text which is meant leaves once a run saw it without its tick."""
    return typographic(_IF_MEANT[HolesAnswer.SHOWN]) in sentence


def _answer(row: Row, record: Record | None) -> HolesAnswer:
    """What people said of a text, by its tick now and at earlier runs."""
    read = as_read(row, record)
    before = read.holes if read else HolesAnswer.NONE
    if before in (HolesAnswer.CLEARED, HolesAnswer.MEANT):
        return HolesAnswer.MEANT if row.approved else HolesAnswer.CLEARED
    if before is HolesAnswer.SHOWN and not row.approved:
        return HolesAnswer.CLEARED
    return HolesAnswer.SHOWN if row.approved else HolesAnswer.NONE
