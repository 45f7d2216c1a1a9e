"""What other accounts change of a document’s definitions: while it stands nothing leaves, and nothing leaves twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from eig_sheets.spreadsheet.grist.document import MARKS, RUNS, GristTable
from tests.end_to_end.grist import least
from tests.end_to_end.grist.least import Machine
from tests.end_to_end.sending.post import opened
from tests.grist_server import ALONE, COLLEAGUE, JUROR, OFFICER, ROBOT, GristServer

pytestmark = pytest.mark.slow
COUNT = 3
NOT_SENT = "Rien n’est envoyé"


@dataclass(frozen=True)
class Today(Machine):
    """A campaign on today’s date: what leaves is due on the day that it leaves."""

    def attempt(self, *actions: list[Any], who: str) -> bool:
        """What that account tries; whether Grist lets it."""
        headers = {"Authorization": f"Bearer {self.server.keys[who]}"}
        url = f"{self.server.url}/api/docs/{self.document}/apply"
        answer = requests.post(url, json=[*actions], headers=headers, timeout=60)
        assert answer.status_code in (200, 403), answer.text
        return answer.status_code == 200

    @property
    def anomalies(self) -> set[str]:
        """The codes of what « check » lists."""
        return {one["code"] for one in self.run("check", "--format", "json").records}


@pytest.fixture(scope="module")
def post() -> Iterator[Any]:
    with opened() as (post, port):
        yield post, port


@pytest.fixture(scope="module")
def sent(grist: GristServer, post: Any, tmp_path_factory: pytest.TempPathFactory) -> Today:
    """A campaign of which three e-mails were sent, and are ticked still: not to be changed."""
    if JUROR not in grist.keys:
        pytest.skip(ALONE)
    machine = least.made(grist, tmp_path_factory.mktemp("sent") / "campaign", COUNT, ())
    machine.serve(post[1])
    machine.approve()
    done = machine.send(COUNT)
    assert done.code == 0, done.err
    return Today(machine.folder, machine.server, machine.document)


@pytest.fixture
def team(sent: Today, post: Any, tmp_path: Path) -> Today:
    """A copy of it on another machine, without state; what was delivered before is forgotten."""
    post[0].received.clear()
    copy = sent.copy(tmp_path / "campaign")
    shutil.rmtree(copy.folder / ".eig-sheets", ignore_errors=True)
    return copy


def _column(table: GristTable, label: str) -> str:
    return next(column.id for column in table.columns if column.label == label)


def state_by_formula(team: Today) -> list[list[Any]]:
    sends = team.table("Envois")
    return [
        ["ModifyColumn", sends.id, _column(sends, label), {"isFormula": True, "formula": formula}]
        for label, formula in (("État", "'À valider'"), ("Empreinte", "''"))
    ]


def state_retyped(team: Today) -> list[list[Any]]:
    sends = team.table("Envois")
    return [["ModifyColumn", sends.id, _column(sends, label), {"type": "Numeric"}] for label in ("État", "Empreinte")]


def state_on_each_change(team: Today) -> list[list[Any]]:
    sends = team.table("Envois")
    return [["ModifyColumn", sends.id, _column(sends, "État"), {"formula": "'À valider'", "recalcWhen": 2}]]


def rows_removed(team: Today) -> list[list[Any]]:
    sends = team.table("Envois")
    return [["BulkRemoveRecord", sends.id, [*sends.row_ids]]]


def table_removed(team: Today) -> list[list[Any]]:
    return [["RemoveTable", team.table("Envois").id]]


OTHERS = (JUROR, COLLEAGUE, OFFICER)
Act = Callable[[Today], list[list[Any]]]
FORGETTING: list[tuple[Act, str]] = [
    *((state_by_formula, who) for who in OTHERS),
    *((act, ROBOT) for act in (state_by_formula, state_retyped, state_on_each_change, rows_removed, table_removed)),
]


@pytest.mark.parametrize(("act", "who"), FORGETTING, ids=lambda one: getattr(one, "__name__", one))
def test_sends_that_are_forgotten_stop_and_come_back(act, who, team: Today, post):
    before = team.states
    if not team.attempt(*act(team), who=who):
        assert who != ROBOT
        assert team.states == before
        return
    refusal = team.send(COUNT)
    assert (refusal.code, NOT_SENT in refusal.err) == (1, True), refusal.err
    assert "Envois" in refusal.err
    mended = team.run("sync")
    assert mended.code == 0, mended.err
    assert team.states == before
    assert not {"envois_incomplets", "table_alteree"} & team.anomalies
    team.run("state", "adopt")
    assert team.send(COUNT).code == 1
    assert post[0].copies == {}


def formula_that_decides(team: Today) -> list[list[Any]]:
    dossiers = team.table("Candidatures")
    change = {"isFormula": True, "formula": "'Lauréat'"}
    return [["ModifyColumn", dossiers.id, _column(dossiers, "Décision"), change]]


def default_that_approves(team: Today) -> list[list[Any]]:
    outbox = team.table("E-mails à envoyer")
    return [["ModifyColumn", outbox.id, _column(outbox, "Valider"), {"formula": "True"}]]


def published_form(team: Today) -> list[list[Any]]:
    """As Grist’s own client publishes one that is there: a share of its page, and its section."""
    team.act(["CreateViewSection", team.table("E-mails à envoyer").ref, 0, "form", None, None])
    section, page = team.now.last_section, max(page.row_id for page in team.now.pages)
    return [
        ["AddRecord", "_grist_Shares", 1, {"linkId": "essai-de-formulaire", "options": '{"publish": true}'}],
        ["UpdateRecord", "_grist_Pages", page, {"shareRef": 1}],
        ["UpdateRecord", "_grist_Views_section", section, {"shareOptions": '{"form": true, "publish": true}'}],
    ]


DECIDING: list[tuple[Act, str, str]] = [
    *((formula_that_decides, who, "colonne_en_formule") for who in (*OTHERS, ROBOT)),
    (default_that_approves, ROBOT, "colonne_en_formule"),
    *((published_form, who, "formulaire_publie") for who in (COLLEAGUE, ROBOT)),
]


@pytest.mark.parametrize(("act", "who", "code"), DECIDING, ids=lambda one: getattr(one, "__name__", one))
def test_what_decides_for_officers_stops_every_message(act, who, code, team: Today, post):
    if not team.attempt(*act(team), who=who):
        assert who != ROBOT
        return
    for _ in range(2):  # a sync does not mend what is people’s
        refusal = team.run("emails", "draft", "--to", "eml", "--folder", team.folder / "brouillons")
        assert (refusal.code, NOT_SENT in refusal.err, "propriétaire" in refusal.err) == (1, True, True), refusal.err
        assert code in team.anomalies
        said = team.run("sync")
        assert (said.code, "Aucun message ne part" in said.err) == (0, True), said.err
        home = team.table("Accueil")
        assert "Aucun message ne part" in home.cells[_column(home, "Quoi")]
    assert post[0].copies == {}


SERVICE = {
    "renamed marks": ["RenameTable", MARKS, "Marques"],
    "renamed runs": ["RenameTable", RUNS, "Passages"],
    "computed marks": ["ModifyColumn", MARKS, "repere", {"isFormula": True, "formula": "''"}],
    "computed end of runs": ["ModifyColumn", RUNS, "termine", {"isFormula": True, "formula": "False"}],
}


@pytest.mark.parametrize("who", [COLLEAGUE, ROBOT])
@pytest.mark.parametrize("what", [*SERVICE])
def test_service_tables_stop_everything_with_who_mends_it_and_how(what, who, team: Today, post):
    if not team.attempt(SERVICE[what], who=who):
        assert who != ROBOT
        return
    for done in (team.run("sync"), team.send(COUNT)):
        assert (done.code, "EIG_" in done.err, "propriétaire" in done.err) == (1, True, True), done.err
    assert post[0].copies == {}
    team.act(*([["RenameTable", SERVICE[what][2], SERVICE[what][1]]] if what.startswith("renamed") else team.undo()))
    assert team.run("sync").code == 0


def test_a_document_of_an_older_version_is_taken_over_at_the_first_write(team: Today, post):
    kept = [*(one.row_id for one in team.now.sent), *(one.row_id for one in team.now.types.values())]
    team.act(["BulkRemoveRecord", MARKS, kept])
    assert team.now.sent == ()
    assert "envois_incomplets" not in team.anomalies
    assert team.run("sync").code == 0
    assert len(team.now.sent) == COUNT
    version = team.now_version
    assert team.run("sync").code == 0
    assert team.now_version == version, "what is kept was written again"
    assert post[0].copies == {}


def test_a_write_that_was_interrupted_is_no_alteration(team: Today):
    marks = [one.row_id for one in team.now.sent]
    team.act(["BulkUpdateRecord", MARKS, marks, {"aspect": ["Incertain"] * COUNT}])
    assert "envois_incomplets" in team.anomalies
    team.act(["UpdateRecord", RUNS, team.now.run, {"termine": False}])
    assert "envois_incomplets" not in team.anomalies
    assert team.run("sync").code == 0
    assert "envois_incomplets" not in team.anomalies
