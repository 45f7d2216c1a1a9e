"""Who decided, on a real server: what an officer typed counts, what a colleague did never does, by whatever route.

Access rules are taken off most documents: the signature alone holds what they would refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eig_sheets import loading
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.spreadsheet.grist.authors import formula
from eig_sheets.spreadsheet.grist.document import GristTable
from eig_sheets.spreadsheet.model.signing import Signature, digest
from tests.end_to_end.grist import least
from tests.end_to_end.grist.least import Machine
from tests.end_to_end.grist.support import Team
from tests.end_to_end.sending.campaign import OUTBOX
from tests.end_to_end.sending.post import opened
from tests.grist_server import COLLEAGUE, OFFICER, GristServer

pytestmark = pytest.mark.slow
COUNT = 3
DOSSIERS, DECISION = "Candidatures", "Décision"


@dataclass(frozen=True)
class Office(Machine):
    """A campaign on today's date, with one officer."""

    @property
    def reading(self) -> Reading:
        return read(self.read(), loading.load(self.config))

    @property
    def held(self) -> set[tuple[str, int]]:
        """The tabs and rows of the cells that no officer answers for."""
        found = [one for one in self.reading.anomalies if one.code == "saisie_sans_auteur"]
        return {(one.tab, int(re.sub(r"\D", "", str(one.cell)))) for one in found}

    def id_of(self, title: str, label: str) -> tuple[GristTable, str]:
        table = self.table(title)
        return table, next(column.id for column in table.columns if column.label == label)

    def open_wide(self) -> None:
        """Take every access rule off the document."""
        rules = [rule.row_id for rule in self.now.rules]
        self.act(*(["RemoveRecord", "_grist_ACLRules", row] for row in rules))


@pytest.fixture(scope="module")
def made(grist: GristServer, tmp_path_factory) -> Office:
    """Three dossiers are refused, in a document of before the officer was named: not to be changed."""
    folder = tmp_path_factory.mktemp("authors") / "campaign"
    machine = least.tables(grist, folder, COUNT, (), tabs=("demandes",))
    office = Office(folder, grist, machine.document)
    done = office.run("init")
    assert done.code == 0, done.err
    assert "3 valeurs reprises au nom du robot" in done.err.replace("\u202f", " ").replace("\xa0", " ")
    for _ in range(2):
        done = office.run("sync")
        assert done.code == 0, done.err
    assert "Rien ne manque" in office.run("init").err
    return office


@pytest.fixture
def closed(made: Office, tmp_path) -> Office:
    """A copy with its access rules."""
    return made.copy(tmp_path / "copy")


@pytest.fixture
def office(closed: Office) -> Office:
    """A copy whose access rules are gone."""
    closed.open_wide()
    return closed


def tick(office: Office, who: str, *rows: int, ticked: bool = True) -> None:
    for row in rows:
        office.type_in(OUTBOX, row, "Valider", ticked, who=who)


def test_values_of_before_are_taken_over_and_nothing_is_written_twice(made: Office):
    assert made.held == set()
    assert [*made.reading.tables["candidatures"].frame["decision"]] == ["Non retenu"] * COUNT
    version = made.now_version
    assert made.run("sync").code == 0
    runs = made.now_version - version
    assert runs in (0, 1)  # the Journal's line of a run


def test_an_officer_decides(office: Office):
    office.type_in(DOSSIERS, 0, DECISION, WITHDRAWN, who=OFFICER)
    assert office.held == set()
    assert office.reading.tables["candidatures"].frame["decision"][0] == WITHDRAWN


Way = Callable[[Office, GristTable, str], list[list[Any]]]


def _undone(office: Office, table: GristTable, column: str) -> list[list[Any]]:
    office.type_in(DOSSIERS, 1, DECISION, WITHDRAWN, who=COLLEAGUE)
    office.type_in(DOSSIERS, 1, DECISION, "Lauréat", who=COLLEAGUE)
    return office.undo()


def _again(office: Office, table: GristTable, column: str) -> list[list[Any]]:
    """The row removed, and added again with its id, all that it held, and another decision."""
    cells = {one.id: table.cells[one.id][1] for one in table.columns if not one.formula}
    row = table.row_ids[1]
    return [["RemoveRecord", table.id, row], ["AddRecord", table.id, row, {**cells, column: "Lauréat"}]]


WAYS: Mapping[str, Way] = {
    "UpdateRecord": lambda _, table, column: [["UpdateRecord", table.id, table.row_ids[1], {column: "Lauréat"}]],
    "BulkUpdateRecord": lambda _, table, column: [
        ["BulkUpdateRecord", table.id, [*table.row_ids], {column: ["Lauréat"] * COUNT}]
    ],
    "AddRecord": lambda _, table, column: [
        ["AddRecord", table.id, None, {_number(table): "4512999", column: "Lauréat"}]
    ],
    "remove and add": _again,
    "upsert": lambda _, table, column: [
        ["BulkAddOrUpdateRecord", table.id, {_number(table): ["4512001"]}, {column: ["Lauréat"]}, {}]
    ],
    "a formula": lambda _, table, column: [
        ["ModifyColumn", table.id, column, {"isFormula": True, "formula": '"Lauréat"'}]
    ],
    "a formula made data": lambda _, table, column: [
        ["ModifyColumn", table.id, column, {"isFormula": True, "formula": '"Lauréat"'}],
        ["ModifyColumn", table.id, column, {"isFormula": False}],
    ],
    "ApplyDocActions": lambda _, table, column: [
        ["ApplyDocActions", [["UpdateRecord", table.id, table.row_ids[1], {column: "Lauréat"}]]]
    ],
    "undo": _undone,
    "a number moved": lambda _, table, __: [
        ["UpdateRecord", table.id, table.row_ids[1], {_number(table): "4512777"}]
    ],
}  # fmt: skip


def _number(table: GristTable) -> str:
    return next(column.id for column in table.columns if column.label == "N° de dossier")


@pytest.mark.parametrize("way", WAYS)
def test_a_colleague_decides_nothing(office: Office, way: str):
    office.type_in(DOSSIERS, 1, DECISION, "Non retenu", who=OFFICER)
    table, column = office.id_of(DOSSIERS, DECISION)
    office.act(*WAYS[way](office, table, column), who=COLLEAGUE)
    assert {tab for tab, _ in office.held} == {DOSSIERS}
    frame = office.reading.tables["candidatures"].frame
    believed = frame[~frame["unreadable"].map(lambda fields: "decision" in fields)]
    assert "Lauréat" not in {*believed["decision"]}
    assert not {*believed["numero"]} & {"4512999", "4512777"}


def test_a_trigger_that_somebody_altered_signs_nothing_until_init_makes_it_again(office: Office):
    table, column = office.id_of(DOSSIERS, "Décision saisie par")
    office.act(["ModifyColumn", table.id, column, {"formula": f'return "{OFFICER}"'}], who=COLLEAGUE)
    codes = {one.code for one in office.reading.anomalies}
    assert {"auteurs_alteres", "saisie_sans_auteur"} <= codes
    assert office.held == {(DOSSIERS, row + 1) for row in table.row_ids}
    assert office.run("init").code == 0
    _, decision = office.id_of(DOSSIERS, DECISION)
    number = _number(table)
    now = next(one for one in office.table(DOSSIERS).columns if one.id == column)
    assert now.formula == formula([number, decision])
    assert office.held == set()


def test_what_an_officer_ticked_leaves_and_nothing_else(office: Office):
    tick(office, OFFICER, 0, 1)
    tick(office, COLLEAGUE, 2)
    office.type_in(OUTBOX, 1, "Destinataires", "ailleurs@example.org", who=COLLEAGUE)
    table = office.table(OUTBOX)
    assert office.run("sync").code == 0  # which puts the rules back, without which nothing leaves
    assert office.held == {(OUTBOX, table.row_ids[1] + 1), (OUTBOX, table.row_ids[2] + 1)}
    with opened() as (post, port):
        office.serve(port)
        office.send(1)
        assert post.copies == {"porteur0@example.org": 1}
        office.type_in(OUTBOX, 1, "Destinataires", "porteur1@example.org", who=OFFICER)  # as it was approved
        tick(office, OFFICER, 2, ticked=False)
        tick(office, OFFICER, 2)
        office.send(2)
    assert post.copies == {f"porteur{place}@example.org": 1 for place in range(COUNT)}


def test_a_request_of_a_colleague_is_not_done(office: Office):
    table, action = office.id_of("Demandes", "Action")
    asked = next(one.options["choices"][0] for one in table.columns if one.id == action)
    office.type_in("Demandes", 0, "Action", asked, who=COLLEAGUE)
    assert office.held == {("Demandes", table.row_ids[0] + 1)}
    office.type_in("Demandes", 1, "Action", asked, who=OFFICER)
    office.type_in("Demandes", 1, "Détail", "ce que je veux", who=OFFICER)
    assert office.held == {("Demandes", table.row_ids[0] + 1)}
    office.type_in("Demandes", 1, "Détail", "autre chose", who=COLLEAGUE)
    assert office.held == {("Demandes", row + 1) for row in table.row_ids[:2]}
    office.type_in("Demandes", 2, "Action", asked, who=OFFICER)
    done = office.run("requests", "run")
    assert done.code == 0, done.err
    listed = office.run("requests", "list", "--format", "json").records
    assert [one["state"] for one in listed] == ["en attente", "en attente", "faite"]


def test_a_campaign_of_before_takes_its_values_over_and_everything_else_goes_on(team: Team, tmp_path: Path):
    before = team.run("rank").out
    text = team.config.read_text(encoding="utf-8")
    team.config.write_text(text.replace("officers = []", f'officers = ["{OFFICER}"]'), encoding="utf-8")
    planned = team.run("init", "--dry-run").out
    assert "(valeur reprise, au nom du robot)" in planned
    assert team.run("check").out.count("avant que Grist dise par qui") > 0
    done = team.run("init")
    assert done.code == 0, done.err
    assert "reprises au nom du robot" in done.err.replace("\u202f", " ")
    said = team.run("check", "--format", "json").records
    assert {one["code"] for one in said}.isdisjoint({"saisie_sans_auteur", "auteurs_alteres"})
    assert team.run("rank").out == before
    assert team.run("sync").code == 0
    version = team.now_version
    assert team.run("sync").code == 0
    assert team.now_version == version
    for command in (("emails", "archive"), ("export", tmp_path / "copy.xlsx"), ("emails", "list")):
        done = team.run(*command)
        assert "Traceback" not in done.err, done
        assert "saisie par" not in done.out + done.err


def test_grist_writes_where_the_rules_let_nobody_write(closed: Office):
    table, column = closed.id_of(DOSSIERS, "Décision saisie par")
    _, decision = closed.id_of(DOSSIERS, DECISION)
    closed.type_in(DOSSIERS, 0, DECISION, "Lauréat", who=OFFICER)
    assert closed.held == set()
    forged = str(Signature("autre@example.org", "2026-12-01 10:32", digest(["4512000", WITHDRAWN])))
    change = ["UpdateRecord", table.id, table.row_ids[0], {decision: WITHDRAWN, column: forged}]
    for who in (OFFICER, COLLEAGUE):
        for action in (change, ["ApplyDocActions", [change]], ["ApplyUndoActions", [change]]):
            with pytest.raises(AssertionError, match="403"):
                closed.act(action, who=who)
    assert closed.reading.tables["candidatures"].frame["decision"][0] == "Lauréat"
