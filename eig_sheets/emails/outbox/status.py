"""The status of every e-mail: in the outbox, due now, or gone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.messages import AttachedFile, Blocked, Message, OutgoingEmail
from eig_sheets.emails.outbox.archive import ArchivedDraft
from eig_sheets.emails.outbox.fingerprints import Fingerprint, HolesAnswer, fingerprint_of, joined, reread
from eig_sheets.emails.outbox.held import Held, own_reasons, unfilled_of
from eig_sheets.emails.outbox.records import LastDelivery, Record, approved_text, as_read, line
from eig_sheets.emails.outbox.rows import Row
from eig_sheets.emails.outbox.send_checks import SendChecks
from eig_sheets.emails.outbox.text_diff import Text, changes_text, text_diff
from eig_sheets.emails.outbox.versions import PreviousState, Versions, base, last_numbers, numbered, trusted
from eig_sheets.text.french import typographic
from eig_sheets.workbook.envois import Sending

_NO_LONGER_DUE: Final = "N’est plus dû : les données, les dates ou les réglages ne le demandent plus."
_ARCHIVED: Final = "Sa ligne, obsolète, a été supprimée : sa copie est dans « E-mails archivés »."
_UNKNOWN_ID: Final = "Le robot ne connaît pas cet Id, ou plus : rétablissez-le, ou supprimez cette ligne."
_EDITED: Final = typographic(
    "Modifié après avoir été validé : relisez-le. « emails send » le montre avant d’envoyer ; l’envoi de nuit, lui, "
    "attend que « Valider » ait été décoché une nuit, puis coché."
)
_STALE: Final = typographic(" Il n’est plus dû tel quel : s’il est encore dans les brouillons, supprimez-le.")


@dataclass(frozen=True, slots=True)
class ReadyEmail:
    """A row that nothing keeps from being handed over, if people approve it.

    `seen`: it is as the last run read it. `text_diff`: what people changed in the robot's text. `retry`: it failed for
    a reason that may pass; `failed`: it failed, and was not corrected since.
    """

    row: Row
    email: OutgoingEmail
    template: str
    numero: str | None
    fingerprint: Fingerprint
    text_diff: str
    seen: bool
    failed: bool = False
    retry: bool = False


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """`lines` of `Envois`; the drafts that have no row yet (`new`); rows `ready` to leave.

    `unknown`: the rows whose id the robot never gave, or that it forgot.
    `texts`: the robot's own text of each e-mail that has a row, or gets one. `grouped`: id of an e-mail that the same
    people get as another one → the id of that one.
    """

    lines: tuple[Sending, ...]
    new: tuple[Draft, ...]
    ready: tuple[ReadyEmail, ...]
    texts: Mapping[str, Text]
    grouped: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[Row, ...] = ()

    @property
    def added(self) -> tuple[Draft, ...]:
        """The drafts to append: those that nothing blocks."""
        return tuple(draft for draft in self.new if isinstance(draft.outcome, Message))

    def limited_to(self, chosen: Collection[str]) -> OutboxStatus:
        """The status when only some of the new drafts (by id) are to be appended."""
        left = {draft.id for draft in self.new if draft.id not in chosen}
        texts = {sending_id: text for sending_id, text in self.texts.items() if sending_id not in left}
        new = tuple(draft for draft in self.new if draft.id in chosen)
        return replace(self, lines=tuple(line for line in self.lines if line.id not in left), new=new, texts=texts)


def text_of(message: Message) -> Text:
    """A message as the cells of its row hold it."""
    return joined(message.to), joined(message.cc), message.subject, message.body


class StatusBuilder:
    """Builds the status of every e-mail from the previous state, the drafts that are due and the send checks."""

    def __init__(
        self,
        previous: PreviousState,
        due: Sequence[Draft],
        versions: Versions,
        checks: SendChecks,
        texts: Mapping[str, Text],
        held: Held,
    ) -> None:
        """`due`: those that `versions` numbers; `texts`: what the robot wrote before; `held`: about rows left out."""
        self._held = held
        self._previous, self._versions, self._checks = previous, versions, checks
        self._due = {draft.id: fingerprint_of(draft, message).whole for draft, message in _messages(due)}
        self._texts = {
            **texts,
            **{draft.id: text_of(message) for draft, message in _messages(versions.current.values())},
        }
        self._replaces = {new: old for old, new in versions.replaced.items()}
        grouped = (draft for draft, _ in versions.grouped)
        self._own = trusted(previous) | {draft.id for draft in (*versions.new, *grouped)}
        self._last = last_numbers(self._own)
        self._ready: list[ReadyEmail] = []
        self._unknown: list[Row] = []

    def status(self) -> OutboxStatus:
        """The status: the outbox's rows in their order, then what is new, then what is no longer there."""
        here = [self._of_rows(sending_id, rows) for sending_id, rows in self._previous.rows.items()]
        new = sorted(map(self._of_draft, self._versions.new), key=lambda email: not email.fingerprint)  # without a row
        grouped = [self._of_grouped(draft, leader) for draft, leader in self._versions.grouped]
        shown = {line.id for line in (*here, *new, *grouped)}
        gone = [
            self._of_delivery(last_delivery)
            for last_delivery in self._previous.last_deliveries.values()
            if last_delivery.gone and last_delivery.id not in shown
        ]
        left = {line.id for line in gone} | shown
        archived = [self._of_archived(draft) for draft in self._previous.archived.values() if draft.id not in left]
        removed = [*self._removed(left | {*self._previous.archived})]
        lines = (*here, *new, *grouped, *gone, *archived, *removed)
        leaders = {draft.id: leader for draft, leader in self._versions.grouped}
        new_drafts, ready = tuple(self._versions.new), tuple(self._ready)
        return OutboxStatus(lines, new_drafts, ready, self._texts_of_rows(), leaders, tuple(self._unknown))

    def _texts_of_rows(self) -> dict[str, Text]:
        of_rows = {
            sending_id: self._texts[sending_id] for sending_id in self._previous.rows if sending_id in self._texts
        }
        return {**of_rows, **{draft.id: text_of(message) for draft, message in _messages(self._versions.new)}}

    def _of_rows(self, sending_id: str, rows: Sequence[Row]) -> Sending:
        row, last_delivery = rows[0], self._previous.last_deliveries.get(sending_id)
        draft = self._versions.current.get(sending_id)
        if last_delivery and last_delivery.gone:
            return self._of_delivery(last_delivery, row)
        if row.set_aside:
            if draft is None and not self._was_in_the_outbox(sending_id):
                self._unknown.append(row)
            return self._line(row, DeliveryStatus.SET_ASIDE, "")
        if draft is not None and isinstance(draft.outcome, Blocked) and draft.held:
            return self._line(row, DeliveryStatus.BLOCKED, " ".join(draft.outcome.reasons), draft)
        if draft is None or not isinstance(draft.outcome, Message):
            return self._line(row, *self._without_message(row))
        unfilled = unfilled_of(row, draft, draft.outcome, self._previous.records.get(sending_id))
        if reasons := self._checks.reasons(rows, draft, draft.outcome, unfilled):
            return self._line(row, DeliveryStatus.BLOCKED, " ".join(reasons), draft, unfilled.answer)
        ready = self._ready_email(row, draft, draft.outcome, last_delivery, unfilled.answer)
        self._ready.append(ready)
        state = DeliveryStatus.APPROVED if row.approved else DeliveryStatus.TO_APPROVE
        if last_delivery and ready.failed and row.approved:
            return replace(
                self._line(row, DeliveryStatus.FAILED, last_delivery.detail, draft, unfilled.answer),
                moment=last_delivery.moment,
            )
        details = [self._replacement_text(sending_id).removesuffix(draft.note).rstrip(), draft.note, unfilled.note]
        if approved_text(row, self._previous.records.get(sending_id)):
            details.append(_EDITED)
        return self._line(row, state, "\n".join(filter(None, details)), draft, unfilled.answer)

    def _without_message(self, row: Row) -> tuple[DeliveryStatus, str]:
        """The state, and the reason, of a row that has no message any more."""
        sending_id = row.id
        after = numbered(base(sending_id), self._last.get(base(sending_id), 1))
        if sending_id in self._own and sending_id != after:
            return DeliveryStatus.OBSOLETE, f"Les données ont changé : « {after} » le remplace."
        if reason := self._held.reason(base(sending_id)):
            return DeliveryStatus.BLOCKED, reason
        if self._was_in_the_outbox(sending_id):
            return DeliveryStatus.OBSOLETE, _NO_LONGER_DUE
        self._unknown.append(row)
        return DeliveryStatus.BLOCKED, _UNKNOWN_ID

    def _was_in_the_outbox(self, sending_id: str) -> bool:
        record = self._previous.records.get(sending_id)
        return record is not None and record.was_in_the_outbox

    def _ready_email(
        self, row: Row, draft: Draft, message: Message, last_delivery: LastDelivery | None, answer: HolesAnswer
    ) -> ReadyEmail:
        seen = as_read(row, self._previous.records.get(row.id)) is not None
        failed = (
            last_delivery is not None
            and last_delivery.fingerprint is not None
            and last_delivery.fingerprint.row == row.fingerprint
        )
        to, cc = _split(row.to), _split(row.cc)
        email = OutgoingEmail(draft.id, to, cc, row.subject, row.body, draft.event, message.reply_to, draft.file)
        changed = text_diff(text_of(message), (row.to, row.cc, row.subject, row.body))
        retry = failed and last_delivery is not None and last_delivery.retry
        fingerprint = replace(fingerprint_of(draft, message, row.fingerprint), holes=answer)
        return ReadyEmail(
            row, email, draft.template, draft.numero, fingerprint, changed, seen, failed=failed, retry=retry
        )

    def _of_draft(self, draft: Draft) -> Sending:
        if isinstance(draft.outcome, Blocked):
            reasons = " ".join(draft.outcome.reasons)
            return Sending(draft.id, draft.template, draft.numero, None, None, DeliveryStatus.BLOCKED, reasons)
        fingerprint, to = fingerprint_of(draft, draft.outcome), joined(draft.outcome.to)
        detail = "\n".join(filter(None, (self._replacement_text(draft.id, draft), draft.note)))
        held = " ".join(own_reasons(draft.holes))
        state, detail = (DeliveryStatus.BLOCKED, held) if held else (DeliveryStatus.TO_APPROVE, detail)
        sending = Sending(draft.id, draft.template, draft.numero, to, draft.outcome.subject, state, detail)
        return line(sending, fingerprint)

    def _replacement_text(self, sending_id: str, draft: Draft | None = None) -> str:
        """The changes of a new version, and the corrections that people made to the one that it replaces."""
        record = self._previous.records.get(sending_id)
        if draft is None or not isinstance(draft.outcome, Message):
            detail = record.detail if record and record.detail.startswith(_REPLACES) else ""
            return detail.removesuffix(_EDITED).rstrip()
        old = self._replaces.get(sending_id)
        return self._changes_text(old, text_of(draft.outcome), draft.file) if old else ""

    def _changes_text(self, old: str, new: Text, file: AttachedFile | None) -> str:
        row = self._previous.rows[old][0]
        otherwise = f"Le fichier joint, {file.name}, a été refait." if file else ""
        changes = changes_text(self._texts.get(old), (row.to, row.cc, row.subject, row.body), new, otherwise)
        return f"{_REPLACES} « {old} ».\n{changes}"

    def _of_grouped(self, draft: Draft, leader: str) -> Sending:
        message = draft.outcome
        to, subject = (joined(message.to), message.subject) if isinstance(message, Message) else (None, None)
        details = f"Les mêmes personnes reçoivent le même message avec « {leader} »."
        return Sending(draft.id, draft.template, draft.numero, to, subject, DeliveryStatus.GROUPED, details)

    def _of_delivery(self, last_delivery: LastDelivery, row: Row | None = None) -> Sending:
        record = self._previous.records.get(last_delivery.id)
        # What it said when it left, whatever people have made of its row since.
        recipients = last_delivery.recipients or (record.recipients if record else None) or (row.to if row else None)
        subject = (record.subject if record else None) or (row.subject if row else None)
        detail = last_delivery.detail.removesuffix(_STALE) + (_STALE if self._is_stale(last_delivery) else "")
        about = (last_delivery.id, last_delivery.template, last_delivery.numero)
        return line(
            Sending(*about, recipients, subject, last_delivery.state, detail, last_delivery.moment),
            last_delivery.fingerprint,
        )

    def _is_stale(self, last_delivery: LastDelivery) -> bool:
        """Whether a draft that people may still send is outdated."""
        made_of = last_delivery.fingerprint.whole if last_delivery.fingerprint else None
        return last_delivery.state == DeliveryStatus.DRAFTED and made_of != self._due.get(base(last_delivery.id))

    def _of_archived(self, draft: ArchivedDraft) -> Sending:
        record = self._previous.records.get(draft.id)
        about = (draft.id, draft.template, draft.numero, draft.recipients, draft.subject)
        return line(Sending(*about, DeliveryStatus.ARCHIVED, _ARCHIVED), record.fingerprint if record else None)

    def _removed(self, shown: set[str]) -> Iterator[Sending]:
        for record in self._previous.records.values():
            if record.was_in_the_outbox and record.id not in shown:
                about = (record.id, record.template, record.numero, record.recipients, record.subject)
                yield line(Sending(*about, DeliveryStatus.REMOVED), record.fingerprint)

    def _line(
        self,
        row: Row,
        state: DeliveryStatus,
        detail: str,
        draft: Draft | None = None,
        answer: HolesAnswer = HolesAnswer.NONE,
    ) -> Sending:
        record = self._previous.records.get(row.id)
        template, numero = _named(row, draft, record)
        sending = Sending(row.id, template, numero, row.to or None, row.subject or None, state, detail)
        if draft is not None and isinstance(draft.outcome, Message):
            approved = approved_text(row, record) if state == DeliveryStatus.APPROVED else None
            made = fingerprint_of(draft, draft.outcome, approved or row.fingerprint)
            return line(sending, replace(made, holes=answer))
        return line(sending, reread(record.fingerprint, row.fingerprint) if record and record.fingerprint else None)


_REPLACES: Final = "Remplace"


def _named(row: Row, draft: Draft | None, record: Record | None) -> tuple[str, str | None]:
    """The template and the number of an e-mail, whatever people made of those of its row."""
    if draft is not None:
        return draft.template, draft.numero
    return (record.template, record.numero) if record else (row.template, row.numero or None)


def _messages(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Message]]:
    return ((draft, draft.outcome) for draft in drafts if isinstance(draft.outcome, Message))


def _split(addresses: str) -> tuple[str, ...]:
    return (addresses,) if addresses else ()
