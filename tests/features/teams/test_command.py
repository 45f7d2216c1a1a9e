"""`teams propose` on a campaign: one write, the same at once again, nothing of people's; what sync keeps of it."""

import json

import pytest

from tests.cli.test_unmarked import without_marks, writes_nothing
from tests.columns import cell_of
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.program import eig
from tests.spreadsheet.xlsx_desk import edit
from tests.team_call import PROJECTS, TALENTS, called, campaign_of

pytestmark = pytest.mark.in_memory

TAB = "Équipes proposées"


@pytest.fixture
def call(tmp_path):
    made = campaign_of(tmp_path, called())
    assert made.run("init").code == 0
    return made


def proposed(campaign, *options):
    done = campaign.run("teams", "propose", "--format", "json", *options)
    return done, json.loads(done.out)


def rows(campaign):
    return [
        (row["N° de dossier"], row["Place"], row["N° de candidature"], row["Aujourd’hui"])
        for row in Robot(campaign).tab(TAB).rows
    ]


def typed(campaign, number, **fields):
    """Somebody types in the row of a candidate."""
    row = 2 + [candidate["candidature"] for candidate in TALENTS].index(number)
    for field, value in fields.items():
        type_in(campaign.workbook, "Talents", cell_of("talents", field, row), value)


@pytest.mark.slow
def test_a_wish_and_a_metier_with_a_slip_are_named_by_what_goes_without_them(call):
    typed(call, "T1", voeu_1="1O1", metier="Dévelopepur")
    wrong = [f"Talents!{cell_of('talents', field, 2)}" for field in ("voeu_1", "metier")]
    for command in (("teams", "propose", "--dry-run"), ("rank", "--talents")):
        said = call.run(*command).err
        assert [record for record in wrong if f"{record}," in said] == wrong, command


@pytest.mark.slow
def test_a_metier_with_words_around_is_listed_under_the_name_of_the_call(call):
    before = {candidate["group"] for candidate in call.run("rank", "--talents", "--format", "json").records}
    typed(call, "T1", metier="Développeuse (à confirmer)")
    after = call.run("rank", "--talents", "--format", "json").records
    assert {record["group"] for record in after} == before
    assert {record["metier"] for record in after if record["candidate"] == "T1"} == {"Développeur"}


@pytest.mark.slow
def test_it_writes_the_tab_then_nothing_and_sync_keeps_it(call):
    before = people(call.workbook)
    done, record = proposed(call)
    assert done.code == 0, done.err
    told = [("101", "membre", "T1", "à décider"), ("101", "membre", "T2", "à décider"),
            ("101", "suppléant", "T5", None), ("101", "suppléant", "T6", None),
            ("102", "membre", "T3", "à décider"), ("102", "membre", "T4", "à décider")]  # fmt: skip
    assert rows(call) == told
    assert before.lost(people(call.workbook)) == []
    assert call.run("sync").code == 0
    saved = call.bytes
    assert proposed(call)[1]["teams"] == record["teams"]
    assert proposed(call, "--adjust")[0].code == 0
    assert call.run("sync").code == 0
    assert (call.bytes, rows(call)) == (saved, told)


@pytest.mark.slow
def test_the_object_is_that_of_the_contract(call):
    _, record = proposed(call)
    assert [*record][:7] == [
        "teams", "unmatched", "withdrawn", "blocking_pairs", "objective", "optimal", "relaxed",
    ]  # fmt: skip
    assert record["teams"][0] == {
        "dossier": "101",
        "talents": [
            {"candidate": "T1", "metier": "Développeuse", "wish": 1, "note": 17.5},
            {"candidate": "T2", "metier": "Designer UX", "wish": 1, "note": 15.0},
        ],
    }
    assert record["unmatched"] == ["T5", "T6"]
    assert (record["withdrawn"], record["blocking_pairs"], record["optimal"], record["relaxed"]) == ([], [], True, [])
    assert record["objective"] == pytest.approx((17.5 + 15 + 16 + 14) / 20 + 4)
    assert (record["served"], record["covered"]) == (2, 4)


@pytest.mark.slow
def test_a_dry_run_writes_nothing_and_tells_each_cell(call):
    saved = call.bytes
    done, record = proposed(call, "--dry-run")
    assert (done.code, call.bytes) == (0, saved)
    assert {change["new"] for change in record["changes"] if change["tab"] == TAB} >= {"T1", "T2", "T3", "T4"}


@pytest.mark.slow
def test_a_withdrawal_is_told_by_sync_and_adjusted(call):
    proposed(call)
    typed(call, "T1", statut="Désisté")
    assert call.run("sync").code == 0
    assert rows(call)[0] == ("101", "membre", "T1", "désisté")
    (told,) = [
        anomaly for anomaly in call.run("check", "--format", "json").records if anomaly["code"] == "equipe_caduque"
    ]
    assert (told["tab"], told["dossier"], "--adjust" in told["remedy"]) == (TAB, "101", True)
    done, record = proposed(call, "--adjust")
    kept = [(pair["candidate"], pair["dossier"]) for pair in record["kept"]]
    assert kept == [("T2", "101"), ("T3", "102"), ("T4", "102")]
    assert [member["candidate"] for member in record["teams"][0]["talents"]] == ["T5", "T2"]
    for sentence in ("3 des 4 talents déjà proposés restent.", "Ne sont plus proposés", "Nouveaux"):
        assert sentence in done.err
    assert [
        anomaly for anomaly in call.run("check", "--format", "json").records if anomaly["code"] == "equipe_caduque"
    ] == []


@pytest.mark.slow
def test_what_people_decide_is_shown_and_awaits_nobody(call):
    proposed(call)
    call.run("sync")
    awaiting = [row["Quoi"] for row in Robot(call).tab("Accueil").rows]
    assert "2 équipes à décider\u202f: 4 talents proposés" in awaiting
    for number, project in (("T1", "101"), ("T2", "101"), ("T3", "102"), ("T4", "102")):
        typed(call, number, statut="Retenu", projet_decide=project)
    call.run("sync")
    assert [row[3] for row in rows(call) if row[1] == "membre"] == ["décidé"] * 4
    assert not any("à décider" in str(row["Quoi"]) for row in Robot(call).tab("Accueil").rows)


@pytest.mark.slow
def test_what_cannot_be_had_is_told_and_nothing_is_written(call):
    for number in ("T1", "T2", "T5"):
        typed(call, number, statut="Retenu", projet_decide="101")
    saved = call.bytes
    done, record = proposed(call)
    assert (done.code, call.bytes) == (1, saved)
    told = (
        "l’équipe du projet 101 : 3 talents au lieu de 2 au plus (teams.max de la configuration, ou « Nombre d’EIG "
        "demandés »)."
    )
    assert [text.replace("\u202f", " ") for text in record["relaxed"]] == [told]
    assert told in done.err.replace("\u202f", " ")
    assert len(record["teams"][0]["talents"]) == 3


@pytest.mark.slow
def test_a_decision_for_no_laureate_is_told(call):
    typed(call, "T6", projet_decide="103")
    err = call.run("teams", "propose").err.replace("\u202f", " ")
    assert "« Projet décidé » de la candidature T6 (Talents!" in err
    assert "103 n’est pas un projet lauréat ; cette décision n’est pas suivie." in err


@pytest.mark.slow
def test_a_project_without_a_team_is_told(call):
    typed(call, "T4", statut="Désisté")
    typed(call, "T3", statut="Désisté")
    done, record = proposed(call)
    assert record["withdrawn"] == ["102"]
    told = "1 projet sans équipe : 102. Le règlement (article 5) permet de le retirer"
    assert told in done.err.replace("\u202f", " ")
    assert rows(call)[-1] == ("102", "sans équipe", None, None)


@pytest.mark.slow
def test_why_not_me(call):
    saved = call.bytes
    (answer,) = call.run("teams", "propose", "--explain", "T5", "--format", "json").records
    assert (answer["wish"], answer["dossier"], answer["note_needed"], call.bytes) == (1, "101", 17.5, saved)
    table = call.run("teams", "propose", "--explain", "T5")
    assert "il vous aurait fallu 17,5/20" in table.out
    unknown = call.run("teams", "propose", "--explain", "T55")
    assert (unknown.code, unknown.out) == (1, "")
    assert "Aucune candidature « T55 »" in unknown.err.replace("\u202f", " ")


@pytest.mark.slow
def test_answers_that_speak_of_other_teams_say_so(call):
    proposed(call)
    assert call.run("teams", "propose", "--explain", "T5").err == ""
    typed(call, "T1", statut="Désisté")
    assert "dit autre chose que le calcul d’aujourd’hui" in call.run("teams", "propose", "--explain", "T5").err


@pytest.mark.parametrize("other", ["--adjust", "--dry-run"])
def test_an_explanation_goes_with_nothing_else(call, other):
    assert call.run("teams", "propose", "--explain", "T5", other).code == 2


@pytest.mark.slow
def test_without_a_laureate_or_a_note(tmp_path):
    undecided = campaign_of(tmp_path / "a", called(projects=[project | {"decision": None} for project in PROJECTS]))
    assert (
        undecided.run("teams", "propose").code,
        "Aucun projet lauréat" in undecided.run("teams", "propose").err,
    ) == (
        1,
        True,
    )
    silent = campaign_of(tmp_path / "b", called(reviews=()))
    assert "Personne ne peut être proposé" in silent.run("teams", "propose").err


def test_a_tab_of_that_name_is_peoples(call):
    edit(call.workbook, "rename_tab", tab="Candidatures", **{"from": "Paramètres", "to": TAB})
    done = call.run("teams", "propose")
    assert done.code == 1
    assert "porte le nom d’un onglet du robot" in done.err


@pytest.mark.slow
def test_edited_rows_are_put_back(call):
    proposed(call)
    before = rows(call)
    call.run("sync")
    column = [*Robot(call).tab(TAB).headers].index("N° de candidature")
    type_in(call.workbook, TAB, f"{'ABCDEFGH'[column]}{Robot(call).tab(TAB).rows[0]['row']}", "T5")
    assert call.run("sync").code == 0
    assert rows(call) == before


def test_the_group_says_what_it_has():
    done = eig("teams", "--help")
    assert (done.code, "propose" in done.out) == (0, True)


def test_nothing_is_written_in_a_workbook_without_our_mark(demo):
    writes_nothing(without_marks(demo), ("teams", "propose", "--yes"))
