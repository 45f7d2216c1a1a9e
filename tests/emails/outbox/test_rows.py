"""The outbox: rows of people once they are there, an id at most once, blocked messages named with their cell."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.columns import SCHEMA, cell_of
from tests.effort import examples, first
from tests.in_memory import keep, storage_at
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.program import Campaign
from tests.spreadsheet import memory_desk
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory
HOUR = timedelta(hours=1)
OUTBOX = "E-mails à envoyer"
BLOCKED = "non_retenu-3722986"


@pytest.fixture
def robot(demo):
    return Robot(demo)


def ids(robot):
    return [row["Id"] for row in robot.tab(OUTBOX).rows]


def states(robot):
    return {row["Id"]: row["État"] for row in robot.tab("Envois").rows}


def outbox_row(robot, sending_id):
    return next(row["row"] for row in robot.tab(OUTBOX).rows if row["Id"] == sending_id)


def test_every_message_is_whole(robot):
    rows = robot.tab(OUTBOX).rows
    assert len(rows) == 30
    assert len(set(ids(robot))) == 30
    for row in rows:
        assert row["Destinataires"]
        assert row["Objet"]
        assert "{{" not in row["Message"]
        assert "None" not in row["Message"]
        assert row["Valider"] in (None, False)
        assert row["État"] == "À valider"


def test_a_blocked_message_is_in_envois_with_the_cell_to_fill(robot):
    assert BLOCKED not in ids(robot)
    [line] = [row for row in robot.tab("Envois").rows if row["Id"] == BLOCKED]
    table = robot.tab("Candidatures")
    cell = table.cell("Retour au porteur", "3722986")
    assert line["État"] == "Bloqué"
    assert f"Candidatures!{cell}" in line["Précision"]
    assert "Retour au porteur" in line["Précision"]


@pytest.mark.slow
def test_once_filled_it_is_appended_once(robot):
    cell = robot.tab("Candidatures").cell("Retour au porteur", "3722986")
    edit(robot.campaign.workbook, "set", tab="Candidatures", cell=cell, value="Le jury vous encourage à revenir.")
    before = people(robot.campaign.workbook)
    robot.sync(later=HOUR)
    assert ids(robot)[-1] == BLOCKED
    row = robot.tab(OUTBOX).rows[-1]
    assert "Le jury vous encourage à revenir." in row["Message"]
    assert row["État"] == "À valider"
    assert states(robot)[BLOCKED] == "À valider"
    assert before.lost(people(robot.campaign.workbook)) == []
    assert {tab for tab, _ in before.added(people(robot.campaign.workbook))} == {OUTBOX}
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
def test_what_people_change_in_it_stays(robot):
    robot.campaign.set_config("allowed = []", 'allowed = ["moi@exemple.invalid"]')
    robot = Robot(robot.campaign)
    typed = {"objet": "Mon objet", "message": "Mon message", "destinataires": "moi@exemple.invalid", "valider": "x"}
    for field, value in typed.items():
        edit(robot.campaign.workbook, "set", tab=OUTBOX, cell=cell_of("emails", field, 5), value=value)
    before = people(robot.campaign.workbook)
    robot.sync(later=HOUR)
    assert before.lost(people(robot.campaign.workbook)) == []
    row = robot.tab(OUTBOX).row(5)
    assert (row["Objet"], row["Message"], row["État"]) == ("Mon objet", "Mon message", "Validé")
    [line] = [one for one in robot.tab("Envois").rows if one["Id"] == row["Id"]]
    assert (line["Objet"], line["Destinataires"], line["État"]) == ("Mon objet", "moi@exemple.invalid", "Validé")
    assert not robot.sync(later=HOUR).plan


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "value", "state"),
    first(
        1,
        [
            ("valider", "oui", "Validé"),
            ("valider", True, "Validé"),
            ("ne_pas_envoyer", "x", "Écarté"),
            ("valider", "non", "À valider"),
        ],
    ),
)
def test_ticks_are_the_states(robot, field, value, state):
    edit(robot.campaign.workbook, "set", tab=OUTBOX, cell=cell_of("emails", field, 6), value=value)
    robot.sync(later=HOUR)
    row = robot.tab(OUTBOX).row(6)
    assert row["État"] == states(robot)[row["Id"]] == state


@pytest.mark.slow
def test_ticked_both_ways_it_does_not_leave(robot):
    for field in ("valider", "ne_pas_envoyer"):
        edit(robot.campaign.workbook, "set", tab=OUTBOX, cell=cell_of("emails", field, 6), value="oui")
    robot.sync(later=HOUR)
    assert robot.tab(OUTBOX).row(6)["État"] == "Écarté"


@pytest.mark.slow
def test_a_deleted_row_never_comes_back(robot):
    gone = ids(robot)[3]
    edit(robot.campaign.workbook, "delete_row", tab=OUTBOX, at=outbox_row(robot, gone))
    for day in (robot.today, date(2021, 7, 1)):
        robot.today = day
        robot.sync(later=HOUR)
        assert gone not in ids(robot)
        assert states(robot)[gone] == "Retiré"
    edit(robot.campaign.workbook, "delete_tab", tab="Envois")
    robot.sync(later=HOUR)
    assert gone not in ids(robot)
    assert states(robot)[gone] == "Retiré"


@pytest.mark.slow
def test_a_deleted_row_stays_known_when_envois_is_spoiled(robot):
    gone = ids(robot)[3]
    edit(robot.campaign.workbook, "delete_row", tab=OUTBOX, at=outbox_row(robot, gone))
    edit(robot.campaign.workbook, "rename_header", tab="Envois", **{"from": "Id", "to": "Identifiant"})
    edit(robot.campaign.workbook, "move_column", tab="Envois", header="État", to=2)
    for path in robot.state.folder.glob("etat.sqlite3*"):
        path.unlink()
    robot.sync(later=HOUR)
    assert gone not in ids(robot)


@pytest.mark.slow
def test_a_row_restored_by_hand_is_there_again(robot):
    row = robot.tab(OUTBOX).rows[3]
    edit(robot.campaign.workbook, "delete_row", tab=OUTBOX, at=row["row"])
    robot.sync(later=HOUR)
    end = len(robot.tab(OUTBOX).snapshot.rows) + 1
    for field in SCHEMA.tab("emails").fields:
        if not field.tick:
            value = row[field.header]
            edit(robot.campaign.workbook, "set", tab=OUTBOX, cell=cell_of("emails", field.id, end), value=value)
    robot.sync(later=HOUR)
    assert states(robot)[row["Id"]] == "À valider"
    assert ids(robot).count(row["Id"]) == 1


@pytest.mark.slow
def test_a_template_that_is_switched_off_adds_nothing_more(robot):
    edit(robot.campaign.workbook, "delete_row", tab=OUTBOX, at=outbox_row(robot, ids(robot)[0]))
    robot.campaign.set_config('disabled = ["accuse_reception"', 'disabled = ["accuse_reception", "non_retenu"')
    again = Robot(robot.campaign)
    again.sync(later=HOUR)
    assert BLOCKED not in states(again)


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("delete_row"), st.integers(3, 31)),
        st.tuples(st.just("insert_row"), st.integers(3, 31)),
        st.tuples(st.just("sort"), st.sampled_from(["Objet", "Modèle", "Id", "N° de dossier"])),
        st.tuples(st.just("blank_id"), st.integers(3, 31)),
        st.tuples(st.just("edit_id"), st.integers(3, 31)),
        st.tuples(st.just("duplicate"), st.integers(3, 31)),
        st.tuples(st.just("tick"), st.integers(3, 31)),
        st.tuples(st.just("move_column"), st.integers(0, 9)),
        st.tuples(st.just("rename_tab"), st.just(0)),
        st.tuples(st.just("spoil_envois"), st.just(0)),
    ),
    min_size=1,
    max_size=4,
)


def do(robot, kind, what):
    path, tab = robot.campaign.workbook, robot.read().tabs[[tab.mark for tab in robot.read().tabs].index("emails")].name
    table = robot.tab(tab)
    letters = {header: table.cell(header, ids_of(table)[0], "Id")[0] for header in ("Id", "Valider")}
    match kind:
        case "delete_row" | "insert_row":
            edit(path, kind, tab=tab, at=what)
        case "sort":
            edit(path, kind, tab=tab, by=what, descending=True)
        case "blank_id" | "edit_id":
            edit(path, "set", tab=tab, cell=f"{letters['Id']}{what}", value="moi" if kind == "edit_id" else None)
        case "duplicate":
            duplicate(path, tab, what)
        case "tick":
            edit(path, "set", tab=tab, cell=f"{letters['Valider']}{what}", value="oui")
        case "move_column":
            edit(path, kind, tab=tab, header="Id", to=what)
        case "rename_tab":
            edit(path, kind, tab=tab, to="Courriers")
        case "spoil_envois":
            edit(path, "rename_header", tab="Envois", **{"from": "Id", "to": "Clé"})


def ids_of(table):
    return [row["Id"] for row in table.rows if row["Id"]]


def duplicate(path, name, row):
    with memory_desk.typing(storage_at(path), name) as page:
        tab = next(tab for tab in storage_at(path).tabs if tab.name == name)
        for column in range(max(map(len, tab.rows))):
            page[len(tab.rows) + 1, column] = page[row, column]


@settings(max_examples=examples(2), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(EDITS)
def test_an_id_is_never_appended_twice_whatever_people_do(demo, demo_storage, original, text_diff):
    keep(demo.workbook, demo_storage.copy())
    demo.state.save_last_run(original)
    robot = Robot(demo)
    for kind, what in text_diff:
        do(robot, kind, what)
        run = robot.sync(later=HOUR)
        added = [operation for operation in run.plan.operations if type(operation).__name__ == "AppendRows"]
        assert added == [], (kind, what)
        assert not robot.sync(later=HOUR).plan, (kind, what)


@pytest.fixture(scope="module")
def original(finished_demo):
    return Campaign(finished_demo).state.load_last_run()


@pytest.mark.slow
def test_a_long_message_is_blocked_rather_than_cut(robot):
    cell = robot.tab("Candidatures").cell("Retour au porteur", "3722986")
    edit(robot.campaign.workbook, "set", tab="Candidatures", cell=cell, value="très long. " * 2970)
    robot.sync(later=HOUR)
    assert states(robot)[BLOCKED] == "Bloqué"
    [line] = [row for row in robot.tab("Envois").rows if row["Id"] == BLOCKED]
    assert "trop long" in line["Précision"]
    [record] = [
        record for record in robot.campaign.run("emails", "list", "--format", "json").records if record["id"] == BLOCKED
    ]
    assert (record["state"], record["to"]) == ("Bloqué", [])
    assert "aucun e-mail ajouté" in robot.campaign.run("emails", "draft").err


@pytest.mark.slow
def test_a_wrong_address_blocks_and_names_its_cell(robot):
    cell = robot.tab("Candidatures").cell("E-mail du porteur", "3724481")
    gone = ids(robot)
    type_in(robot.campaign.workbook, "Candidatures", cell, "pas une adresse")
    robot.sync(later=HOUR)
    assert ids(robot) == gone  # what is in the outbox is people's
    assert any(row["Cellule"] == cell for row in robot.tab("Anomalies").rows)
