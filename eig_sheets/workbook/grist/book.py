"""The Grist workbook: one download to read it, one atomic list of actions to write it, while people go on editing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from eig_sheets.workbook.grist import charts, diagnosis_facts, dressing, error_messages, rival_rules
from eig_sheets.workbook.grist.batch import Batch, Editors
from eig_sheets.workbook.grist.capabilities import CAPABILITIES
from eig_sheets.workbook.grist.client import MAX_BODY, Client, encoded
from eig_sheets.workbook.grist.document import Document
from eig_sheets.workbook.grist.error_messages import GristError, UnknownOutcomeError
from eig_sheets.workbook.grist.own_tables import ChangedOwnTableError
from eig_sheets.workbook.grist.ownership_check import check_ownership
from eig_sheets.workbook.grist.reading import snapshot
from eig_sheets.workbook.grist.sqlite_file import DocumentError, parse
from eig_sheets.workbook.grist.work import Action, InapplicableOperationError
from eig_sheets.workbook.model.base import MovedError, WorkbookError
from eig_sheets.workbook.model.capabilities import Capabilities
from eig_sheets.workbook.model.diagnosis import Finding
from eig_sheets.workbook.model.plan import CreateTab, Equip, Operation, Plan, ReplaceTab
from eig_sheets.workbook.model.sheet import Sheet
from eig_sheets.workbook.model.snapshot import Snapshot


class GristWorkbook:
    """One document. `officers` may edit the columns that we protect; `zone` is that of the moments that we write."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, client: Client, officers: Sequence[str] = (), zone: str = "Europe/Paris") -> None:
        self.location = client.address.url
        self._client, self._officers, self._zone = client, officers, zone
        self._document: Document | None = None

    def exists(self) -> bool:
        """Always true: people create and share the document, and reading fails when it is not there."""
        return True

    def read(self) -> Snapshot:
        """The whole document, in one call. Raises WorkbookError."""
        self._document = self._read()
        return snapshot(self._document)

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
            return ()
        batch = self._batch(plan)
        requests = [*split(batch.actions)]
        for number, actions in enumerate(requests):
            try:
                self._send(actions, batch, is_first=number == 0, is_last=number == len(requests) - 1)
            except MovedError:
                if number:
                    raise error_messages.half_written() from None
                raise
        created = [operation for operation in plan.operations if isinstance(operation, CreateTab)]
        made = [operation.sheet for operation in plan.operations if isinstance(operation, CreateTab | ReplaceTab)]
        drawn = [sheet for sheet in made if sheet.charts]
        needed = created or any(charts.added(drawn, batch.document, {}))
        return self._dress(created, drawn) if needed else ()

    def _dress(self, created: Sequence[CreateTab], drawn: Sequence[Sheet]) -> Sequence[str]:
        """Set the widths and pages of new tables, draw the charts; a French warning when Grist does not."""
        try:
            try:
                self._dress_once(created, drawn)
            except MovedError:  # somebody added a view, whose number was to be ours
                self._dress_once(created, drawn)
        except WorkbookError as error:
            return [error_messages.not_dressed(error)]
        return ()

    def _dress_once(self, created: Sequence[CreateTab], drawn: Sequence[Sheet]) -> None:
        document = self._read()
        actions = [*dressing.actions(created, document, drawn)]
        check_ownership(actions, document, [operation.sheet.name for operation in created])
        if actions:
            self._client.apply(actions)

    def _batch(self, plan: Plan) -> Batch:
        document, self._document = self._document, None
        if document is None or document.version != plan.version:
            raise error_messages.document_changed()
        is_new = not (document.has_marks and document.has_runs)
        protects = is_new or any(_protects(operation) for operation in plan.operations)
        robot = self._client.account() if protects else ""
        editors = Editors(robot, self._officers)
        batch = Batch(document, self._client.address.pages, self._zone, editors, secrets.token_hex(6))
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
        except GristError as error:
            raise error_messages.blocked_by_rules(error, rival_rules.refusing(batch.document)) from None
        except UnknownOutcomeError:
            now = self._read()
            ours = now.run == batch.run and now.token == batch.token
            if is_last and ours and now.finished:
                return
            if not is_first or ours or now.version != batch.document.version:
                raise
            self._client.apply(actions)  # certainly not done: nothing has changed since it was read

    @contextmanager
    def locked(self) -> Iterator[Sequence[str]]:
        """No lock is needed: of two plans made from the same reading, Grist rejects the second."""
        yield ()

    def sharing_warning(self, environment: Mapping[str, str]) -> str:  # noqa: ARG002 (as any workbook)
        """Always '': every machine works on the same document."""
        return ""

    def diagnose(self, environment: Mapping[str, str]) -> Iterator[Finding]:
        """Whether the key is accepted, its account owns the document, access rules let it work, the clock is right."""
        yield from diagnosis_facts.findings(self._client.hurried(), self._read, self._officers, environment)


def _protects(operation: Operation) -> bool:
    return isinstance(operation, CreateTab) or (isinstance(operation, Equip) and bool(operation.guarded))


_ROOM = 2_000
"""Bytes that an access rule may need: it is in the request of its resource, to which it refers."""


def split(actions: Sequence[Action]) -> Iterator[list[Action]]:
    """The actions as requests that Grist accepts, in their order. Raises WorkbookError when one action is too large."""
    part: list[Action] = []
    size = 2
    for action in actions:
        length = len(encoded(action)) + 1
        if length > MAX_BODY:
            raise WorkbookError(error_messages.refusal(413, "", "", writing=True).args[0])
        is_continued = action[:2] == ["AddRecord", "_grist_ACLRules"]  # of the resource that the one before it adds
        if part and not is_continued and size + length > MAX_BODY - _ROOM:
            yield part
            part, size = [], 2
        part.append(action)
        size += length
    yield part
