"""Jurors send pages, officers type, tabs are sorted, edited and lost, in any order: what counts is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from eig_sheets.call.jury.plan_collection import plan_collect_run
from eig_sheets.call.jury.read_pages import Kept, read_page_of
from eig_sheets.campaign.reading import read
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.storage.last_run import LastRun
from tests.call.jury.pages.pages import read_cells
from tests.call.jury.returned import page, scores
from tests.columns import CRITERIA, EIG5, cell_of
from tests.effort import examples
from tests.spreadsheet.memory_desk import edit, put
from tests.workbook.snapshots import DOSSIERS, JURORS, book

NOTES, TYPED = "Notes reçues", "Évaluations"
PAIRS = [(f"{name}@jury.example", numero) for name in ("anna", "bob") for numero in ("101", "102")]
START, LATE = datetime(2021, 5, 4, 12), datetime(2021, 5, 6)
ROWS = {pair: row for row, pair in enumerate(PAIRS, 2)}
"""The rows of `Évaluations` that officers prepared, blank."""
PAGES = st.tuples(
    st.tuples(*[st.sampled_from([0, 1, 2, 3])] * 2),  # 0 for a blank
    st.booleans(),
    st.sampled_from([False, False, False, True]),
)
"""What a page says of both dossiers, whether its juror waited before, whether it is late."""


class AnyOrder(RuleBasedStateMachine):
    """`said`: of each pair, (moment, score) of every page that was sent; `typed`: what officers typed.

    `held`: the last moment and the score that counted, when they were last collected.
    """

    @initialize()
    def begin(self) -> None:
        blank = [{"numero": numero, "jure": juror} for juror, numero in PAIRS]
        self.storage = Storage()
        self.storage.save(book(DOSSIERS, JURORS, blank).tabs)
        self.kept, self.sent, self.hour = Kept(), 0, 0
        self.said: dict[tuple[str, str], list[tuple[datetime, float]]] = {pair: [] for pair in PAIRS}
        self.typed: dict[tuple[str, str], float] = {}
        self.held: dict[tuple[str, str], tuple[datetime, float]] = {}
        self.dirty = True

    @rule(who=st.sampled_from(["anna", "bob"]), pages=st.lists(PAGES, min_size=1, max_size=3))
    def send(self, who, pages):
        """Pages of both dossiers, one after the other; of the same moment as the one before unless they wait."""
        for values, wait, late in pages:
            self.hour += wait
            self.send_page(f"{who}@jury.example", values, (LATE if late else START) + timedelta(minutes=self.hour))
        self.dirty = True

    def send_page(self, juror, values, moment):
        self.sent += 1
        said = dict(zip(("101", "102"), values, strict=True))
        filled = page(juror, {numero: scores(value) if value else {} for numero, value in said.items()})
        came = replace(read_cells(filled), digest=f"d{self.sent:03}", source=f"{self.sent:03}.xlsx", modified=moment)
        read = read_page_of(came, CRITERIA, datetime(2021, 5, 7) + timedelta(minutes=self.sent))
        self.kept = replace(self.kept, pages=(*self.kept.pages, read), present=(*self.kept.present, read))
        for numero, value in said.items():
            if value:
                self.said[juror, numero].append((moment, value))

    @rule(pair=st.sampled_from(PAIRS), value=st.sampled_from([None, 1.0, 2.0]))
    def type_in(self, pair, value):
        """An officer types an evaluation, or empties it."""
        for name in CRITERIA:
            put(self.storage, TYPED, cell_of("evaluations", name, ROWS[pair]), value)
        self.typed = {**self.typed, pair: value} if value else {k: v for k, v in self.typed.items() if k != pair}

    @rule(
        kind=st.sampled_from(["edit", "erase", "sort", "delete_tab"]), row=st.integers(2, 5), column=st.integers(0, 8)
    )
    def disturb(self, kind, row, column):
        """Somebody works in the robot's tab."""
        tab = next((sheet for sheet in self.storage.tabs or () if sheet.name == NOTES), None)
        if tab is None:
            return
        if kind == "delete_tab":
            edit(self.storage, "delete_tab", tab=NOTES)
        elif kind == "sort":
            head, *rows = [[*row] for row in tab.rows]
            others = [
                replace(tab, rows=[head, *reversed(rows)]) if sheet is tab else sheet
                for sheet in self.storage.tabs or ()
            ]
            self.storage.save(others)
        elif row <= len(tab.rows):
            put(self.storage, NOTES, f"{chr(65 + column)}{row}", "4" if kind == "edit" else None)
        self.dirty = True

    @rule()
    def lose_the_files(self):
        """The folder is emptied: what was read stays."""
        self.kept = replace(self.kept, present=())

    @rule()
    def collect(self):
        """A run, then another one that has nothing to do."""
        for again in (False, True):
            workbook = MemoryWorkbook(self.storage)
            reading = read(workbook.read(), EIG5)
            run = plan_collect_run(reading, self.kept, LastRun(), datetime(2021, 5, 8), ())
            assert not (again and run.plan), run.plan.changes(reading.snapshot)
            workbook.apply(run.plan)
            self.kept = replace(self.kept, records=run.collection.records)
        self.held = {pair: last for pair in PAIRS if (last := self.last_in_time(pair)) is not None}
        self.dirty = False

    def teardown(self) -> None:
        """However it ended, what was sent last is collected too."""
        self.collect()
        self.what_counts_is_what_was_said_last_in_time_or_typed()

    @invariant()
    def what_counts_is_what_was_said_last_in_time_or_typed(self):
        if getattr(self, "dirty", True):
            return
        reading = read(MemoryWorkbook(self.storage).read(), EIG5)
        rows = reading.valid_rows("evaluations")
        scores = {(row.jure, row.numero): getattr(row, CRITERIA[0]) for row in rows.itertuples()}
        assert {pair: score for pair, score in scores.items() if pd.notna(score)} == {
            pair: score for pair in PAIRS if (score := self.expected(pair)) is not None
        }

    def expected(self, pair) -> float | None:
        """The score that counts; what is blank in both tabs is a row that waits."""
        if pair in self.typed:
            return self.typed[pair]
        last = self.last_in_time(pair)
        return None if last is None else last[1]

    def last_in_time(self, pair) -> tuple[datetime, float] | None:
        """The last moment, and the score that counts of those of that moment: known, else as before, else the first."""
        last: tuple[datetime, float] | None = None
        in_time = (said for said in self.said[pair] if said[0] < LATE)
        for moment, group in groupby(in_time, key=lambda said: said[0]):  # sent in the order of their moments
            values = [float(value) for _, value in group]
            held = self.held.get(pair)
            if held is not None and held[0] == moment:
                last = held
            else:
                last = moment, last[1] if last is not None and last[1] in values else values[0]
        return last


def test_in_any_order():
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=examples(6, 150), stateful_step_count=25))
