"""Send checks: why a row of the outbox cannot be sent as people left it, a French sentence a reason, with its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.drafting.subjects import People
from eig_sheets.emails.mail.addresses import Address, AddressError, addresses, wire
from eig_sheets.emails.mail.messages import Message, is_blank
from eig_sheets.emails.outbox.fingerprints import text_fingerprint
from eig_sheets.emails.outbox.held import Unfilled
from eig_sheets.emails.outbox.rows import Row, place
from eig_sheets.emails.outbox.text_diff import Text
from eig_sheets.emails.outbox.versions import base
from eig_sheets.text.confusables import ADDRESS, misleading_reason, visible
from eig_sheets.text.french import listed_first, typographic

INVITATION: Final = "invitation.ics"


@dataclass(frozen=True, slots=True)
class Permissions:
    """Allowed recipients: `allowed` about any dossier (addresses, or domains as « @domaine.fr »), `never` at all.

    All as `wire` spells them.
    """

    allowed: frozenset[str]
    never: frozenset[str]

    def allows(self, address: str) -> bool:
        """Whether an address, as it travels, was allowed by name or by domain."""
        return address in self.allowed or f"@{address.rpartition('@')[2]}" in self.allowed


class SendChecks:
    """The rows of one reading, each compared with the draft that it was made from."""

    def __init__(self, reading: Reading, texts: Iterable[tuple[str, Text]], permissions: Permissions) -> None:
        """`texts`: the robot's own, with their ids, by which one that belongs to another row is known."""
        self._reading, self._permissions = reading, permissions
        self._people = People(reading)
        self._owners = _ids_by_text(texts)

    def reasons(self, rows: Sequence[Row], draft: Draft, message: Message, unfilled: Unfilled) -> tuple[str, ...]:
        """The reasons why an e-mail cannot leave; `rows` are those with its id."""
        row = rows[0]
        if gone := [*self._vanished_reasons()]:
            return tuple(map(typographic, gone))
        reasons = [
            *self._duplicate_reasons(rows),
            *self._misplaced_reasons(row, draft),
            *self._address_reasons(row, draft, message),
            *self._lookalike_reasons(row),
            *self._text_reasons(row),
            *unfilled.reasons(self._reading, row),
            *self._attachment_reasons(row, draft),
        ]
        return tuple(typographic(reason) for reason in reasons)

    def _vanished_reasons(self) -> Iterator[str]:
        """The columns that are not found any more: what the row said there is not blank."""
        emails = self._reading.layout.tabs["emails"]
        for field in emails.vanished:
            yield f"La colonne « {emails.header(field)} » de l’onglet {emails.name} n’est plus là : rétablissez-la."

    def _duplicate_reasons(self, rows: Sequence[Row]) -> Iterator[str]:
        if len(rows) > 1:
            places = listed_first([place(self._reading, "id", row) for row in rows])
            yield f"Le même Id est en {places} : gardez une seule de ces lignes."

    def _misplaced_reasons(self, row: Row, draft: Draft) -> Iterator[str]:
        """Signs that people sorted only some columns, or pasted over a row; none for a column that is gone."""
        columns = self._reading.layout.tabs["emails"].columns
        for field, header, written, own in (
            ("modele", "Modèle", row.template, draft.template),
            ("numero", "N° de dossier", row.numero, draft.numero or ""),
        ):
            if written != own and field in columns:
                yield (
                    f"« {header} » n’est plus celui de cet e-mail (« {own or 'vide'} ») : la ligne a été mélangée avec "
                    f"une autre, rétablissez-la ou supprimez-la ({place(self._reading, field, row)})."
                )
        for field, subject, typed in (("objet", "L’objet", row.subject), ("message", "Le message", row.body)):
            others = self._owners.get((field, _normalized(typed)), frozenset())
            if others and base(draft.id) not in others:
                yield (
                    f"{subject} de {place(self._reading, field, row)} est celui de « {min(others)} » : la ligne a été "
                    "mélangée avec une autre, rétablissez-la ou supprimez-la."
                )

    def _address_reasons(self, row: Row, draft: Draft, message: Message) -> Iterator[str]:
        own = self._people.of(draft.template, draft.numero or draft.person)
        known = {wire(address) for address in (*message.to, *message.cc, *own)}
        for field, header, typed in (("destinataires", "Destinataires", row.to), ("copie", "Copie", row.cc)):
            cell = place(self._reading, field, row)
            try:
                parsed = addresses(typed, accents=True)
            except AddressError as error:
                yield f"{header} : {error} Corrigez {cell}."
                continue
            if not parsed and field == "destinataires":
                yield f"« Destinataires » est vide : remplissez {cell}."
            for address in parsed:
                yield from self._permission_reasons(address, known, draft, cell)

    def _lookalike_reasons(self, row: Row) -> Iterator[str]:
        """Addresses that look like others, but for those that somebody allowed as they travel."""
        for field, typed in (("destinataires", row.to), ("copie", row.cc)):
            where = place(self._reading, field, row)
            for address in map(visible, ADDRESS.findall(typed)):  # what nobody sees is left out of what travels
                if reason := misleading_reason(address, self._permissions.allowed):
                    yield (
                        f"{address} a une lettre trompeuse : {reason}. Effacez-la et retapez-la en {where} ; si elle "
                        "est vraiment ainsi, autorisez-la comme elle s’écrit en réalité (emails.allowed dans la "
                        "configuration)."
                    )

    def _permission_reasons(self, address: Address, known: Collection[str], draft: Draft, cell: str) -> Iterator[str]:
        key = address.wire.casefold()
        if key in self._permissions.never:
            yield f"{address.address} ne veut plus d’e-mails (emails.never) : ôtez cette adresse de {cell}."
        elif key not in known and not self._permissions.allows(key):
            whose = f"du dossier {draft.numero}" if draft.numero else "de la personne concernée"
            yield (
                f"{address.address} n’est pas une adresse {whose} : corrigez {cell} ou, si c’est voulu, autorisez-la "
                "par son nom (emails.allowed dans la configuration, ou « emails send --allow »)."
            )

    def _text_reasons(self, row: Row) -> Iterator[str]:
        for field, text in (("objet", row.subject), ("message", row.body)):
            if is_blank(text):
                yield f"« {field.capitalize()} » est vide : remplissez {place(self._reading, field, row)}."

    def _attachment_reasons(self, row: Row, draft: Draft) -> Iterator[str]:
        expected = attached(draft)
        if row.attachments.strip() != expected:
            remedy = f"remettez « {expected} »" if expected else "videz-la"
            yield (
                f"« Pièces jointes » a été modifié et le robot ne joint que ses invitations et les grilles : "
                f"{remedy} en {place(self._reading, 'pieces_jointes', row)}, ou envoyez ce message vous-même."
            )


def attached(draft: Draft) -> str:
    """The words of the outbox for what is attached to a message."""
    return " ; ".join([*([INVITATION] if draft.event else []), *([draft.file.name] if draft.file else [])])


def _ids_by_text(texts: Iterable[tuple[str, Text]]) -> Mapping[tuple[str, str], frozenset[str]]:
    """The ids (first versions) of the e-mails that have each subject and each body."""
    ids: dict[tuple[str, str], set[str]] = {}
    for sending_id, (_, _, subject, body) in texts:
        for field, text in (("objet", subject), ("message", body)):
            ids.setdefault((field, _normalized(text)), set()).add(base(sending_id))
    return {text: frozenset(ids) for text, ids in ids.items()}


def _normalized(text: str) -> str:
    return text_fingerprint("", "", "", text)
