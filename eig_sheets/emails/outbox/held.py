"""E-mails that wait: about what is in doubt, or whose text looks unfilled. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.last_known import changed_keys
from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.catalogue.due import short_name
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.drafting.subjects import keys_of
from eig_sheets.emails.mail.holes import holes, holes_of_subject, quoted
from eig_sheets.emails.mail.messages import Message, unfilled
from eig_sheets.emails.outbox.fingerprints import HolesAnswer, joined
from eig_sheets.emails.outbox.records import Record, as_read
from eig_sheets.emails.outbox.rows import Row, place
from eig_sheets.text.french import typographic
from eig_sheets.workbook.parse import Table


class Held:
    """The e-mails about rows that are left out, or that may be about a row whose person cannot be told any more."""

    def __init__(self, reading: Reading) -> None:
        keys = keys_of(reading.campaign)
        tables = {tab_id: reading.tables[tab_id] for tab_id in keys if tab_id in reading.tables}
        rows = {
            tab_id: {**_undecided(table, keys[tab_id]), **dict(_left_out(table, keys[tab_id], reading))}
            for tab_id, table in tables.items()
        }
        emails = [email for email in catalogue_of(reading.campaign.features) if email.about in tables]
        self._ids = {
            f"{email.id}-{short_name(whom)}": why for email in emails for whom, why in rows[email.about].items()
        }
        unknown = {tab_id: cell for tab_id, table in tables.items() if (cell := _of_nobody(table, keys[tab_id]))}
        self._templates = {email.id: unknown[email.about] for email in emails if email.about in unknown}

    def reason(self, sending_id: str) -> str | None:
        """Why an e-mail that is due no more waits, in French; None when its row says that it is not, or is gone.

        `sending_id`: the id of its first version.
        """
        reasons = (why for name, why in self._ids.items() if sending_id == name or sending_id.startswith(f"{name}-"))
        if (why := next(reasons, None)) is not None:
            return typographic(why)
        names = (cell for name, cell in self._templates.items() if sending_id.startswith(f"{name}-"))
        if (cell := next(names, None)) is not None:
            return typographic(f"{cell} ne se lit pas : cet e-mail est peut-être celui de cette ligne. Corrigez-la.")
        return None


def _of_nobody(table: Table, key: str) -> str | None:
    """The cell of the first row whose number or address cannot be read, be it filled or missing."""
    if key not in table.layout.columns:
        return None
    unread = table.frame["unreadable"].map(lambda fields: key in fields).astype(bool) & table.frame[key].isna()
    row = next(iter(table.frame.loc[unread, "row"].tolist()), None)
    return None if row is None else table.layout.reference(key, int(row))


def _undecided(table: Table, key: str) -> dict[str, str]:
    """What to correct, by the key of each row whose decision can neither be read nor is known."""
    layout, reasons = table.layout, dict[str, str]()
    deciding = [field.id for field in layout.schema.fields if field.remembered]
    rows = zip(table.frame[key], table.frame["row"], table.frame["unreadable"], strict=True)
    for whom, row, unread in rows:
        field = next((field for field in deciding if field in unread), None)
        if whom is not None and field is not None:
            place, header = layout.reference(field, int(row)), layout.header(field)
            reasons[whom] = (
                f"« {header} » ne se lit pas en {place} : corrigez la cellule."
                if place
                else f"La colonne « {header} » n’est plus dans {layout.name} : rendez-lui son en-tête."
            )
    return reasons


def _left_out(table: Table, key: str, reading: Reading) -> Iterator[tuple[str, str]]:
    """The key of each row that is left out, or that it had at the last run, and what to correct."""
    left_out = table.frame[table.frame["row"].isin(table.blocked)]
    rows = [(whom, int(row)) for whom, row in zip(left_out[key], left_out["row"], strict=True) if whom is not None]
    for whom, row in (*rows, *((changed.before, changed.row) for changed in changed_keys(table, reading.known))):
        place = table.layout.reference(key, row) or table.layout.name
        yield whom, f"La ligne de {place} est laissée de côté : corrigez-la."


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
