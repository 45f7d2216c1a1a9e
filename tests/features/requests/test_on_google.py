"""`requests run` on a Google Sheet: one reading when nothing is asked, answers beside the rows, officers meanwhile."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.features.requests.files_ledger import RequestLedger
from tests.columns import letters_of
from tests.effort import examples
from tests.end_to_end.google.checks import ended_well, nothing_lost
from tests.end_to_end.google.support import JURORS, Desk, make_folder, synchronised
from tests.end_to_end.google.test_two_runs import held, other_machine
from tests.sheets_server import exports
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import OWNER


@pytest.fixture(scope="module")
def finished_with_requests(tmp_path_factory):
    """A campaign that was synchronised, with `Demandes`: not to be changed, but copied."""
    folder = tmp_path_factory.mktemp("requests")
    make_folder(folder)
    config = folder / "config" / "campaign.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("people_tabs = []", 'people_tabs = ["demandes"]'), encoding="utf-8")
    with synchronised(folder) as campaign:
        yield campaign


@pytest.fixture
def asking(finished_with_requests, tmp_path) -> Desk:
    return finished_with_requests.copy(tmp_path)


def run(desk, **how):
    return desk.run("requests", "run", **how)


def cell(field, row):
    return f"{letters_of('demandes', field)}{row}"


def ask(desk, row, action, **typed):
    for field, value in {"action": action, **typed}.items():
        desk.edit("set", tab="Demandes", cell=cell(field, row), value=value)


def answers(desk):
    return {row["N° de demande"]: str(row["Réponse"]).replace("\u202f", " ") for row in desk.rows("Demandes")}


def numbers(desk):
    return [row["N° de demande"] for row in desk.rows("Demandes")]


@pytest.mark.slow
def test_nothing_asked_is_one_reading_and_no_writing(asking):
    done = run(asking)
    assert (done.code, asking.written) == (0, 0), done
    assert [(method, status) for method, _, status in asking.calls] == [("GET", 200)]


def test_the_first_tab_says_that_the_answer_comes_within_five_minutes(asking):
    [told] = [row for row in asking.rows("Accueil") if row["Rubrique"] == "Demandes"]
    assert told["Précision"] == "La réponse s’écrit à côté, dans les cinq minutes."


@pytest.mark.slow
def test_what_is_asked_is_answered_beside_by_the_formula(asking):
    first, *others = numbers(asking)
    ask(asking, 2, "Sélection", demande_par="Ada")
    done = run(asking)
    assert done.code == 0, done
    nothing_lost(asking)
    assert answers(asking)[first].startswith("Faite le ")
    assert numbers(asking)[:10] == [first, *others]
    assert len(numbers(asking)) == 11
    assert run(asking).code == 0
    assert [method for method, *_ in asking.calls] == ["GET"]
    asking.edit("sort", tab="Demandes", by="N° de demande", descending=True)
    assert answers(asking)[first].startswith("Faite le ")
    assert asking.sync().code == 0
    assert "saisie_dans_onglet_robot" not in [row["Code"] for row in asking.rows("Anomalies")]


@pytest.mark.slow
def test_a_line_inserted_and_edited_as_it_is_claimed_is_not_done_as_it_was(asking):
    ask(asking, 2, "Sélection", precision="a")
    edits = [
        {"after_call": 1, "edit": {"kind": "insert_row", "tab": "Demandes", "at": 2}},
        {"after_call": 2, "edit": {"kind": "set", "tab": "Demandes", "cell": cell("precision", 3), "value": "b"}},
    ]
    done = run(asking, script=edits)
    ended_well(done)
    nothing_lost(asking)
    assert run(asking).code == 0
    [recorded] = RequestLedger(asking.state, asking.key).recorded()
    assert (recorded.detail, recorded.stage.value) in (("a", "done"), ("b", "done"))
    [row] = asking.rows("Réponses")
    assert row["Détail"] == recorded.detail


@pytest.mark.slow
def test_two_machines_claim_one_request_once(asking):
    ask(asking, 2, "Sélection")
    other, ended = other_machine(asking), []
    with held(lambda: ended.append(run(other))):
        ended.append(run(asking))
    assert [one.code for one in ended] == [0, 0], ended
    recorded = [one.number for desk in (asking, other) for one in RequestLedger(desk.state, desk.key).recorded()]
    ended = [row["État"] for row in asking.rows("Réponses")]
    assert (len({*recorded}), ended) == (1, ["faite"])


@pytest.mark.slow
def test_grilles_online_are_shared_once_the_list_of_jurors_is_ticked(asking, tmp_path):
    world = asking.server.world
    folder = world.add_folder("Jury", world.add_drive("Équipe", {EMAIL: "fileOrganizer"}))
    shutil.copytree(asking.folder / "config", tmp_path / "config")
    config = tmp_path / "config" / "campaign.toml"
    text = config.read_text("utf-8").replace("\nreads = 4 ", f'\ndrive_folder = "{folder.id}"\nreads = 4 ')
    config.write_text(text.replace('# ballots = "en_ligne"', 'ballots = "en_ligne"'), "utf-8")
    desk = replace(asking, folder=tmp_path)

    def shared():
        files = [file for file in world.files.values() if file.parents == [folder.id]]
        return sorted(one["emailAddress"] for file in files for one in file.permissions if one["role"] == "writer")

    [first, *_] = numbers(desk)
    ask(desk, 2, "Grilles des jurés")
    assert run(desk).code == 0
    assert (shared(), "2 grilles :" in answers(desk)[first]) == ([], True)
    assert [juror in answers(desk)[first] for juror in JURORS] == [True, True]
    desk.edit("set", tab="Demandes", cell=cell("confirmer", 2), value=True)
    assert run(desk).code == 0
    assert {*JURORS} <= {*shared()}
    assert "Les liens sont dans l’onglet « Grilles »." in answers(desk)[first]
    before = [*world.files]
    assert run(desk).code == 0
    assert [*world.files] == before


@pytest.mark.slow
@pytest.mark.parametrize("as_table", [False, True])
def test_a_row_of_totals_and_merged_numbers_stop_no_other_request(asking, as_table):
    first, *_ = numbers(asking)
    number, action = letters_of("demandes", "demande"), letters_of("demandes", "action")
    asking.edit("merge", tab="Demandes", range=f"{number}11:{number}12")
    asking.edit("set", tab="Demandes", cell=f"{number}14", value="Total")
    asking.edit("set", tab="Demandes", cell=f"{action}14", value=3)
    if as_table:
        asking.edit("convert_to_table", tab="Demandes", range=f"A1:{letters_of('demandes', 'confirmer')}14")
    ask(asking, 2, "Sélection")
    done = run(asking)
    assert done.code == 0, done
    nothing_lost(asking)
    assert answers(asking)[first].startswith("Faite le ")
    assert answers(asking)["Total"] in ("", "None")
    assert [row["N° de demande"] for row in asking.rows("Réponses")] == [first]
    assert numbers(asking).index("Total") < len(numbers(asking)) - 1
    assert run(asking).code == 0
    assert asking.written == 0


EDITS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("insert_row"), "at": st.integers(2, 8)}),
    st.fixed_dictionaries({"kind": st.just("delete_row"), "at": st.integers(2, 8)}),
    st.fixed_dictionaries({"kind": st.just("sort"), "by": st.just("Action"), "descending": st.booleans()}),
    st.builds(
        lambda field, row, value: {"kind": "set", "cell": cell(field, row), "value": value},
        st.sampled_from(["action", "precision", "confirmer", "demande"]),
        st.integers(2, 8),
        st.sampled_from(["Sélection", "Rapport du jury", "a", True, ""]),
    ),
)
SCRIPT = st.lists(st.tuples(st.integers(1, 6), EDITS), max_size=5)


@pytest.mark.slow
@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(EDITS, max_size=4), meanwhile=SCRIPT)
def test_whatever_officers_do_meanwhile_nothing_of_theirs_is_lost(
    finished_with_requests, tmp_path_factory, before, meanwhile
):
    desk = finished_with_requests.copy(tmp_path_factory.mktemp("story"))
    for edit in before:
        desk.edit(tab="Demandes", **edit)
    done = run(desk, script=[{"after_call": n, "edit": {"tab": "Demandes", **edit}} for n, edit in meanwhile])
    ended_well(done)
    nothing_lost(desk)
    run(desk)
    nothing_lost(desk)
    assert run(desk).code == 0
    recorded = RequestLedger(desk.state, desk.key).recorded()
    assert len({one.number for one in recorded}) == len(recorded)
    assert run(desk).code == 0
    assert desk.written == 0


def with_a_folder(asking, tmp_path, **members):
    """The same call, whose officers drop their exports in a folder of Drive; and that folder."""
    folder = asking.server.world.add_folder("Exports", asking.server.world.add_drive("Équipe", members))
    shutil.copytree(asking.folder / "config", tmp_path / "config")
    config = tmp_path / "config" / "campaign.toml"
    address = f'drive_folder = "https://drive.google.com/drive/folders/{folder.id}?usp=sharing"'
    config.write_text(config.read_text("utf-8").replace("\n[requests]", f"\n[requests]\n{address}"), "utf-8")
    return replace(asking, folder=tmp_path), folder


def answered(desk, row):
    assert run(desk).code == 0
    return answers(desk)[numbers(desk)[row - 2]].replace("\u202f", " ")


EXPORT = "ID;Déposé le;État du dossier;Nom du projet\n{number};2021-03-01;En instruction;Phare\n"


def test_an_export_dropped_in_a_folder_of_drive_is_imported(asking, tmp_path):
    desk, folder = with_a_folder(asking, tmp_path, **{EMAIL: "reader"})
    ask(desk, 2, "Importer")
    assert "Déposez le fichier .csv ou .xlsx dans le dossier de Drive que la configuration nomme" in answered(desk, 2)
    world = desk.server.world
    world.add_upload(folder, "export.csv", EXPORT.format(number=900001).encode())
    world.add_upload(folder, "photo.png", b"\x89PNG", "image/png")
    ask(desk, 3, "Importer")
    assert "1 dossier à ajouter" in answered(desk, 3)
    desk.edit("set", tab="Demandes", cell=cell("confirmer", 3), value=True)
    assert "1 dossier ajouté" in answered(desk, 3)
    assert "900001" in [str(row["N° de dossier"]) for row in desk.rows("Candidatures")]


def test_an_export_that_drive_made_a_spreadsheet_is_read_too(asking, tmp_path):
    desk, folder = with_a_folder(asking, tmp_path, **{EMAIL: "reader"})
    world = desk.server.world
    made = world.create("export mars", OWNER)
    world.keep(exports.from_csv(made, EXPORT.format(number=900002).replace(";", ",")))
    world.files[made.id].parents, world.files[made.id].folder = [folder.id], folder
    ask(desk, 2, "Importer")
    said = answered(desk, 2)
    assert ("« export mars.xlsx »" in said, "1 dossier à ajouter" in said) == (True, True), said


def test_the_newest_of_a_name_is_the_one(asking, tmp_path):
    desk, folder = with_a_folder(asking, tmp_path, **{EMAIL: "reader"})
    for day, project in (("2", "neuf"), ("1", "vieux")):
        text = EXPORT.format(number=900003).replace("Phare", project)
        desk.server.world.add_upload(folder, "export.csv", text.encode()).modified = f"2021-03-0{day}T00:00:00.000Z"
    ask(desk, 2, "Importer")
    assert "1 dossier à ajouter" in answered(desk, 2)
    desk.edit("set", tab="Demandes", cell=cell("confirmer", 2), value=True)
    answered(desk, 2)
    assert "neuf" in [row["Nom du projet"] for row in desk.rows("Candidatures")]


def test_a_folder_that_is_not_shared_with_the_robot_is_refused_by_its_setting(asking, tmp_path):
    desk, _ = with_a_folder(asking, tmp_path)
    ask(desk, 2, "Importer")
    said = answered(desk, 2)
    assert ("([requests] drive_folder)" in said, "en lecture" in said) == (True, True), said
