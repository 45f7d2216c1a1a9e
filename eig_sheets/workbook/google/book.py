"""A Google spreadsheet: read in one call or two, written in one, while people go on typing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol
from zlib import crc32

from eig_sheets.workbook.capabilities import Capabilities
from eig_sheets.workbook.google import conflicts, reading
from eig_sheets.workbook.google.address import key_of, url_of
from eig_sheets.workbook.google.batch import Batch, ImpossibleError
from eig_sheets.workbook.google.capabilities import CAPABILITIES
from eig_sheets.workbook.google.client import Client
from eig_sheets.workbook.google.commit import Commit
from eig_sheets.workbook.google.ornaments import told
from eig_sheets.workbook.google.proof import prove
from eig_sheets.workbook.google.refusals import Refused
from eig_sheets.workbook.google.repair import repair
from eig_sheets.workbook.google.verification import refuse_misplaced
from eig_sheets.workbook.plan import AddColumn, AppendRows, Plan, ReplaceTab
from eig_sheets.workbook.sheet import Owner
from eig_sheets.workbook.snapshot import Snapshot

Json = dict[str, Any]

ADVISED = 2_000_000
"""Bytes of one answer that Google advises not to go beyond, as they cross the network."""

_WHOLE = 3
"""Times that one whole answer weighs at the most what the two calls do (1.8 was measured)."""

_TRIES = 3
_INVALID = 400


class Sizes(Protocol):
    """Remembers how much the spreadsheet weighs, from one run to the next."""

    def last_size(self) -> int | None:
        """Bytes of the last whole answer; None when there was none."""

    def keep_size(self, size: int) -> None:
        """Remember this one."""


class GoogleWorkbook:
    """One spreadsheet, by its URL or key. `officers` are who may decide there, besides its owner."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, location: str, client: Client, sizes: Sizes, officers: Sequence[str] = ()) -> None:
        self._key = key_of(location)
        self.location = url_of(self._key)
        self._client, self._sizes, self._officers = client, sizes, officers
        self._known: tuple[Snapshot, reading.Seen] | None = None
        self._seen: reading.Seen | None = None

    def exists(self) -> bool:
        """A spreadsheet is made by people, who share it: reading tells whether it is there."""
        return True

    def read(self) -> Snapshot:
        """Everything in it: one call, or two where one would weigh more than Google advises. Raises WorkbookError."""
        size = self._sizes.last_size()
        known = None if size is not None and size > ADVISED else self._read_whole()
        self._known = known or self._read_in_two()
        return self._known[0]

    def _read_whole(self) -> tuple[Snapshot, reading.Seen] | None:
        """None when the answer weighs too much."""
        answer = self._client.read("GET", self._key, {"fields": reading.WHOLE}, at_most=ADVISED)
        self._keep_size(answer.size)
        if answer.cut:
            return None
        return self._understood(answer.json, answer.digest)

    def _keep_size(self, size: int) -> None:
        """Remembered once it ever mattered: reading a small spreadsheet leaves no trace."""
        if size > ADVISED or self._sizes.last_size() is not None:
            self._sizes.keep_size(size)

    def _read_in_two(self) -> tuple[Snapshot, reading.Seen]:
        for _ in range(_TRIES):
            types = self._client.read("GET", self._key, {"fields": reading.TYPES})
            path = f"{self._key}/values:batchGetByDataFilter"
            values = self._client.read("POST", path, body=reading.values_request(types.json))
            self._keep_size(_WHOLE * (types.size + values.size))
            try:
                rows = reading.values_by_tab(values.json, types.json)
                return self._understood(types.json, crc32(b"%d" % values.digest, types.digest), rows)
            except ValueError:  # people moved something between the two
                continue
        raise conflicts.restless()

    def _read_tabs(self, ids: Sequence[int]) -> tuple[Snapshot, reading.Seen]:
        """Some tabs as they are now, by their ids; the whole spreadsheet where they have other names by then."""
        known = self._seen.tabs if self._seen else {}
        titles = [title for title, tab in known.items() if tab.id in ids]
        try:
            answer = self._client.read("GET", self._key, reading.part(titles))
        except Refused as error:
            if error.status != _INVALID:
                raise
            answer = self._client.read("GET", self._key, {"fields": reading.WHOLE})
        return self._understood(answer.json, answer.digest)

    @staticmethod
    def _understood(
        answer: Json, digest: int, values: dict[int, list[list[Any]]] | None = None
    ) -> tuple[Snapshot, reading.Seen]:
        seen = reading.seen(answer)
        return reading.snapshot(answer, f"{seen.next_run}:{digest:08x}", values), seen

    def apply(self, plan: Plan) -> Sequence[str]:
        """All of the plan in one atomic write, on what was last read; what people did since then stays.

        What was done is checked, for what Google really does was never seen. A robot's column whose formula broke is
        mended by a second call, which finds it by its mark. Returns French sentences about what Google refused that is
        no result. Raises MovedError when the spreadsheet changed so much that the plan has no place in it;
        WorkbookError.
        """
        if not plan:
            return ()
        batch = self._batch(plan)
        said: Sequence[str] = ()
        if batch.requests:
            commit = Commit(self._client, self._key, batch.seen.next_run, batch.token, batch.requests)
            commit.send()
            said = told(commit.refused, batch.titles, commit.why)
            self._look_again(plan, batch, unseen=commit.unseen)
        if batch.located:
            repair(batch.located, batch.snapshot, self._read_tabs, self._write_located)
        return said

    def _write_located(self, body: Json) -> Json:
        answer: Json = self._client.write(f"{self._key}/values:batchUpdateByDataFilter", body)
        return answer

    def _look_again(self, plan: Plan, batch: Batch, *, unseen: bool) -> None:
        """Read what was added to people's tabs, where nothing in the answer proved that it is in its place."""
        added = [
            one
            for one in plan.operations
            if isinstance(one, AddColumn) or (isinstance(one, AppendRows) and (unseen or not batch.is_guarded(one)))
        ]
        if added:
            now, seen = self._read_tabs([batch.id_of(one.tab) for one in added])
            for one in added:
                before, after = batch.snapshot.tab(one.tab), now.tab(seen.title_of(batch.id_of(one.tab)) or "")
                if before is not None and after is not None:
                    refuse_misplaced(one, before, after)

    @contextmanager
    def alone(self) -> Iterator[Sequence[str]]:
        """Nothing to hold: of two batches made of the same reading, Google refuses the second."""
        yield ()

    def doubt(self, environment: Mapping[str, str]) -> str:  # noqa: ARG002 (as any workbook)
        """None: every machine has the same spreadsheet."""
        return ""

    def _batch(self, plan: Plan) -> Batch:
        known, self._known = self._known, None
        self._seen = known[1] if known else None
        if known is None or known[0].version != plan.version:
            raise conflicts.stale()
        snapshot, seen = known
        batch = Batch(snapshot, seen, self._client.account, self._officers, secrets.token_hex(6))
        try:
            batch.add(plan)
        except (ImpossibleError, ValueError) as error:
            raise conflicts.impossible(str(error)) from error
        ours = [seen.tabs[name] for name in _replaced(plan, snapshot)]
        prove(batch.requests, frozenset(tab.id for tab in ours), frozenset(id_ for tab in ours for id_ in tab.charts))
        return batch


def _replaced(plan: Plan, snapshot: Snapshot) -> Iterator[str]:
    """The robot's tabs that the plan writes again: those that are marked as such."""
    for operation in plan.operations:
        if isinstance(operation, ReplaceTab) and operation.sheet.owner is Owner.ROBOT:
            tab = snapshot.tab(operation.name)
            if tab is not None and tab.mark == operation.sheet.id:
                yield operation.name
