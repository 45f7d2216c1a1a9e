"""Whatever people, nights, sends and archives do, in any order: no draft is lost, and none comes twice."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from eig_sheets.cli.emails.archiving import archived
from tests.effort import examples
from tests.emails.outbox.team import OUTBOX, copied, made
from tests.emails.outbox.test_archive import COPIED, copies
from tests.spreadsheet.xlsx_desk import edit

HALF_A_DAY = timedelta(hours=12)
"""The heartbeat is written again: the run that follows writes nothing."""
PLACES = st.integers(0, 11)
CHANGES = st.sampled_from([
    *(("Décision", value) for value in ("Non retenu", "Lauréat", None)),
    *(("Retour au porteur", value) for value in ("Bien.", "Autre.", None)),
    ("Nom du projet", "Un autre nom"),
])  # fmt: skip
TYPED = st.sampled_from([
    ("Objet", "Mon objet"), ("Message", "Mon\nmessage"), ("Copie", None), ("Valider", "oui"), ("Ne pas envoyer", "x"),
    ("Ne pas envoyer", None),
])  # fmt: skip


class Archives(RuleBasedStateMachine):
    """A team that archives; `there` is what the outbox was seen to hold, `sent` what left."""

    original = None

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.team = copied(self.original, Path(self.folder.name) / "campagne")
        self.seen = {*self.team.ids}
        self.sent: set[str] = set()
        self.kept: dict[str, list[object]] = {}

    def teardown(self):
        if hasattr(self, "folder"):
            self.night()
            self.folder.cleanup()

    @rule(numero=st.sampled_from(["90002", "90003", "90004"]), change=CHANGES)
    def decide(self, numero, change):
        self.team.decide(numero, *change)

    @rule(place=PLACES, typed=TYPED)
    def type_in_a_row(self, place, typed):
        if row := self.row(place):
            header, value = typed
            cell = self.team.robot.tab(OUTBOX).cell(header, row["Id"], "Id")
            edit(self.team.path, "set", tab=OUTBOX, cell=cell, value=value)

    @rule(place=PLACES)
    def delete(self, place):
        if row := self.row(place):
            edit(self.team.path, "delete_row", tab=OUTBOX, at=row["row"])

    @rule(descending=st.booleans())
    def sort(self, descending):
        edit(self.team.path, "sort", tab=OUTBOX, by="Objet", descending=descending)

    @rule()
    def lose_the_state(self):
        """Ledger included: what `Envois` and the archive say is all that is left."""
        self.team.lose_state()

    @rule(place=PLACES)
    def send(self, place):
        row = self.row(place)
        self.team.look()
        if row and row["Id"] in self.team.ready and row["Id"] not in self.sent:
            self.team.send(row["Id"])
            self.sent.add(row["Id"])

    @rule()
    def night(self):
        before = {*self.team.ids}
        self.team.night(HALF_A_DAY)
        self.nothing_comes_twice(before)

    @rule()
    def archive(self):
        self.night()
        before = {row["Id"]: row for row in self.team.rows}
        session = self.team.session()
        with session.locked():
            removal = archived(session)
        after = {row["Id"]: row for row in self.team.rows}
        gone = {row.id for row in removal.rows if not row.why}
        assert before.keys() - after.keys() == gone
        assert after == {key: row for key, row in before.items() if key not in gone}  # and no other row moved
        for sending_id in gone:
            self.kept[sending_id] = [before[sending_id][header] for header in COPIED]
            assert self.team.states[sending_id] == "Archivé"
        assert gone.isdisjoint(self.sent)
        self.team.night(HALF_A_DAY)
        assert {*self.team.ids} == after.keys(), "nothing is drafted because rows went"

    def nothing_comes_twice(self, before):
        new = {*self.team.ids} - before
        assert self.seen.isdisjoint(new), "an id that the outbox once had"
        self.seen |= new
        copied = copies(self.team)
        for sending_id, cells in self.kept.items():
            assert [copied[sending_id][header] for header in COPIED] == cells
        assert {line for line, state in self.team.states.items() if state in ("À valider", "Validé")}.isdisjoint(
            {*self.kept} | self.sent
        )

    def row(self, place):
        rows = self.team.rows
        return rows[place] if place < len(rows) else None


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return made(tmp_path_factory.mktemp("bureau") / "campagne")


def test_archives_in_any_order(original):
    Archives.original = original
    short = examples(1) < 2
    limits = settings(max_examples=examples(1, 40), stateful_step_count=6 if short else 16)
    run_state_machine_as_test(Archives, settings=limits)
