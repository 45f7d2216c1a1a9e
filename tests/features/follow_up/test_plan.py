"""`Suivi` gets a row for each milestone of each selected project, once; then it is people's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from eig_sheets.features.follow_up.plan import plan_generation
from eig_sheets.features.follow_up.settings import FollowUpRules
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.spreadsheet.memory import MemoryWorkbook, Storage
from eig_sheets.spreadsheet.model.plan import AppendRows, CreateTab
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import LastRun
from tests.columns import cell_of
from tests.effort import slow
from tests.emails.drafting.support import TEXTS
from tests.spreadsheet import memory_desk
from tests.workbook.snapshots import EIG5, book, dossier, juror, reading, tab

JUNE, JULY, LATE = date(2021, 6, 30), date(2021, 7, 1), date(2021, 9, 20)
PROJECTS = (
    dossier("101", decision="Lauréat"), dossier("102", decision="Non retenu"), dossier("103", decision="Lauréat"),
)  # fmt: skip
EACH = 34


def night(snapshot, campaign, last_run, clock):
    """The run of a sync on that snapshot."""
    return plan_sync(reading_for(snapshot, campaign, last_run), Known(last_run=last_run, texts=TEXTS), clock)


class Team:
    """A small call, its robot and its people, in memory."""

    def __init__(self, *others: TabSnapshot, projects=PROJECTS, campaign=EIG5) -> None:
        self.storage, self.campaign = Storage(), campaign
        self.storage.save(book(projects, [juror("anna")], [], *others).tabs)
        self.book, self.last_run = MemoryWorkbook(self.storage, "essai"), LastRun()

    def sync(self, today: date = JULY) -> Run:
        now = datetime.combine(today, datetime.min.time())
        run = night(self.book.read(), self.campaign, self.last_run, Clock(now, today))
        self.book.apply(run.plan)
        assert run.last_run is not None
        self.last_run = run.last_run
        return run

    def edit(self, kind: str, **what: Any) -> None:
        memory_desk.edit(self.storage, kind, **what)

    def decide(self, row: int, word: str) -> None:
        self.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", row), value=word)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of `Suivi`, by header."""
        headers, *lines = self.book.read().tab("Suivi").rows
        return [dict(zip(headers, [*line, *[None] * len(headers)], strict=False)) for line in lines]

    @property
    def numbers(self) -> list[Any]:
        return [row["N° de dossier"] for row in self.rows]


@pytest.mark.slow
def test_the_tab_is_made_with_its_rows_on_the_day_its_phase_opens_and_a_second_run_writes_nothing():
    team = Team()
    team.sync(JUNE)
    assert "Suivi" not in [tab.name for tab in team.book.read().tabs]
    run = team.sync(JULY)
    assert team.numbers == ["101"] * EACH + ["103"] * EACH
    first = team.rows[0]
    assert (first["Jalon"], first["Échéance"], first["Responsable"], first["Statut"]) == (
        "Fiches de poste publiées", datetime(2021, 8, 2), "RH", None,
    )  # fmt: skip
    assert [type(operation) for operation in run.plan.operations if "Suivi" in repr(operation)][:1] == [CreateTab]
    assert not team.sync(JULY).plan
    assert "Suivi" in str(team.book.read().tab("Journal").rows[1])


@pytest.mark.slow
def test_what_the_new_rows_say_is_told_by_the_same_run():
    """Late milestones on `Accueil`, reminders in the outbox: else the next run would have something to write."""
    team = Team(projects=[dossier("101", decision="Lauréat", email_porteur="camille@example.org")])
    run = team.sync(LATE)
    ids = [draft.id for draft in run.emails.new]
    assert [sending_id for sending_id in ids if sending_id.startswith("rappel_jalon-101-arrivee")]
    late = [row for row in team.book.read().tab("Accueil").rows if "jalons en retard" in str(row)]
    assert len(late) == 1
    assert not team.sync(LATE).plan


@pytest.mark.slow
def test_rows_that_would_make_the_workbook_larger_than_is_read_are_not_added_and_it_is_said():
    team = Team()
    team.sync(JUNE)
    snapshot = team.book.read()
    small = replace(snapshot, capabilities=replace(snapshot.capabilities, most_rows=2 * EACH - 1))
    now = datetime.combine(JULY, datetime.min.time())
    run = night(small, team.campaign, team.last_run, Clock(now, JULY))
    assert "onglet_demesure" in [anomaly.code for anomaly in run.anomalies]
    assert not [operation for operation in run.plan.operations if isinstance(operation, AppendRows)]
    assert not any(operation.sheet.rows for operation in run.plan.operations if isinstance(operation, CreateTab))
    assert run.last_run.milestones == team.last_run.milestones


@pytest.mark.slow
def test_each_row_names_its_project_from_the_first_run_on():
    """Five hundred rows of numbers say nothing to whoever reads them."""
    team = Team(projects=[dossier("101", projet="Phare", decision="Lauréat"), dossier("102", projet="Bouée")])

    def named() -> list[tuple[Any, Any]]:
        return [*dict.fromkeys((row["N° de dossier"], row["Nom du projet"]) for row in team.rows)]

    team.sync()
    assert named() == [("101", "Phare")]
    assert not team.sync().plan
    team.decide(3, "Lauréat")
    team.sync()
    assert named() == [("101", "Phare"), ("102", "Bouée")]
    assert not team.sync().plan
    team.edit("set", tab="Candidatures", cell=cell_of("candidatures", "projet", 2), value="Grand phare")
    team.sync()
    assert named() == [("101", "Grand phare"), ("102", "Bouée")]


@pytest.mark.slow
def test_a_project_selected_later_gets_its_rows_then_under_those_that_people_have():
    theirs = {"numero": "101", "jalon": "Le nôtre", "echeance": datetime(2021, 10, 1)}
    team = Team(tab("suivi", [theirs]))
    run = team.sync()
    [added] = [
        operation for operation in run.plan.operations if isinstance(operation, AppendRows) and operation.tab == "Suivi"
    ]
    assert (added.first_row, len(added.rows)) == (3, 2 * EACH)
    team.decide(3, "Lauréat")
    team.sync()
    assert team.numbers == ["101", *["101"] * EACH, *["103"] * EACH, *["102"] * EACH]
    assert team.rows[0]["Jalon"] == "Le nôtre"
    assert not team.sync().plan


@pytest.mark.slow
def test_nothing_that_people_do_to_a_row_is_undone():
    team = Team()
    team.sync()
    team.edit("set", tab="Suivi", cell=cell_of("suivi", "jalon", 2), value="Fiche de poste")
    team.edit("set", tab="Suivi", cell=cell_of("suivi", "echeance", 3), value=datetime(2021, 9, 1))
    team.edit("set", tab="Suivi", cell=cell_of("suivi", "statut", 4), value="Fait")
    team.edit("delete_row", tab="Suivi", at=5)
    team.edit("sort", tab="Suivi", by="Jalon", descending=True)
    before = team.rows
    for today in (JULY, LATE, date(2022, 7, 20)):
        team.sync(today)
    assert team.rows == before
    team.decide(2, "Désisté")
    team.decide(2, "Lauréat")
    team.sync()
    assert team.rows == before


@pytest.mark.slow
def test_a_machine_that_lost_its_state_makes_no_row_again():
    team = Team()
    team.sync()
    team.edit("delete_row", tab="Suivi", at=5)
    before = team.rows
    team.last_run = LastRun()
    team.sync()
    assert team.rows == before
    assert team.last_run.milestones["101"]["contrat_signe"] == ""


@pytest.mark.slow
def test_a_run_stopped_before_it_remembered_makes_no_row_twice():
    team = Team()
    team.sync(JUNE)
    remembered = team.last_run
    team.sync(JULY)
    team.last_run = remembered
    assert team.sync(JULY).results is not None
    assert len(team.rows) == 2 * EACH


@pytest.mark.slow
def test_without_milestones_in_the_configuration_the_tab_is_blank():
    team = Team(campaign=EIG5.model_copy(update={"follow_up": FollowUpRules()}))
    team.sync()
    assert team.rows == []
    none = EIG5.model_copy(update={"emails": EIG5.emails.model_copy(update={"experimentation": None})})
    assert Team(tab("suivi"), campaign=none).sync(LATE).last_run.milestones == {}


@pytest.mark.slow
def test_a_tab_without_the_column_gets_its_rows_all_the_same():
    team = Team(tab("suivi", without=["responsable", "commentaire"]))
    team.sync()
    assert len(team.rows) == 2 * EACH
    assert not team.sync().plan


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_dates_that_the_rule_gives_no_more_are_an_anomaly_of_the_project_and_stay_as_they_are():
    recruit = {"candidature": "7", "statut": "Retenu", "projet_decide": "101"}
    team = Team(tab("talents", [recruit]))
    team.sync()
    before = team.rows
    cell = cell_of("talents", "debut_contrat", 2)
    team.edit("set", tab="Talents", cell=cell, value=datetime(2021, 9, 20))
    [moved] = [anomaly for anomaly in team.sync().results.anomalies if anomaly.code == "jalons_decales"]
    assert (moved.dossier, moved.cell) == ("101", cell_of("suivi", "echeance", 2))
    assert moved.message.replace("\u202f", " ") == (
        "« Fiches de poste publiées » est au 02/08/2021, la règle donne aujourd’hui le 09/08/2021 ; échéances de ce "
        f"projet dans ce cas : {EACH - 1}."  # all but the closing session, whose date people decided
    )
    assert team.rows == before
    assert not team.sync().plan


def test_a_tab_that_lets_nothing_be_added_is_told_and_tried_again_the_next_time():
    team = Team(tab("suivi"))
    snapshot = replace(team.book.read(), refused={"Suivi": "une protection"})
    clock = Clock(datetime(2021, 7, 1), JULY)
    run = night(snapshot, EIG5, team.last_run, clock)
    [refusal] = run.refusals
    assert refusal.code == "ajout_refuse"
    assert f"{2 * EACH} jalons ne sont pas ajoutés" in refusal.message
    assert run.last_run.milestones == {}
    assert not [
        operation for operation in run.plan.operations if isinstance(operation, AppendRows) and operation.tab == "Suivi"
    ]


def generated(team: Team, numbers: list[str] | None = None):
    run = plan_generation(reading(team.book.read()), team.last_run, datetime(2021, 7, 2), numbers)
    team.book.apply(run.plan)
    team.last_run = run.last_run
    return run


@pytest.mark.slow
def test_people_may_ask_for_the_rows_that_they_deleted():
    team = Team()
    team.sync()
    for _ in range(3):
        team.edit("delete_row", tab="Suivi", at=2)
    assert [len(planned) for planned in generated(team).added.values()] == [3]
    assert len(team.rows) == 2 * EACH
    assert generated(team).added == {}


@pytest.mark.slow
def test_only_the_projects_that_are_asked_for_get_theirs():
    team = Team(tab("suivi"))
    assert [*generated(team, ["103"]).added] == ["103"]
    assert set(team.numbers) == {"103"}
    team.sync()
    assert sorted(set(team.numbers)) == ["101", "103"]
    assert len(team.rows) == 2 * EACH


@pytest.mark.parametrize("today", [date(2022, 7, 13), *slow(date(2022, 7, 12))])
def test_a_project_of_which_nothing_tells_what_it_opened_is_an_anomaly_once_its_months_are_over(today):
    team = Team(tab("livrables", [{"numero": "103", "type": "Code"}]), tab("suivi"))
    absent = [
        (anomaly.dossier, anomaly.cell)
        for anomaly in team.sync(today).results.anomalies
        if anomaly.code == "bilan_absent"
    ]
    assert absent == ([("101", cell_of("candidatures", "numero", 2))] if today.day == 13 else [])
