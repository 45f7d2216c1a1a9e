"""The Grist workbook: one download to read it, one atomic list of actions to write it, while people go on editing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

from eig_sheets.spreadsheet.grist import (
    access,
    access_proof,
    diagnosis_facts,
    dressing,
    error_messages,
    identifiers,
    readers,
    signing,
)
from eig_sheets.spreadsheet.grist.batch import Batch
from eig_sheets.spreadsheet.grist.client import MAX_BODY, Client, encoded
from eig_sheets.spreadsheet.grist.document import Document
from eig_sheets.spreadsheet.grist.error_messages import GristError, UnknownOutcomeError
from eig_sheets.spreadsheet.grist.own_tables import ChangedOwnTableError
from eig_sheets.spreadsheet.grist.ownership_check import check_ownership
from eig_sheets.spreadsheet.grist.reading import CAPABILITIES, snapshot
from eig_sheets.spreadsheet.grist.sqlite_file import DocumentError, parse
from eig_sheets.spreadsheet.grist.work import Action, InapplicableOperationError
from eig_sheets.spreadsheet.model.access import CloseAccess
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.diagnosis import Finding
from eig_sheets.spreadsheet.model.plan import CreateTab, Equip, Operation, Plan
from eig_sheets.spreadsheet.model.snapshot import Snapshot


class GristWorkbook:
    """One document. `officers` may edit the columns that we protect; `zone` is that of the moments that we write."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, client: Client, officers: Sequence[str] = (), zone: str = "Europe/Paris") -> None:
        self.location = client.address.url
        self._client, self._officers, self._zone = client, officers, zone
        self._document: Document | None = None
        self._refused = ""

    def exists(self) -> bool:
        """Always true: people create and share the document, and reading fails when it is not there."""
        return True

    def read(self) -> Snapshot:
        """The whole document, in one call, and whom it is shared with. Raises WorkbookError."""
        self._document = self._read()
        return snapshot(self._document, *readers.accounts_of(self._client.people()))

    def _read(self, client: Client | None = None) -> Document:
        try:
            return parse((client or self._client).download())
        except DocumentError:
            raise error_messages.unreadable_document(self.location) from None
        except ChangedOwnTableError as error:
            raise error_messages.changed_own_table(str(error)) from None

    def apply(self, plan: Plan) -> Sequence[str]:
        """Apply the whole plan, made for the last reading, in one atomic request, or the fewest where it is too large.

        What people changed since then stays. Raises MovedError when the document changed so much that the plan does
        not fit any more; WorkbookError.
        """
        if not plan:
            lacks = self._document is not None and bool(self._document.undressed)
            return self._dress(plan) if lacks else ()
        batch = self._batch(plan)
        first, *others = split(batch.actions)
        requests = [first, *([batch.still_last, *actions] for actions in others)]
        for number, actions in enumerate(requests):
            try:
                self._send(actions, batch, is_first=number == 0, is_last=number == len(requests) - 1)
            except MovedError:
                if number:
                    raise error_messages.half_written() from None
                raise
        lacking = batch.leaves_undressed or batch.document.undressed or batch.author_columns
        return self._dress(plan, batch) if lacking else ()

    def _dress(self, plan: Plan, batch: Batch | None = None) -> Sequence[str]:
        """Make columns of authors, dress new tables, draw the charts; a French warning when Grist does not."""
        try:
            try:
                self._dress_once(plan, batch)
            except MovedError:  # another run did so, or people changed what it needs
                self._dress_once(plan, batch)
            if batch is not None and batch.author_columns:
                self._widen_authors()
        except WorkbookError as error:
            return [error_messages.not_dressed(error)]
        return ()

    def _widen_authors(self) -> None:
        """Set the widths of the columns of authors, which have numbers only once they are made."""
        document = self._read()
        if actions := [*signing.widths(document)]:
            check_ownership(actions, document)
            self._client.apply(actions)

    def _dress_once(self, plan: Plan, batch: Batch | None) -> None:
        document = self._read()
        links = identifiers.completed(plan.operations, document, self._client.address.pages, self._zone)
        signed = [*signing.actions(batch.author_columns, batch.document, document, batch.robot)] if batch else []
        rules = readers.WorkAccess(document)
        rules.follow(signed)
        actions = [*dressing.pending_actions(document), *links, *signed, *rules.actions()]
        check_ownership(actions, document, dressing.new_titles(document))
        for part in split(actions) if actions else ():
            self._client.apply(part)

    def _batch(self, plan: Plan) -> Batch:
        document, self._document = self._document, None
        if document is None or document.version != plan.version:
            raise error_messages.document_changed()
        robot = self._client.account() if any(map(_names_robot, plan.operations)) else ""
        signs, pages = bool(self._officers), self._client.address.pages
        batch = Batch(document, pages, self._zone, robot, secrets.token_hex(6), signs=signs)
        try:
            batch.add(plan)
        except InapplicableOperationError as error:
            raise error_messages.inapplicable(str(error)) from None
        check_ownership(batch.actions, document)
        return batch

    def _send(self, actions: Sequence[Action], batch: Batch, *, is_first: bool, is_last: bool) -> None:
        """Send one request; where its outcome is unknown, the mark of the run says whether it was done."""
        try:
            self._client.apply(actions)
        except MovedError:
            if not is_first or not self._was_refused_before(batch.document.version):
                raise
            self._client.reload()
            self._client.apply(actions)
        except GristError as error:
            if is_first and self._takes_over(batch.document, error):
                self._client.apply(actions)
                return
            raise error_messages.blocked_by_rules(error, access.refusing(batch.document)) from None
        except UnknownOutcomeError:
            now = self._read()
            ours = now.run == batch.run and now.token == batch.token
            if is_last and ours and now.finished:
                return
            if not is_first or ours or now.version != batch.document.version:
                raise
            self._client.apply(actions)  # certainly not done: nothing has changed since it was read

    def _was_refused_before(self, version: str) -> bool:
        """Whether this reading was refused before as if the document had changed, and did not change.

        Grist's engine of formulas then knows another document than its file, after an action that it refused an editor.
        """
        was, self._refused = self._refused, version
        return was == version

    def _takes_over(self, document: Document, error: GristError) -> bool:
        """Whether rules refused an account that is not yet the robot's: an owner's, which now is."""
        if error.status != 403 or not document.readers.is_there:
            return False
        actions = [*readers.taken_over(document, self._client.account())]
        if actions:
            self._client.apply(actions)
        return bool(actions)

    @contextmanager
    def locked(self) -> Iterator[Sequence[str]]:
        """No lock is needed: of two plans made from the same reading, Grist rejects the second."""
        yield ()

    def sharing_warning(self, environment: Mapping[str, str]) -> str:  # noqa: ARG002 (as any workbook)
        """Always '': every machine works on the same document."""
        return ""

    def prove_access(self) -> Iterator[Finding]:
        """Findings about what each account sees, asked as that account. Raises WorkbookError."""
        document = self._read()
        state = access.state_of(document, *readers.accounts_of(self._client.people()))
        yield from access_proof.findings(document, state, self._client.rows_seen_by)

    def diagnose(self, environment: Mapping[str, str]) -> Iterator[Finding]:
        """Whether the key is accepted, its account owns the document, access rules let it work, the clock is right."""
        yield from diagnosis_facts.findings(self._client.hurried(), self._read, self._officers, environment)


def _names_robot(operation: Operation) -> bool:
    """Whether what it writes names the robot's account."""
    return isinstance(operation, CloseAccess | CreateTab) or (isinstance(operation, Equip) and bool(operation.signed))


_ROOM = 2_000
"""Bytes for what is said before each request but the first (`Batch.still_last`)."""


def split(actions: Sequence[Action]) -> Iterator[list[Action]]:
    """The actions as requests that Grist accepts, in their order. Raises WorkbookError when one action is too large.

    Those of access rules are in one request, so that there is no moment without them.
    """
    part: list[Action] = []
    size = 2
    for is_access, group in groupby(actions, lambda action: str(action[1]).startswith("_grist_ACL")):
        for together in [[*group]] if is_access else ([action] for action in group):
            length = sum(len(encoded(action)) + 1 for action in together)
            if length > MAX_BODY:
                raise WorkbookError(error_messages.refusal(413, "", "", writing=True).args[0])
            if part and size + length > MAX_BODY - _ROOM:
                yield part
                part, size = [], 2
            part += together
            size += length
    yield part
