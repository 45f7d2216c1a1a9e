"""Candidates in a workbook of their own: each has its tabs, its e-mails and its Journal, and one night does both."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from eig_sheets.cli import pipeline
from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.spreadsheet.memory import MemoryWorkbook
from eig_sheets.spreadsheet.model.base import BusyError
from eig_sheets.workbook.robot_tab import RobotTab
from tests.call.applications.files import write
from tests.call.applications.importing.support import HEADERS_OF_WISHES
from tests.columns import LATER_TABS, SCHEMA
from tests.effort import first
from tests.in_memory import keep, storage_at
from tests.program import eig
from tests.two_workbooks import CHOOSING, NEW, REVEALED, TEAM, Pair, copied, made, write_settings
from tests.workbook.snapshots import EIG5

OF_PROJECTS = ["Candidatures", "Jury", "Évaluations", "Paramètres"]
OF_THE_CAMPAIGN = 2022
"""The last year of the campaign of these tests: later moments are of the day of the test."""
OF_TALENTS = ["Jury", "Talents", "Évaluations talents"]


@pytest.fixture(scope="module")
def synced(tmp_path_factory) -> Pair:
    """Both, made whole and up to date on the day when laureates are known: not to be changed."""
    pair = made(tmp_path_factory.mktemp("two") / "appel")
    assert pair.run("--today", REVEALED, "init").code == 0
    assert pair.sync().code == 0
    return pair


@pytest.fixture
def pair(synced, tmp_path) -> Pair:
    """A copy of them."""
    return copied(synced, tmp_path / "appel")


@pytest.fixture
def begun(tmp_path) -> Pair:
    """Both as people filled them, and nothing of the robot."""
    return made(tmp_path / "appel")


def texts(snapshot) -> str:
    """Everything that the cells of a workbook say."""
    return "\n".join(str(value) for tab in snapshot.tabs for row in tab.rows for value in row if value is not None)


def names(snapshot) -> list[str]:
    return [tab.name for tab in snapshot.tabs]


def journal(pair: Pair, workbook: Path) -> list[str]:
    """The results and words of the lines of a Journal, newest first."""
    table = pair.tab(workbook, "Journal")
    lines = table.rows if table else []
    return [f"{one['Résultat']} {one['Ce qui s’est passé']}".replace("\u202f", " ") for one in lines]


def emails(pair: Pair, workbook: Path) -> dict[object, object]:
    """Template → state, of what `Envois` lists."""
    return {one["Modèle"]: one["État"] for one in pair.tab(workbook, "Envois").rows}


# ---- Each its own


@pytest.mark.slow
def test_each_workbook_has_its_own_tabs(synced):
    projects, talents = names(synced.read()), names(synced.read_talents())
    both = {"Accueil", "Jury", "Anomalies", "E-mails à envoyer", "Envois", "Journal", "Modifications reçues"}
    both |= {tab.name for tab in SCHEMA.tabs if tab.in_both and tab.id not in LATER_TABS}
    both |= {tab.name for tab in EIG5.features.parts(RobotTab) if tab.in_both and not tab.optional}
    assert both <= {*projects} & {*talents}
    assert {"Talents", "Évaluations talents", "Projets", "Classement des talents"} == {*talents} - both
    assert {"Candidatures", "Évaluations", "Classement", "Cofinancement", "Paramètres"} <= {*projects} - both
    assert not {"Talents", "Évaluations talents", "Projets"} & {*projects}
    shown = [tab.name for tab in synced.read_talents().tabs if not tab.hidden]
    assert {"Talents", "Évaluations talents"} <= {*shown}
    assert len(shown) <= 12


def test_the_projects_workbook_says_nothing_of_candidates(synced):
    said = texts(synced.read())
    for person in (TEAM, CHOOSING, NEW):
        assert [word for word in (person["nom"], person["email"]) if word in said] == []
    assert [number for number in ("T-7001", "T-7002", "T-7003") if number in said] == []


@pytest.mark.slow
def test_once_projects_are_under_way_their_messages_have_the_addresses_of_their_team_and_of_nobody_else(pair):
    assert pair.run("--today", "2021-09-20", "sync").code == 0
    rows = pair.tab(pair.workbook, "E-mails à envoyer").rows
    copied = {one["Modèle"]: one for one in rows if TEAM["email"] in f"{one['Destinataires']} {one['Copie']}"}
    assert {one["N° de dossier"] for one in copied.values()} == {"90101"}
    elsewhere = [tab.name for tab in pair.read().tabs if TEAM["email"] in texts(type(pair.read())((tab,)))]
    assert {*elsewhere} <= {"E-mails à envoyer", "Envois"}
    assert all(person["email"] not in texts(pair.read()) for person in (CHOOSING, NEW))


def test_the_candidates_workbook_says_of_projects_what_they_may_know_and_nothing_else(synced):
    shown = synced.tab(synced.talents, "Projets")
    assert [*shown.headers] == [
        "N° de dossier", "Nom du projet", "Administration d’accueil", "Profils demandés", "Nombre d’EIG demandés",
    ]  # fmt: skip
    assert [one["N° de dossier"] for one in shown.rows] == ["90101", "90102"]
    said = texts(synced.read_talents())
    secrets = ("Secret de jury", "Le premier.", "Le second.", "Projet écarté", "Trop tôt", "90103", "61250", "anna@")
    assert [word for word in secrets if word in said] == []


@pytest.mark.slow
def test_before_laureates_are_revealed_nothing_tells_candidates_who_they_are(begun):
    for command in ("init", "sync"):
        assert begun.run("--today", "2021-05-23", command).code == 0
    assert "Projets" not in names(begun.read_talents())
    assert "90102" not in texts(type(begun.read())([begun.read_talents().tab("Envois")]))
    assert begun.run("--today", "2021-05-24", "sync").code == 0
    assert "Projets" in names(begun.read_talents())


@pytest.mark.slow
def test_e_mails_to_candidates_leave_from_their_workbook_and_the_others_from_the_other(synced):
    assert {*emails(synced, synced.workbook)} == {"laureat", "non_retenu"}
    assert {*emails(synced, synced.talents)} == {"convocation_talent", "talent_retenu"}
    told = synced.run("--today", REVEALED, "--talents", "emails", "list", "--format", "json").records
    assert sorted(one["to"] for one in told) == [[CHOOSING["email"]], [TEAM["email"]]]


@pytest.mark.slow
def test_money_follows_the_team_and_names_the_cell_of_the_other_workbook(pair):
    def amounts():
        rows = {one["dossier"]: one for one in pair.run("cofinancing", "--format", "json").records}
        return [(rows[numero]["amount_min"], rows[numero]["amount_max"]) for numero in ("90101", "90102")]

    before = amounts()
    typed = {
        "cout_reel": 66_000.0,
        "statut": "Retenu",
        "projet_decide": "90101",
        "debut_contrat": datetime(2021, 9, 13),
    }
    for field, value in typed.items():
        for row in (0, 1):
            pair.type_in(pair.talents, "talents", field, row, value)
    after = amounts()
    assert (after[0] != before[0], after[1]) == (True, before[1])
    told = pair.run("cofinancing", "--explain", "90101", "--format", "json").out
    assert "(classeur des candidats)" in told


# ---- One night does both


@pytest.mark.slow
def test_a_second_night_on_unchanged_data_writes_neither(pair):
    before = pair.saves
    done = pair.sync()
    assert (done.code, pair.saves) == (0, before)
    assert done.err.count("Rien n’a changé") == 2
    assert pair.run("--today", REVEALED, "init").code == 0
    assert pair.saves == before
    assert pair.run("--today", REVEALED, "sync", "--dry-run", "--format", "json").records == []


@pytest.mark.slow
def test_what_changes_in_one_changes_what_the_other_says(pair):
    pair.type_in(pair.workbook, "candidatures", "decision", 1, "Désisté")
    dry = pair.run("--today", REVEALED, "sync", "--dry-run", "--format", "json").records
    assert {one["workbook"] for one in dry} == {"projets", "talents"}
    assert pair.sync().code == 0
    assert [one["N° de dossier"] for one in pair.tab(pair.talents, "Projets").rows] == ["90101"]


def test_the_settings_of_parametres_hold_in_both(pair):
    from eig_sheets.campaign.reading import read

    settings = pair.settings
    pair.type_in(pair.workbook, "parametres", "reglage", 0, "Nombre de lauréats visés")
    projects = read(pair.read(), settings)
    label = next(iter(projects.schema.tab("parametres").field("reglage").offered))
    pair.type_in(pair.workbook, "parametres", "reglage", 0, label)
    pair.type_in(pair.workbook, "parametres", "valeur", 0, "7")
    projects = read(pair.read(), settings)
    assert projects.campaign != settings
    linked = read(pair.read_talents(), settings.for_talents()).with_linked(projects)
    assert linked.campaign.model_dump() == projects.campaign.for_talents().model_dump()
    assert [one.code for one in linked.anomalies] == []


class Killed(BaseException):
    """The end of the process."""


@pytest.mark.slow  # its short form is in test_two_workbooks_in_any_order
@pytest.mark.parametrize("writes", [1, 0])
def test_killed_between_both_writes_one_more_night_makes_both_right(pair, monkeypatch, writes):
    pair.type_in(pair.workbook, "candidatures", "decision", 1, "Désisté")
    pair.type_in(pair.talents, "talents", "statut", 0, "Désisté")
    twin = copied(pair, pair.folder.parent / "twin")
    done: list[object] = []
    apply = pipeline.applied

    def dying(session, planned, plan_of):
        if len(done) == writes:
            raise Killed
        done.append(apply(session, planned, plan_of))
        return done[-1]

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "applied", dying)
        with pytest.raises(Killed):
            pair.sync()
    assert pair.sync().code == twin.sync().code == 0
    saves = pair.saves
    assert pair.sync().code == 0
    assert pair.saves == saves
    assert whatever_the_minute(pair.read()) == whatever_the_minute(twin.read())
    assert whatever_the_minute(pair.read_talents()) == whatever_the_minute(twin.read_talents())


def whatever_the_minute(snapshot) -> dict[str, list[list[object]]]:
    """The cells of each tab but of those that tell of runs, without the moments of the runs of today."""
    tabs = (tab for tab in snapshot.tabs if tab.name not in ("Journal", "Accueil"))
    return {tab.name: [[_lasting(cell) for cell in row] for row in tab.rows] for tab in tabs}


def _lasting(cell: object) -> object:
    return None if isinstance(cell, datetime) and cell.year > OF_THE_CAMPAIGN else cell


# ---- One of them cannot be read


@pytest.mark.parametrize("lost", first(1, ["talents", "workbook"]))
def test_when_one_cannot_be_read_nothing_false_is_written_in_the_other_and_its_journal_says_why(pair, lost):
    gone, other = getattr(pair, lost), pair.workbook if lost == "talents" else pair.talents
    pair.type_in(other, "jury", "organisation", 0, "Maison neuve")
    before = {tab.name: tab.rows for tab in storage_at(other).tabs}
    keep(gone, type(storage_at(gone))())
    done = pair.sync()
    assert done.code == 1
    assert gone.name in done.err
    after = {tab.name: tab.rows for tab in storage_at(other).tabs}
    assert {name for name in after if after[name] != before[name]} == {"Journal"}
    what = "candidats" if lost == "talents" else "projets"
    assert journal(pair, other)[0].startswith(f"Échec Le classeur des {what} ne peut pas être lu")
    saves = storage_at(other).saves
    assert pair.sync().code == 1
    assert storage_at(other).saves == saves


@pytest.mark.slow
@pytest.mark.parametrize("held", ["talents", "workbook"])
def test_one_that_somebody_has_open_does_not_keep_the_other_from_its_night(pair, monkeypatch, held):
    open_, other = getattr(pair, held), pair.workbook if held == "talents" else pair.talents
    pair.type_in(pair.workbook, "candidatures", "decision", 1, "Désisté")
    pair.type_in(pair.talents, "talents", "statut", 0, "Désisté")
    apply = MemoryWorkbook.apply

    def busy(self, plan):
        if self.location == str(open_):
            raise BusyError("Ce classeur est ouvert.")
        return apply(self, plan)

    before = storage_at(open_).saves, storage_at(other).saves
    with monkeypatch.context() as patch:
        patch.setattr(MemoryWorkbook, "apply", busy)
        done = pair.sync()
    assert (done.code, "Ce classeur est ouvert." in done.err) == (1, True)
    assert (storage_at(open_).saves, storage_at(other).saves) == (before[0], before[1] + 1)
    assert pair.sync().code == 0
    saves = pair.saves
    assert pair.sync().code == 0
    assert pair.saves == saves


@pytest.mark.slow
@pytest.mark.parametrize("command", [("sync",), ("emails", "draft")], ids=" ".join)
@pytest.mark.parametrize("lost", ["talents", "workbook"])
def test_a_command_of_one_refuses_without_the_other(pair, lost, command):
    gone = getattr(pair, lost)
    keep(gone, type(storage_at(gone))())
    where = () if lost == "talents" else ("--talents",)
    done = pair.run("--today", REVEALED, *where, *command)
    assert (done.code, gone.name in done.err) == (1, True)


@pytest.mark.slow
def test_a_people_s_tab_that_lost_its_rows_in_one_stops_both(pair):
    for row in range(3, 9):
        pair.type_in(pair.talents, "talents", "candidature", row, f"T-80{row:02}")
    assert pair.sync().code == 0
    before = {tab.name: tab.rows for tab in pair.read().tabs}
    for row in range(9):
        for field in ("candidature", *TEAM, "experience", "statut", "projet_decide", "voeu_1", "audition"):
            pair.type_in(pair.talents, "talents", field, row, None)
    done = pair.sync()
    assert done.code == 1
    assert {tab.name for tab in pair.read().tabs if tab.rows != before[tab.name]} == {"Journal"}
    assert "Talents" in journal(pair, pair.talents)[0]
    assert pair.sync("--quiet").code == 1
    assert pair.run("--today", REVEALED, "sync", "--force").code == 0


# ---- From one workbook to two


def sent(identity: str, template: str) -> Delivery:
    moment = datetime(2021, 6, 15, 8)
    return Delivery(identity, template, None, "smtp", Stage.SENT, "", moment, "", "")


@pytest.mark.slow
def test_what_left_from_the_one_workbook_does_not_leave_again_from_the_two(begun):
    identity = "talent_retenu-t-7001-8930380e7a"
    begun.ledger_of(begun.workbook).record_outcomes(sent(identity, "talent_retenu"))
    assert begun.run("--today", REVEALED, "init").code == begun.sync().code == 0
    assert emails(begun, begun.talents)["talent_retenu"] == "Envoyé"
    assert emails(begun, begun.talents)["convocation_talent"] == "À valider"
    assert "talent_retenu" not in {one["Modèle"] for one in begun.tab(begun.talents, "E-mails à envoyer").rows}
    assert "state adopt" not in eig("--config", begun.config, "--talents", "emails", "send", "--dry-run").err


@pytest.mark.slow
def test_nor_when_only_envois_of_the_one_workbook_knows_it(begun):
    """The state folder is lost, or another machine does the two."""
    single = begun.config.read_text(encoding="utf-8")
    begun.config.write_text(single.replace('talents = "../talents.xlsx"\n', ""), encoding="utf-8")
    talents = storage_at(begun.talents).tabs
    storage = storage_at(begun.workbook)
    storage.save([*storage.tabs, *(tab for tab in talents if tab.name in ("Talents", "Évaluations talents"))])
    begun.ledger_of(begun.workbook).record_outcomes(sent("talent_retenu-t-7001-8930380e7a", "talent_retenu"))
    assert begun.run("--today", REVEALED, "init").code == begun.sync().code == 0
    assert emails(begun, begun.workbook)["talent_retenu"] == "Envoyé"
    assert emails(begun, begun.workbook)["convocation_talent"] == "À valider"
    begun.config.write_text(single, encoding="utf-8")
    shutil.rmtree(begun.folder / ".eig-sheets")
    assert begun.run("--today", REVEALED, "init").code == begun.sync().code == 0
    assert emails(begun, begun.talents)["talent_retenu"] == "Envoyé"
    states = [emails(begun, book)["convocation_talent"] for book in (begun.workbook, begun.talents)]
    assert states == ["Obsolète", "À valider"], "what waits in the one outbox leaves from the other alone"
    refused = eig("--config", begun.config, "--talents", "emails", "send", "--dry-run")
    assert "state adopt" in refused.err
    assert begun.run("--today", REVEALED, "--talents", "state", "adopt").code == 0
    assert {*begun.ledger_of(begun.talents).deliveries()} == {"talent_retenu-t-7001-8930380e7a"}


ANSWER = {"numero": "7001", "etat": "En instruction", "candidature": "T-7002", "email": str(CHOOSING["email"]),
          "voeu_1": "90101", "date_depot": "2021-05-28 10:00:00 +0200"}  # fmt: skip


def answers(pair: Pair, workbook: Path) -> list[object]:
    """The numbers of the answers that `Vœux reçus` has."""
    table = pair.tab(workbook, "Vœux reçus")
    return [one["N° de la réponse"] for one in table.rows] if table else []


@pytest.mark.slow
@pytest.mark.parametrize("is_first_killed", [False, True])
def test_the_choices_that_candidates_sent_move_to_their_workbook_and_are_never_in_neither(
    begun, tmp_path, is_first_killed
):
    """They are in the tab alone: the first workbook lets go of them only once the other has them."""
    double = begun.config.read_text(encoding="utf-8")
    begun.config.write_text(double.replace('talents = "../talents.xlsx"\n', ""), encoding="utf-8")
    talents = storage_at(begun.talents).tabs
    storage = storage_at(begun.workbook)
    storage.save([*storage.tabs, *(tab for tab in talents if tab.name in ("Talents", "Évaluations talents"))])
    export = write(tmp_path, "voeux.csv", HEADERS_OF_WISHES, ANSWER)
    done = begun.run("--today", REVEALED, "import", export, "--kind", "wishes")
    assert (done.code, answers(begun, begun.workbook)) == (0, ["7001"]), done.err
    begun.config.write_text(double, encoding="utf-8")
    shutil.rmtree(begun.folder / ".eig-sheets")
    assert begun.run("--today", REVEALED, "init").code == 0
    if is_first_killed:
        assert begun.run("--today", REVEALED, "--workbook", str(begun.workbook), "sync").code == 0
        assert answers(begun, begun.workbook) == ["7001"]
    assert begun.sync().code == 0
    assert answers(begun, begun.workbook) == answers(begun, begun.talents) == ["7001"]
    assert begun.sync().code == 0
    assert (answers(begun, begun.workbook), answers(begun, begun.talents)) == ([], ["7001"])
    saves = begun.saves
    assert begun.sync().code == 0
    assert begun.saves == saves


@pytest.mark.slow
def test_tabs_that_stayed_are_said_and_left_as_they_are(pair):
    storage, tabs = storage_at(pair.workbook), storage_at(pair.talents).tabs
    left = [tab for tab in tabs if tab.name == "Talents"]
    storage.save([*storage.tabs, *left])
    assert pair.sync().code == 0
    assert pair.read().tab("Talents").rows == left[0].rows
    told = [one for one in pair.run("check", "--format", "json").records if one["code"] == "onglet_ailleurs"]
    assert [(one["tab"], one["workbook"]) for one in told] == [("Talents", "projets")]
    assert "classeur des candidats" in told[0]["remedy"]


# ---- Which workbook a command is about


@pytest.mark.slow
def test_check_lists_both_and_either_can_block(pair):
    assert pair.run("check").code == 0
    pair.type_in(pair.talents, "evaluations_talents", "dynamisme", 0, 9.0)
    done = pair.run("check", "--format", "json")
    assert done.code == 1
    assert [one["workbook"] for one in done.records if one["severity"] == "bloquant"] == ["talents"]
    assert pair.run("--talents", "check").code == 1


@pytest.mark.parametrize("command", first(1, ["cofinancing", "select", "report"]))
def test_what_is_about_dossiers_says_that_they_are_in_the_other(synced, command):
    done = synced.run("--talents", command)
    assert (done.code, done.out) == (2, "")
    assert "retirez --talents" in done.err


def test_the_ranking_of_the_candidates_workbook_is_that_of_candidates(synced):
    before, after = synced.run("--talents", "rank"), synced.run("rank", "--talents")
    assert (before.code, before.out) == (0, after.out)
    assert "T-7001" in before.out


@pytest.mark.slow
def test_a_named_workbook_alone_is_written(pair):
    before = pair.saves
    pair.type_in(pair.workbook, "candidatures", "decision", 1, "Désisté")
    pair.type_in(pair.talents, "talents", "statut", 0, "Désisté")
    typed = pair.saves
    assert pair.run("--today", REVEALED, "--talents", "sync").code == 0
    assert (pair.saves[0], pair.saves[1] > typed[1]) == (typed[0], True)
    now = pair.saves
    assert pair.run("--workbook", str(pair.workbook), "--today", REVEALED, "sync").code == 0
    assert (pair.saves[0] > now[0], pair.saves[1]) == (True, now[1])
    assert before != now


@pytest.mark.slow
def test_the_workbook_of_the_environment_is_the_projects_(pair):
    moved = keep(pair.folder / "ailleurs.xlsx", storage_at(pair.workbook).copy())
    env = {"EIG_SHEETS_WORKBOOK": str(pair.folder / "ailleurs.xlsx")}
    pair.type_in(pair.talents, "talents", "statut", 0, "Désisté")
    before, saves = pair.saves, moved.saves
    assert pair.run("--today", REVEALED, "--talents", "sync", env=env).code == 0
    assert (pair.saves, moved.saves) == ((before[0], before[1] + 1), saves)
    done = pair.run("--today", REVEALED, "sync", env=env)
    assert (done.code, "ailleurs.xlsx" in done.err, "talents.xlsx" in done.err) == (0, True, True)
    assert pair.saves[0] == before[0]


@pytest.mark.slow
def test_both_locks_are_held_by_a_night(pair):
    with pair.talents_state.locked():
        before = pair.saves
        done = pair.sync()
        assert (done.code, pair.saves) == (1, before)
        assert pair.run("--workbook", str(pair.workbook), "--today", REVEALED, "emails", "draft").code == 0


def test_the_same_place_twice_is_refused(tmp_path):
    write_settings(tmp_path, talents="../campagne.xlsx")
    done = Pair(tmp_path).run("sync")
    assert done.code == 1
    assert "workbook.talents" in done.err
    write_settings(tmp_path, talents="../config/../campagne.xlsx")
    assert "workbook.talents" in Pair(tmp_path).run("sync").err
    write_settings(tmp_path, talents=f"{tmp_path}/campagne.xlsx")
    assert "le même" in Pair(tmp_path).run("sync").err
