"""`requests`: what officers ask for in `Demandes` is done once each, and answered beside."""

import shutil
from dataclasses import replace

import pytest

from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.features.requests.actions import actions_of
from eig_sheets.features.requests.commands_actions import jobs_of
from eig_sheets.features.requests.commands_jobs import Job, Listing
from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.features.requests.rules import Action
from eig_sheets.spreadsheet.model.cells import a1
from tests.columns import EIG5
from tests.effort import first
from tests.features.requests.officers import Deeds, Officers, blank_campaign, copied, killed
from tests.in_memory import storage_at
from tests.nightly import Table
from tests.program import ROOT
from tests.spreadsheet import memory_desk
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory
OFFERED = {Action(action) for action in actions_of(EIG5).offered if action in {*Action}} - {
    Action.ASSIGN_CANDIDATES, Action.BALLOTS_CANDIDATES, Action.COLLECT_CANDIDATES,
}  # fmt: skip
"""What officers of the demonstration ask for in the projects' workbook."""


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    return blank_campaign(tmp_path_factory.mktemp("blank") / "campaign")


@pytest.fixture
def officers(blank, tmp_path):
    """Those of a campaign without any dossier yet."""
    return Officers(copied(blank, tmp_path / "campaign"))


@pytest.fixture
def busy(demo):
    """Those of the demonstration, whose free rows are there."""
    of_demo = Officers(demo)
    assert of_demo.run().code == 0
    return of_demo


@pytest.fixture
def deeds(officers):
    return Deeds(officers.campaign)


@pytest.mark.slow
def test_ten_free_rows_always_wait_at_the_end(officers):
    numbers = [row["N° de demande"] for row in officers.rows]
    assert (len(numbers), len({*numbers}), len(officers.free)) == (10, 10, 10)
    assert all(len(number) == 7 and number.isalpha() for number in numbers)
    for _ in range(3):
        officers.ask(Action.SELECT)
    assert officers.run().code == 0
    assert [row["N° de demande"] for row in officers.rows][:10] == numbers
    assert (len(officers.rows), len(officers.free)) == (13, 10)


@pytest.mark.slow
def test_a_second_run_writes_nothing(busy):
    busy.ask(Action.SELECT)
    assert busy.run().code == 0
    before = busy.campaign.bytes
    done = busy.run()
    assert (done.code, done.out, done.err.replace("\u202f", " ")) == (0, "", "Rien à faire dans « Demandes ».\n")
    assert busy.campaign.bytes == before
    assert busy.campaign.run("sync").code == 0
    codes = [anomaly["code"] for anomaly in busy.campaign.run("check", "--format", "json").records]
    assert "saisie_dans_onglet_robot" not in codes


def to_approve(officers):
    """How many e-mails `Accueil` says are to be approved."""
    rows = Table(officers.campaign.read().tab("Accueil")).rows
    return next(row["Nombre"] for row in rows if str(row["Quoi"]).endswith("à valider"))


@pytest.mark.slow
def test_once_something_was_done_the_first_tab_says_what_is_so(busy):
    before, outbox = to_approve(busy), "E-mails à envoyer"
    table = Table(busy.campaign.read().tab(outbox))
    cell = a1(next(row["row"] for row in table.rows if row["État"] == "À valider"), table.headers["Ne pas envoyer"])
    memory_desk.put(storage_at(busy.campaign.workbook), outbox, cell, "oui")
    assert busy.run().code == 0
    assert to_approve(busy) == before  # nobody asked for anything
    busy.ask("rapport du jury")
    assert busy.run().code == 0
    assert to_approve(busy) == before - 1
    codes = [anomaly["code"] for anomaly in busy.campaign.run("check", "--format", "json").records]
    assert "saisie_dans_onglet_robot" not in codes


@pytest.mark.slow
def test_what_is_asked_for_is_done_and_answered_beside(busy):
    number = busy.ask("rapport du jury", by="Claire")
    [record] = busy.run("--format", "json").records
    assert (record["number"], record["action"], record["by"], record["state"]) == (
        number, "Rapport du jury", "Claire", "faite"
    )  # fmt: skip
    path = busy.campaign.folder / "demandes" / f"rapport-jury-{number}.html"
    assert path.exists()
    assert f"Page du jury : {path}" in busy.answer(number)
    assert busy.states[number] == "faite"
    journal = Table(busy.campaign.read().tab("Journal")).rows
    assert journal[0]["Ce qui s’est passé"].replace("\u202f", " ") == f"Demande {number} (Rapport du jury) : faite."


@pytest.mark.slow
def test_each_action_that_is_offered_does_what_its_command_does(busy):
    apart = (Action.SEND, Action.SETTLE, Action.IMPORT, Action.UNDO, Action.EXPLAIN)
    at_once = [action for action in Action if action in OFFERED and action not in apart]
    asked = {action: busy.ask(action) for action in at_once[:6]}
    done = busy.run("--format", "json").records
    asked |= {action: busy.ask(action) for action in at_once[6:]}
    busy.ask(Action.REPORT, detail="nobody@example.org")
    records = {record["number"]: record for record in (*done, *busy.run("--format", "json").records)}
    states = {action: records[number]["state"] for action, number in asked.items()}
    assert states == {
        **dict.fromkeys(asked, "faite"), Action.COLLECT: states[Action.COLLECT],
    }  # fmt: skip
    words = {action: str(records[number]["answer"]).replace("\u202f", " ") for action, number in asked.items()}
    assert "dossiers, " in words[Action.SYNC]
    assert "e-mail" in words[Action.DRAFTS]
    assert (busy.campaign.folder / "demandes" / f"proces-verbal-{asked[Action.MINUTES]}.docx").exists()
    assert len([*(busy.campaign.folder / "demandes" / "grilles").glob("*.xlsx")]) > 5
    assert "dossiers retenus" in words[Action.SELECT]
    assert words[Action.ASSIGN].startswith("Onglet « Affectations ».\n")
    assert "version 1" in words[Action.FINANCE].lower()
    assert (busy.campaign.folder / "demandes" / f"cofinancement-{asked[Action.FINANCE]}.xlsx").exists()
    assert "nobody@example.org" in str(next(record for record in records.values() if record["detail"])["answer"])


@pytest.mark.slow
def test_each_number_of_a_dossier_is_explained(busy):
    number = busy.ask(Action.EXPLAIN, detail="3712437")
    vague, unknown = busy.ask(Action.EXPLAIN), busy.ask(Action.EXPLAIN, detail="3712438")
    assert busy.run().code == 0
    said = busy.answer(number)
    assert "• Rang : " in said
    assert "20 × (1 × 3,5" in said
    assert "(Évaluations!" in said
    assert "• Co-financement" in said or "€" in said
    assert [busy.states[one] for one in (number, vague, unknown)] == ["faite", "refusée", "refusée"]
    assert "le numéro du dossier" in busy.answer(vague)
    assert "« 3712437 »" in busy.answer(unknown)


@pytest.mark.slow
def test_an_assignment_that_is_asked_for_again_is_adjusted_unless_it_is_to_be_made_anew(busy):
    """A juror who comes late takes no dossier from those who have them, unless all is made anew."""
    pairs = {}
    for turn, detail in (("first", ""), ("adjusted", ""), ("anew", "refaire")):
        busy.ask(Action.ASSIGN, detail=detail)
        assert busy.run().code == 0
        assigned = Table(busy.campaign.read().tab("Affectations"))
        pairs[turn] = {(row["N° de dossier"], row["Juré"]) for row in assigned.rows}
        if turn == "first":
            jury = Table(busy.campaign.read().tab("Jury"))
            for header, value in {"Nom": "Nouvelle", "E-mail": "nouvelle@jury.example"}.items():
                cell = a1(jury.rows[-1]["row"] + 1, jury.headers[header])
                memory_desk.put(storage_at(busy.campaign.workbook), "Jury", cell, value)
    assert pairs["adjusted"] == pairs["first"] != pairs["anew"]


@pytest.mark.slow
def test_a_refusal_does_not_say_that_the_robot_has_failed(busy):
    number = busy.ask(Action.DRAFTS, detail="laureats")
    [record] = busy.run("--format", "json").records
    assert record["state"] == "refusée"
    assert "Vouliez-vous dire « laureat »" in busy.answer(number)
    assert Table(busy.campaign.read().tab("Journal")).rows[0]["Résultat"] == "Refusé"
    assert busy.campaign.run("sync").code == 0
    shown = [str(row["Quoi"]) for row in Table(busy.campaign.read().tab("Accueil")).rows]
    assert not any("a échoué" in record for record in shown)


@pytest.mark.slow
def test_an_answer_speaks_of_the_workbook_and_of_no_option(busy):
    asked = {
        busy.ask(Action.COLLECT): "Déposez-y les pages que les jurés ont renvoyées",
        busy.ask(Action.DRAFTS, detail="Lauréat"): "« E-mails à envoyer » : ",
        busy.ask(Action.REPORT, detail="nobody@example.org"): "Corrigez cette adresse",
        busy.ask(Action.BALLOTS, detail="nobody@example.org"): "Corrigez-la",
        busy.ask(Action.ASSIGN, detail="tout"): "laissez-le vide, ou écrivez « refaire »",
        busy.ask(Action.FINANCE): "Version 1, données du ",
        busy.ask(Action.IMPORT): "Aucun export. Déposez le fichier",
        busy.ask(Action.UNDO): "Aucun import à défaire",
    }
    assert busy.run().code == 0
    for number, said in asked.items():
        assert said in busy.answer(number)
        assert "--" not in busy.answer(number)


def test_the_jobs_are_those_of_the_drop_down(officers):
    session = Session(str(officers.campaign.config), None, None, verbose=0, quiet=True)
    actions = actions_of(session.campaign)
    assert {*jobs_of(session)} == {*actions.labels} == {*actions.offered} >= {*Action}
    once = {action for action, job in jobs_of(session).items() if not job.repeatable}
    assert once == {Action.SEND, Action.SETTLE, Action.UNDO}  # undone twice, the import before it would go too


@pytest.mark.slow
def test_a_row_that_is_duplicated_sorted_or_run_twice_is_done_once(officers, deeds):
    number = officers.ask(Action.REPORT, detail="a")
    other = officers.free[0]["row"]
    officers.type_in(other, number=number)
    officers.ask(Action.REPORT, other, detail="a")
    deeds.run()
    edit(officers.campaign.workbook, "sort", tab="Demandes", by="Détail", descending=True)
    deeds.run()
    assert deeds.done == [(number, Action.REPORT, "a")]
    assert officers.answer(number).startswith("Faite le ")


@pytest.mark.slow
def test_two_rows_of_one_number_that_differ_are_not_done(officers, deeds):
    number = officers.ask(Action.REPORT, detail="a")
    other = officers.free[0]["row"]
    officers.type_in(other, number=number)
    officers.ask(Action.REPORT, other, detail="b")
    deeds.run()
    assert deeds.done == []
    assert "ont le même numéro et diffèrent : aucune n’est faite" in officers.answer(number)
    assert officers.states[number] == "en attente"
    officers.type_in(other, number=officers.free[-1]["N° de demande"], action=None, detail=None)
    deeds.run()
    assert deeds.done == [(number, Action.REPORT, "a")]


@pytest.mark.slow
def test_a_row_that_is_edited_once_claimed_is_told_to_take_another(officers, deeds):
    number = officers.ask(Action.REPORT, detail="a")
    deeds.run()
    row = next(record["row"] for record in officers.rows if record["N° de demande"] == number)
    officers.type_in(row, detail="b")
    deeds.run()
    deeds.run()
    assert deeds.done == [(number, Action.REPORT, "a")]
    assert officers.answer(number).endswith(
        f"Ligne {row} : déjà traitée, comme « Rapport du jury » (a) ; prenez une ligne libre pour demander autre chose."
    )
    officers.type_in(row, detail="a")
    deeds.run()
    assert "déjà traitée" not in officers.answer(number)


@pytest.mark.slow
def test_a_row_without_a_number_is_said(officers, deeds):
    row = officers.free[0]["row"]
    officers.type_in(row, number=None)
    officers.ask(Action.REPORT, row)
    deeds.run()
    assert deeds.done == []
    [answer] = [row["Réponse"] for row in Table(officers.campaign.read().tab("Réponses")).rows]
    assert f"ligne {row} : sans numéro" in answer.replace("\u202f", " ")
    anomalies = officers.campaign.run("check", "--format", "json").records
    assert [record["code"] for record in anomalies if record["tab"] == "Demandes"] == ["numero_vide"]


WAITING = (
    ({"action": "Synchronizer"}, "Vouliez-vous dire « Synchroniser » ?"),
    ({"detail": "tout"}, "Choisissez une action"),
    ({"action": "Procès-verbal"}, "n’est pas proposé par la configuration"),
    ({"action": "Sélection"}, "Dites qui demande « Sélection »"),
    ({"action": "Sélection", "by": "Jean"}, "« Jean » ne peut pas demander « Sélection »"),
)


@pytest.mark.slow
def test_what_cannot_be_claimed_waits_and_says_why(officers):
    offered = ", ".join(f'"{action}"' for action in Action if action is not Action.MINUTES)
    officers.campaign.set_config("[requests]", f"[requests]\nactions = [{offered}]")
    officers.campaign.set_config("[requests]", '[requests]\nby = { selection = ["Claire Durand"] }')
    rows = officers.free
    for row, (typed, _) in zip(rows, WAITING, strict=False):
        officers.type_in(row["row"], **typed)
    assert officers.run("--format", "json").records == []
    for row, (_, said) in zip(rows, WAITING, strict=False):
        assert said in officers.answer(row["N° de demande"])
    officers.type_in(rows[1]["row"], action="selection", detail=None, by="claire  DURAND")
    assert [record["number"] for record in officers.run("--format", "json").records] == [rows[1]["N° de demande"]]


@pytest.mark.slow
def test_a_number_that_the_robot_did_not_give_is_not_done(officers, deeds):
    number = officers.ask(Action.REPORT)
    deeds.run()
    row = officers.free[0]["row"]
    for typed in (number.lower(), "../../ailleurs"):
        officers.type_in(row, number=typed, action="Rapport du jury")
        deeds.run()
        said = f"« Demandes », ligne {row} : « {typed} » n’est pas un numéro donné par le robot : rien n’est fait."
        assert said in officers.answer(typed)
    assert [deed[0] for deed in deeds.done] == [number]


@pytest.mark.slow
def test_texts_too_long_for_a_cell_keep_no_other_request_from_being_done(officers, deeds):
    longest = officers.ask(Action.REPORT, detail="é" * 30_000)
    other = officers.ask(Action.REPORT)
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [other]
    assert "comptent plus de 1 000 caractères" in officers.answer(longest)


@pytest.mark.slow
def test_what_cannot_be_taken_back_is_shown_then_done_once_ticked(officers, deeds):
    number = officers.ask(Action.SEND)
    row = officers.rows[0]["row"]
    deeds.run()
    assert deeds.done == []
    assert officers.states[number] == "à confirmer"
    assert officers.answer(number) == "À confirmer. Cochez « Confirmer » : cette liste exactement sera faite.\nliste A"
    officers.type_in(row, tick=True)
    deeds.run()
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]
    assert officers.states[number] == "faite"


@pytest.mark.slow
def test_a_list_that_changed_is_shown_again_and_ticked_again(officers, deeds):
    number = officers.ask(Action.SEND)
    row = officers.rows[0]["row"]
    deeds.run()
    officers.type_in(row, tick=True)
    deeds.listed = "B"
    deeds.run()
    deeds.run()
    assert deeds.done == []
    assert officers.answer(number) == (
        "À confirmer. La liste a changé depuis : rien n’est fait. La voici. Décochez « Confirmer » ; quand cette "
        "réponse le dira, cochez de nouveau.\nliste B"
    )
    officers.type_in(row, tick=None)
    deeds.run()
    assert "Cochez « Confirmer »" in officers.answer(number)
    officers.type_in(row, tick="oui")
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]


@pytest.mark.slow
def test_a_tick_that_came_before_the_list_confirms_nothing(officers, deeds):
    officers.ask(Action.SEND, tick=True)
    deeds.run()
    deeds.run()
    assert deeds.done == []


@pytest.mark.slow
def test_a_tick_that_comes_while_the_list_is_written_confirms_nothing(officers, deeds):
    number = officers.ask(Action.SEND)
    row = officers.rows[0]["row"]
    record = RequestLedger.record

    def ticked(self, request):
        record(self, request)
        officers.type_in(row, tick=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RequestLedger, "record", ticked)
        deeds.run()
    deeds.run()
    assert (deeds.done, officers.states[number]) == ([], "à confirmer")
    assert "Décochez « Confirmer »" in officers.answer(number)


@pytest.mark.slow
def test_a_list_too_long_to_be_shown_whole_is_not_done_and_keeps_no_other_request(officers):
    lines = "\n".join(f"• « projet {number} »" for number in range(2_000))
    deeds = Deeds(officers.campaign, envoyer=Job(pytest.fail, lambda *_: Listing(lines, "A"), repeatable=False))
    number, other = officers.ask(Action.SEND), officers.ask(Action.REPORT)
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [other]
    assert officers.states[number] == "refusée"
    assert "plus qu’une cellule n’en garde" in officers.answer(number)


@pytest.mark.slow
def test_a_detail_that_is_not_used_is_said_to_be(officers):
    deeds = Deeds(officers.campaign)
    for action in (Action.SELECT, Action.SEND):
        deeds.jobs[action] = replace(deeds.jobs[action], takes_detail=False, listing=None)
    deeds.jobs[Action.SEND] = replace(deeds.jobs[Action.SEND], listing=lambda *_: Listing("liste A", "A"))
    select, send = officers.ask(Action.SELECT, detail="90001"), officers.ask(Action.SEND, detail="laureat")
    used, silent = officers.ask(Action.REPORT, detail="a"), officers.ask(Action.SELECT)
    deeds.run()
    unused = "« Détail » (« {} ») n’est pas utilisé : cette action n’en prend pas."
    assert officers.answer(select).endswith(f"fait : 90001\n{unused.format('90001')}")
    assert f"{unused.format('laureat')}\nliste A" in officers.answer(send)
    assert not any("Détail" in officers.answer(number) for number in (used, silent))


def test_the_documentation_says_of_each_action_what_its_detail_is(officers):
    session = Session(str(officers.campaign.config), None, None, verbose=0, quiet=True)
    page = (ROOT / "docs" / "demandes.fr.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| ")]
    actions, jobs = actions_of(session.campaign), jobs_of(session)
    documented = {row[0]: bool(row[2]) for row in rows if row[0] in actions.labels.values()}
    assert documented == {actions.label(action): jobs[action].takes_detail for action in actions.offered}


@pytest.mark.slow
def test_what_the_configuration_takes_back_is_not_confirmed_any_more(officers, deeds):
    number = officers.ask(Action.SEND, by="Ada")
    deeds.run()
    officers.campaign.set_config("[requests]", '[requests]\nby = { envoyer = ["Claire Durand"] }')
    officers.type_in(officers.rows[0]["row"], tick=True)
    later = Deeds(officers.campaign)
    later.run()
    assert (deeds.done + later.done, officers.states[number]) == ([], "refusée")
    assert "La configuration a changé depuis. « Ada » ne peut pas demander" in officers.answer(number)


@pytest.mark.slow
def test_a_copy_that_is_not_ticked_confirms_nothing(officers, deeds):
    number = officers.ask(Action.SEND)
    other = officers.free[0]["row"]
    officers.type_in(other, number=number)
    officers.ask(Action.SEND, other)
    deeds.run()
    officers.type_in(officers.rows[0]["row"], tick=True)
    deeds.run()
    assert deeds.done == []
    officers.type_in(other, tick=True)
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]


@pytest.mark.slow
@pytest.mark.parametrize("action", [Action.REPORT, Action.SEND])
def test_a_tab_of_answers_that_is_deleted_makes_nothing_twice(officers, deeds, action):
    number = officers.ask(action)
    deeds.run()
    if action is Action.SEND:
        officers.type_in(officers.rows[0]["row"], tick=True)
        deeds.run()
    officers.lose_the_answers()
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]
    assert officers.states[number] == "faite"


@pytest.mark.slow
def test_the_state_folder_that_is_lost_makes_nothing_twice(officers, deeds):
    number = officers.ask(Action.REPORT)
    deeds.run()
    shutil.rmtree(officers.campaign.folder / ".eig-sheets")
    again = Deeds(officers.campaign)
    again.run()
    assert (again.done, officers.states[number]) == ([], "faite")


@pytest.mark.slow
def test_an_answer_that_somebody_edited_makes_nothing_again(officers, deeds):
    number = officers.ask(Action.REPORT)
    deeds.run()
    shutil.rmtree(officers.campaign.folder / ".eig-sheets")
    tab = Table(officers.campaign.read().tab("Réponses"))
    cell = tab.cell("État", number)
    memory_desk.put(storage_at(officers.campaign.workbook), "Réponses", cell, "en attente")
    again = Deeds(officers.campaign)
    again.run()
    assert (again.done, officers.states[number]) == ([], "interrompue")
    assert "modifiée à la main" in officers.answer(number)


PLACES = {
    "before the claim": (RequestLedger, "record"),
    "before the workbook": ("eig_sheets.features.requests.commands_book.RequestBook.write",),
    "before the act": ("eig_sheets.features.requests.commands_runner.RequestRunner._act",),
    "after the act": ("eig_sheets.features.requests.commands_runner.RequestRunner._end",),
}


@pytest.mark.slow
@pytest.mark.parametrize("place", first(1, reversed(PLACES)))
def test_a_run_that_is_killed_is_ended_by_the_next(officers, deeds, place):
    number = officers.ask(Action.REPORT)
    killed(deeds, *PLACES[place])
    deeds.run()
    assert {deed[0] for deed in deeds.done} == {number}
    assert len(deeds.done) == (2 if place == "after the act" else 1)
    assert officers.states[number] == "faite"


@pytest.mark.slow
@pytest.mark.parametrize("place", first(1, reversed(PLACES)))
def test_a_send_that_is_killed_is_never_done_again(officers, deeds, place):
    number = officers.ask(Action.SEND)
    deeds.run()
    officers.type_in(officers.rows[0]["row"], tick=True)
    killed(deeds, *PLACES[place])
    deeds.run()
    assert [deed[0] for deed in deeds.done] == [number]
    assert officers.states[number] == ("interrompue" if place == "after the act" else "faite")
    if place == "after the act":
        assert "vérifiez dans « Envois » ce qui est parti" in officers.answer(number)


@pytest.mark.slow
def test_an_action_that_stops_the_robot_each_time_is_given_up(officers, deeds):
    number = officers.ask(Action.REPORT)
    for _ in range(3):
        killed(deeds, *PLACES["after the act"])
    deeds.run()
    assert len(deeds.done) == 3
    assert officers.states[number] == "interrompue"


@pytest.mark.slow
def test_a_defect_is_answered_and_not_repeated(officers):
    def broken(*_):
        raise ZeroDivisionError

    deeds = Deeds(officers.campaign, rapport=Job(broken))
    number = officers.ask(Action.REPORT)
    with pytest.raises(ZeroDivisionError):
        deeds.run()
    deeds.run()
    assert officers.states[number] == "refusée"
    assert "Erreur inattendue (ZeroDivisionError)" in officers.answer(number)


@pytest.mark.slow
def test_an_error_that_is_expected_is_answered_in_its_own_words(officers):
    def unreadable(*_):
        raise TemplateError("Le modèle « bienvenue » est faux.")

    number = officers.ask(Action.REPORT)
    assert Deeds(officers.campaign, rapport=Job(unreadable)).run()
    assert officers.states[number] == "refusée"
    assert officers.answer(number).replace("\u202f", " ").endswith(". Le modèle « bienvenue » est faux.")


@pytest.mark.slow
def test_a_row_that_changes_as_it_is_claimed_is_not_done_as_it_was(officers, deeds):
    number = officers.ask(Action.REPORT, detail="a")
    row = officers.rows[0]["row"]
    record = RequestLedger.record

    def edited(self, request):
        record(self, request)
        officers.type_in(row, detail="b")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RequestLedger, "record", edited)
        deeds.run()
    assert deeds.done == []
    deeds.run()
    assert deeds.done == [(number, Action.REPORT, "b")]


def test_a_dry_run_shows_what_would_be_claimed_and_does_nothing(busy):
    number = busy.ask(Action.REPORT)
    before = busy.campaign.bytes
    changes = busy.run("--dry-run", "--format", "json").records
    assert {change["tab"] for change in changes} == {"Demandes", "Réponses"}
    assert number in [change["new"] for change in changes]
    assert busy.campaign.bytes == before
    assert not (busy.campaign.folder / "demandes").exists()


@pytest.mark.slow
def test_the_list_says_what_is_asked_and_what_was_answered(officers):
    done = officers.ask(Action.SELECT, by="Ada")
    officers.run()
    waiting, odd = officers.ask(Action.REPORT), officers.ask("Danser", by="Bob")
    records = officers.campaign.run("requests", "list", "--format", "json").records
    assert [(record["number"], record["action"], record["by"], record["state"]) for record in records] == [
        (waiting, "Rapport du jury", None, "à faire"),
        (odd, "Danser", "Bob", "en attente"),
        (done, "Sélection", "Ada", "faite"),
    ]


@pytest.mark.slow
def test_another_run_under_way_is_waited_for(officers):
    with officers.campaign.state.locked():
        assert "Rien à faire" in officers.run().err  # nothing is asked: nobody's lock is taken, nor waited for
    officers.ask(Action.SELECT)
    with officers.campaign.state.locked():
        done = officers.run()
    assert (done.code, done.out) == (0, "")
    assert "Les demandes attendent la fois suivante." in done.err
    assert len(officers.run("--format", "json").records) == 1


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_file_that_is_open_is_waited_for(demo):
    assert demo.run("requests", "run").code == 0
    robot = Table(demo.read().tab("Demandes"))
    edit(
        demo.workbook, "set", tab="Demandes", cell=a1(robot.rows[0]["row"], robot.headers["Action"]), value="Sélection"
    )
    lock = demo.workbook.with_name(f".~lock.{demo.workbook.name}#")
    lock.write_text(",ada,machine,27.11.2026 10:00,;", encoding="utf-8")
    before = demo.bytes
    done = demo.run("requests", "run")
    assert (done.code, done.out, demo.bytes == before) == (0, "", True)
    assert "est ouvert" in done.err
    lock.unlink()
    [record] = demo.run("requests", "run", "--format", "json").records
    assert record["state"] == "faite"


@pytest.mark.slow
def test_a_workbook_without_the_tab_is_exit_1_with_the_remedy(demo):
    edit(demo.workbook, "delete_tab", tab="Demandes")
    done = demo.run("requests", "run")
    assert done.code == 1
    assert "« eig-sheets init » le crée" in done.err.replace("\u202f", " ")
    assert demo.run("init").code == 0
    assert len(Officers(demo).free) == 10


@pytest.mark.slow
def test_rows_that_are_cleared_away_blow_no_fuse(busy):
    assert busy.campaign.run("sync").code == 0
    for row in reversed(busy.rows):
        edit(busy.campaign.workbook, "delete_row", tab="Demandes", at=row["row"])
    assert busy.campaign.run("sync").code == 0
    busy.run()
    assert len(busy.free) == 10
