"""The Google Sheets workbook: read in one call or four, and written in one, while people go on editing it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from eig_sheets.spreadsheet.google import (
    conflict_messages,
    diagnosis_facts,
    kept_cells,
    reading,
    split_reading,
    verification,
)
from eig_sheets.spreadsheet.google.address import key_of, url_of
from eig_sheets.spreadsheet.google.batch import Batch, InapplicableOperationError
from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.commit import Commit, RefusedRequestError
from eig_sheets.spreadsheet.google.conflict_messages import MisplacedRowsError
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.spreadsheet.google.optional_formatting import rejection_warnings
from eig_sheets.spreadsheet.google.ownership_check import check_ownership
from eig_sheets.spreadsheet.google.reading import CAPABILITIES
from eig_sheets.spreadsheet.google.remembered import Remembered
from eig_sheets.spreadsheet.google.repair import repair
from eig_sheets.spreadsheet.google.verification import raise_if_misplaced, raise_if_missing
from eig_sheets.spreadsheet.model.base import RefusedError, WorkbookError
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.diagnosis import Finding
from eig_sheets.spreadsheet.model.plan import AddColumn, AppendRows, CreateTab, Operation, Plan, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Owner
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

Json = dict[str, Any]

ADVISED_RESPONSE_BYTES = 2_000_000
"""Largest response, in bytes on the network, that Google advises."""

_FULL_TO_SPLIT_RATIO = 3
"""Upper bound of the size of one full response over that of the light ones (1.5 was measured)."""

_MAX_ATTEMPTS = 3
_BAD_REQUEST = 400


class GoogleWorkbook:
    """One spreadsheet, by its URL or key. `officers` may edit what we protect, besides its owner."""

    capabilities: Capabilities = CAPABILITIES

    def __init__(self, location: str, client: Client, remembered: Remembered, officers: Sequence[str] = ()) -> None:
        self._key = key_of(location)
        self.location = url_of(self._key)
        self._client, self._remembered, self._officers = client, remembered, officers
        self._last_read: tuple[Snapshot, reading.SpreadsheetProperties] | None = None
        self._titles: Mapping[int, str] = {}
        self._suspected: set[str] = set()
        self._refused: dict[str, str] = {}

    def exists(self) -> bool:
        """Always true: people create and share the spreadsheet, and reading fails when it is not there."""
        return True

    def read(self) -> Snapshot:
        """The whole spreadsheet, in four calls where one would exceed the advised size. Raises WorkbookError."""
        last_read = None if self._is_large() else self._read_full()
        snapshot, properties = last_read or self._read_split()
        kept = kept_cells.from_json(self._remembered.kept_cells())
        snapshot = replace(kept_cells.as_written(snapshot, kept), misplaced=self._misplaced(snapshot, properties))
        self._last_read = replace(snapshot, refused=dict(self._refused)), properties
        return self._last_read[0]

    def _misplaced(self, snapshot: Snapshot, properties: reading.SpreadsheetProperties) -> tuple[tuple[str, int], ...]:
        """The rows that an earlier run added, and that are still under other headers; the others are forgotten."""
        known = self._remembered.misplaced_rows()
        tabs = {properties.tabs[tab.name].id: tab for tab in snapshot.tabs} if known else {}
        still = [*verification.still_misplaced(known, tabs)]
        if len(still) != sum(len(record["rows"]) for record in known):
            self._remembered.save_misplaced_rows([record for record, _, _ in still])
        return tuple((tab.name, row) for _, tab, row in still)

    def _is_large(self) -> bool:
        return (self._remembered.last_response_size() or 0) > ADVISED_RESPONSE_BYTES

    def _read_full(self) -> tuple[Snapshot, reading.SpreadsheetProperties] | None:
        """Read everything in one call; None when the response is too large."""
        answer = self._client.read("GET", self._key, {"fields": reading.FULL_FIELDS}, max_bytes=ADVISED_RESPONSE_BYTES)
        self._save_response_size(answer.size)
        if answer.truncated:
            return None
        return self._parsed(answer.json, answer.digest)

    def _save_response_size(self, size: int) -> None:
        """Store the size, but only once it has ever exceeded the limit: a small spreadsheet leaves no state."""
        if size > ADVISED_RESPONSE_BYTES or self._remembered.last_response_size() is not None:
            self._remembered.save_response_size(size)

    def _read_split(self, ids: Collection[int] | None = None) -> tuple[Snapshot, reading.SpreadsheetProperties]:
        """Read everything, or the tabs of these ids, in light calls."""
        for _ in range(_MAX_ATTEMPTS):
            try:
                answer = split_reading.read(self._client, self._key, ids)
            except split_reading.InconsistentError:
                continue
            except split_reading.UnexpectedValuesError:
                return self._read_whole()
            if ids is None:
                self._save_response_size(_FULL_TO_SPLIT_RATIO * answer.size)
            return self._parsed(answer.structure, answer.digest, answer.tabs)
        raise conflict_messages.inconsistent_reads()

    def _read_whole(self) -> tuple[Snapshot, reading.SpreadsheetProperties]:
        """Read everything in one call, whatever it weighs."""
        answer = self._client.read("GET", self._key, {"fields": reading.FULL_FIELDS})
        return self._parsed(answer.json, answer.digest)

    def _read_tabs(self, ids: Sequence[int]) -> tuple[Snapshot, reading.SpreadsheetProperties]:
        """Read some tabs again, by their ids; the whole spreadsheet when one was renamed meanwhile."""
        if self._is_large():
            return self._read_split(ids)
        titles = [title for id_, title in self._titles.items() if id_ in ids]
        try:
            answer = self._client.read("GET", self._key, reading.tabs_params(titles))
        except ApiError as error:
            if error.status != _BAD_REQUEST:
                raise
            return self._read_whole()
        return self._parsed(answer.json, answer.digest)

    @staticmethod
    def _parsed(
        answer: Json, digest: int, tabs: Mapping[int, reading.Cells] | None = None
    ) -> tuple[Snapshot, reading.SpreadsheetProperties]:
        properties = reading.spreadsheet_properties(answer)
        return reading.snapshot(answer, f"{properties.next_run}:{digest:08x}", tabs), properties

    def apply(self, plan: Plan) -> Sequence[str]:
        """Apply the whole plan in one atomic write, made for the last reading; what people changed since then stays.

        The outcome is verified, because how Google really behaves was never observed. A robot's column whose formula
        broke is repaired by a second call, which finds it by its mark. Returns warnings in French about optional
        formatting that Google rejected. Raises MovedError when the spreadsheet changed so much that the plan does not
        fit any more; WorkbookError.
        """
        if not plan:
            return ()
        batch = self._build_batch(plan)
        warnings: Sequence[str] = ()
        seen: tuple[Snapshot, reading.SpreadsheetProperties] | None = None
        if batch.requests:
            commit = Commit(self._client, self._key, batch.properties.next_run, batch.token, batch.requests)
            try:
                commit.send()
            except RefusedRequestError as error:
                tabs = batch.refused_tabs(error.place)
                if not tabs:
                    raise
                raise self._refusal(dict.fromkeys(sorted(tabs), error.why)) from error
            warnings = rejection_warnings(commit.rejected, batch.titles, commit.why)
            if ids := _written_tabs(plan, batch):
                seen = self._read_tabs(ids)
                warnings = [*warnings, *self._look_at(plan, batch, *seen)]
        if batch.repairs:
            try:
                repair(batch.repairs, batch.snapshot, self._read_tabs, self._write_located, seen)
            except ApiError as error:
                if error.status != _BAD_REQUEST:
                    raise
                raise self._refusal({target.operation.tab: error.message for target in batch.repairs}) from error
        return warnings

    def _refusal(self, tabs: Mapping[str, str]) -> WorkbookError:
        """The error when Google refuses to write in these tabs: to be retried once, then definitive.

        A plan that insists on a tab that was refused is refused for good.
        """
        text = conflict_messages.refused_additions(tabs)
        if tabs.keys() <= self._refused.keys():
            return WorkbookError(text)
        self._refused.update({tab: why for tab, why in tabs.items() if tab in self._suspected})
        self._suspected.update(tabs)
        return RefusedError(text)

    def _write_located(self, body: Json) -> Json:
        answer: Json = self._client.write(f"{self._key}/values:batchUpdateByDataFilter", body)
        return answer

    def _look_at(
        self, plan: Plan, batch: Batch, now: Snapshot, properties: reading.SpreadsheetProperties
    ) -> Iterator[str]:
        """French warnings about what differs from what was sent, in the written tabs read again (guarantee G16).

        Raises WorkbookError for what was added to people's tabs.
        """
        ids = {name: batch.id_of(name) for operation in plan.operations if (name := _tab_of(operation))}
        tabs = {name: now.tab(properties.title_of(id_) or "") for name, id_ in ids.items()}
        for operation in plan.operations:
            name = _tab_of(operation)
            before, after = batch.snapshot.tab(name), tabs.get(name)
            if isinstance(operation, AddColumn | AppendRows) and before is not None and after is not None:
                try:
                    raise_if_misplaced(operation, before, after)
                except MisplacedRowsError:
                    self._remember_misplaced(operation, before, ids[name])
                    raise
                if isinstance(operation, AppendRows) and batch.joins_table(operation):
                    raise_if_missing(operation, after)
        if properties.next_run == batch.properties.next_run + 1:  # else another machine has written since
            yield from self._keep(plan, tabs)

    def _remember_misplaced(self, operation: AddColumn | AppendRows, before: TabSnapshot, sheet_id: int) -> None:
        if isinstance(operation, AppendRows):
            record = verification.recorded(operation, before, sheet_id)
            self._remembered.save_misplaced_rows([*self._remembered.misplaced_rows(), record])

    def _keep(self, plan: Plan, tabs: Mapping[str, TabSnapshot | None]) -> Iterator[str]:
        """Remember texts that Google altered in robot's tabs; French warnings about other cells that differ."""
        before = kept_cells.from_json(self._remembered.kept_cells())
        kept = dict(before)
        for operation in plan.operations:
            tab = tabs.get(_tab_of(operation))
            if isinstance(operation, CreateTab | ReplaceTab) and tab is not None and tab.mark in operation.sheet.marks:
                altered = [*kept_cells.altered(operation.sheet, tab, before.get(tab.mark, ()))]
                kept[tab.mark] = altered
                unsure = [a1(cell.row, cell.column) for cell in altered if not cell.is_sure]
                if unsure:
                    yield conflict_messages.not_as_written(tab.name, unsure)
        kept = {mark: cells for mark, cells in kept.items() if cells}
        if kept != before:
            self._remembered.save_kept_cells(kept_cells.as_json(kept))

    @contextmanager
    def locked(self) -> Iterator[Sequence[str]]:
        """No lock is needed: of two batches made from the same reading, Google rejects the second."""
        yield ()

    def sharing_warning(self, environment: Mapping[str, str]) -> str:  # noqa: ARG002 (as any workbook)
        """Always '': every machine works on the same spreadsheet."""
        return ""

    def diagnose(self, environment: Mapping[str, str]) -> Iterator[Finding]:
        """Whether the key is accepted, the spreadsheet shared, what the robot may edit, the quota, the clock."""
        reads = split_reading.CALLS if self._is_large() else 1
        yield from diagnosis_facts.findings(self._client.hurried(), self._key, reads, environment)

    def _build_batch(self, plan: Plan) -> Batch:
        last_read, self._last_read = self._last_read, None
        if last_read is None or last_read[0].version != plan.version:
            raise conflict_messages.outdated_plan()
        snapshot, properties = last_read
        batch = Batch(snapshot, properties, self._client.account, self._officers, secrets.token_hex(6))
        try:
            batch.add(plan)
        except (InapplicableOperationError, ValueError) as error:
            raise conflict_messages.inapplicable_plan(str(error)) from error
        ours = [properties.tabs[name] for name in _replaced_tabs(plan, snapshot)]
        charts = frozenset(id_ for tab in ours for id_ in tab.charts)
        tables = frozenset(id_ for tab in ours for id_ in tab.tables)
        check_ownership(batch.requests, frozenset(tab.id for tab in ours), charts, tables)
        self._titles = batch.titles
        return batch


def _written_tabs(plan: Plan, batch: Batch) -> list[int]:
    """The ids of the tabs to read after the batch: those that it wrote and, if any, those of formulas to repair."""
    names = dict.fromkeys(name for operation in plan.operations if (name := _tab_of(operation)))
    written = [batch.id_of(name) for name in names]
    return [*dict.fromkeys((*written, *(target.sheet_id for target in batch.repairs)))] if written else []


def _tab_of(operation: Operation) -> str:
    """The tab whose cells an operation writes in the batch; '' for another operation."""
    match operation:
        case CreateTab(sheet=sheet):
            return sheet.name
        case ReplaceTab(name=name):
            return name
        case AddColumn(tab=tab) | AppendRows(tab=tab):
            return tab
        case _:
            return ""


def _replaced_tabs(plan: Plan, snapshot: Snapshot) -> Iterator[str]:
    """Names of the robot's tabs that the plan rewrites: those that bear the robot's mark."""
    for operation in plan.operations:
        if isinstance(operation, ReplaceTab) and operation.sheet.owner is Owner.ROBOT:
            tab = snapshot.tab(operation.name)
            if tab is not None and tab.mark in operation.sheet.marks:
                yield operation.name
