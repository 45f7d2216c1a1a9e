"""`jury schedule`: what it proposes, checks, moves and refuses, cell by cell and sentence by sentence."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.call.jury.small_jury import unscored
from tests.cli.test_unmarked import without_marks, writes_nothing
from tests.columns import cell_of
from tests.features.auditions.hearings import DAYS, PLANNING, Jury, heard, made
from tests.spreadsheet.xlsx_desk import edit
from tests.workbook.snapshots import juror

pytestmark = pytest.mark.in_memory

TUESDAY = datetime(2021, 5, 4)


def at(hour: int, minute: int = 0) -> datetime:
    return TUESDAY.replace(hour=hour, minute=minute)


@pytest.fixture
def jury(tmp_path) -> Jury:
    return made(tmp_path / "appel")


@pytest.fixture
def after_a_night(tmp_path) -> Jury:
    return made(tmp_path / "appel", night=True)


def said(text: str) -> list[str]:
    return text.replace("\u202f", " ").splitlines()


@pytest.mark.slow
def test_a_proposal_is_written_once_and_stands_after_a_night(after_a_night):
    jury = after_a_night
    assert PLANNING not in [tab.name for tab in jury.read().tabs]
    done = jury.schedule()
    assert done.code == 0
    assert done.object.keys() == {"slots", "unplaced", "moved", "broken", "relaxed", "optimal", "gap", "doubts"}
    assert [(slot["dossier"], slot["start"], slot["end"], slot["group"]) for slot in done.object["slots"]] == [
        ("101", "2021-05-04T09:00:00", "2021-05-04T09:40:00", None),
        ("102", "2021-05-04T09:40:00", "2021-05-04T10:20:00", None),
        ("103", "2021-05-04T10:20:00", "2021-05-04T11:00:00", None),
    ]
    assert (done.object["unplaced"], done.object["moved"], done.object["broken"]) == ([], 0, [])
    assert said(done.err) == [f"3 auditions : onglet « {PLANNING} » à jour."]
    row = jury.row("101")
    assert (row["Début"], row["Fin"], row["Statut"], row["Remarque"]) == (at(9), at(9, 40), "proposé", None)
    assert row["Jurés présents"] == "Ada ; Bob ; Cid"
    before = jury.bytes
    assert jury.run("sync").code == 0
    assert said(jury.schedule().err) == [f"3 auditions : onglet « {PLANNING} », inchangé."]
    assert jury.bytes == before


@pytest.mark.slow
def test_a_dry_run_says_each_cell_and_writes_nothing(jury):
    before = jury.bytes
    tried = jury.schedule("--dry-run")
    assert jury.bytes == before
    changes = {(change["tab"], change["cell"]): change["new"] for change in tried.object["changes"]}
    assert "2021-05-04 09:00:00" in changes.values()
    assert {tab for tab, _ in changes} == {PLANNING, "Journal"}
    assert said(tried.err)[-1] == "3 auditions : rien n’est écrit."
    jury.schedule()
    tab = jury.read().tab(PLANNING)
    written = sum(value is not None for row in tab.rows for value in row)
    assert written == len([change for change in changes if change[0] == PLANNING])
    assert jury.schedule("--dry-run").object["changes"] == []


@pytest.mark.slow
def test_as_a_table_and_as_csv(jury):
    table = jury.run("jury", "schedule").out.splitlines()
    assert table[0].split() == ["Début", "Fin", "Groupe", "Dossier", "Projet", "Statut", "Se", "retirent", "Remarque"]
    assert table[2].split()[:4] == ["04/05/2021", "09:00", "09:40", "101"]
    rows = jury.run("jury", "schedule", "--format", "csv").rows
    assert [row["dossier"] for row in rows] == ["101", "102", "103"]


@pytest.mark.slow
def test_what_people_decide_locks_and_the_rest_goes_round_it(jury):
    jury.decide("103", at(9))
    assert jury.hours() == {"103": "09:00", "101": "09:40", "102": "10:20"}
    assert (jury.row("103")["Statut"], jury.row("101")["Statut"]) == ("décidé", "proposé")


@pytest.mark.slow
def test_a_decision_shows_with_the_next_night(jury):
    jury.schedule()
    jury.decide("101", at(10, 20))
    assert jury.run("sync").code == 0
    assert (jury.row("101")["Début"], jury.row("101")["Statut"]) == (at(10, 20), "décidé")
    assert jury.row("103")["Remarque"] == "Le dossier 101 est entendu en même temps"
    assert jury.hours("--adjust") == {"101": "10:20", "102": "09:40", "103": "09:00"}
    assert jury.row("103")["Remarque"] is None


@pytest.mark.slow
def test_adjust_moves_as_little_as_can_be(jury):
    jury.schedule()
    jury.type("Candidatures", "Décision", "101", "Désisté")
    assert jury.run("sync").code == 0
    assert [row["N° de dossier"] for row in jury.planning] == ["102", "103"]
    adjusted = jury.schedule("--adjust", "--dry-run").object
    assert (adjusted["moved"], [slot["start"][11:16] for slot in adjusted["slots"]]) == (0, ["09:40", "10:20"])
    again = jury.schedule("--dry-run").object
    assert (again["moved"], [slot["start"][11:16] for slot in again["slots"]]) == (2, ["09:00", "09:40"])


@pytest.mark.slow
def test_what_has_no_slot_says_what_would_make_room(tmp_path):
    jury = made(tmp_path / "appel", [heard(str(number)) for number in range(101, 105)], night=True)
    done = jury.schedule()
    assert done.code == 1
    [left] = done.object["unplaced"]
    reason = (
        "Aucun créneau ne reste : il aurait une place si les auditions du mardi 4 mai 2021 duraient jusqu’à 11 h 40."
    )
    assert (left["dossier"], said(left["reason"])) == ("104", [reason])
    assert done.object["relaxed"] == [left["reason"]]
    row = jury.row("104")
    assert (row["Début"], row["Statut"], row["Remarque"]) == (None, "sans créneau", reason)
    before = jury.bytes
    assert jury.run("sync").code == 0
    assert jury.bytes == before
    jury.config.write_text(jury.config.read_text(encoding="utf-8").replace('to = "11:00"', 'to = "11:40"'), "utf-8")
    assert jury.schedule().code == 0


@pytest.mark.slow
def test_nothing_is_planned_on_a_day_that_is_past(tmp_path):
    two_days = DAYS.replace("}]", '}, {date = 2021-05-05, from = "09:00", to = "11:00"}]')
    jury = made(tmp_path / "appel", rules=two_days)
    jury.decide("103", at(8))

    def on(day, *options):
        done = jury.run("--today", day, "jury", "schedule", "--dry-run", "--format", "json", *options)
        return {slot["dossier"]: slot["start"][:16] for slot in done.object["slots"]}, done.object["unplaced"]

    assert on("2021-05-04")[0] == {"101": "2021-05-04T09:00", "102": "2021-05-04T09:40", "103": "2021-05-04T08:00"}
    for options in ((), ("--adjust",), ("--adjust", "--force")):  # what was heard is not moved, even by force
        assert on("2021-05-05", *options) == (
            {"101": "2021-05-05T09:00", "102": "2021-05-05T09:40", "103": "2021-05-04T08:00"}, [],
        )  # fmt: skip
    heard, unplaced = on("2021-05-06")
    past = "Les jours d’auditions sont passés : ajoutez-en un à auditions.days, dans la configuration."
    assert heard == {"103": "2021-05-04T08:00"}
    assert [(dossier["dossier"], *said(dossier["reason"])) for dossier in unplaced] == [("101", past), ("102", past)]


@pytest.mark.slow
def test_a_juror_who_lacks_is_named(tmp_path):
    mornings = [juror(name, disponibilites="04/05/2021 09:00–10:20") for name in ("ada", "bob")]
    jury = made(tmp_path / "appel", jurors=[*mornings, juror("cid")])
    done = jury.schedule()
    assert done.code == 1
    [left] = done.object["unplaced"]
    condition = "si Ada était disponible le mardi 4 mai 2021 à 10 h 20, jusqu’à 11 h."
    assert said(left["reason"]) == [f"Trop peu de jurés pour l’entendre : il aurait une place {condition}"]


@pytest.mark.slow
def test_an_absence_is_said_and_is_no_failure_of_a_proposal(tmp_path):
    jurors = [juror("ada", disponibilites="04/05/2021 09:00–10:20"), juror("bob"), juror("cid")]
    jury = made(tmp_path / "appel", jurors=jurors)
    done = jury.schedule()
    assert done.code == 0
    [absent] = done.object["broken"]
    assert (absent["constraint"], absent["who"]) == ("disponibilites", "ada@jury.example")
    assert jury.row(absent["dossier"])["Remarque"] == "Ada n’est pas disponible"
    for row in jury.planning:
        jury.decide(row["N° de dossier"], row["Début"])
    assert jury.schedule("--check").code == 1


@pytest.mark.slow
def test_groups_hear_at_the_same_time_those_they_read_and_who_must_leaves(tmp_path):
    jurors = [juror(name, groupe=group) for name, group in (("ada", "A"), ("bob", "A"), ("cid", "B"), ("dee", "B"))]
    rows = [unscored(numero, name) for numero, name in (("101", "ada"), ("102", "cid"), ("103", "dee"))]
    rows.append(unscored("101", "bob", deport="oui"))
    jury = made(tmp_path / "appel", jurors=jurors, evaluations=rows)
    slots = {slot["dossier"]: slot for slot in jury.slots()}
    assert {numero: slot["group"] for numero, slot in slots.items()} == {"101": "A", "102": "B", "103": "B"}
    assert slots["101"]["start"] == slots["102"]["start"]
    assert (slots["101"]["jurors"], slots["101"]["leaving"]) == (["ada@jury.example"], ["bob@jury.example"])
    assert jury.row("101")["Se retirent"] == "Bob"


@pytest.mark.slow
def test_a_porteur_of_two_dossiers_is_heard_twice_at_two_moments(tmp_path):
    same = {"email_porteur": "p@exemple.invalid"}
    jurors = [juror("ada", groupe="A"), juror("bob", groupe="B")]
    jury = made(tmp_path / "appel", [heard("101", **same), heard("102", **same), heard("103")], jurors)
    assert jury.hours() == {"101": "09:00", "103": "09:00", "102": "09:40"}


@pytest.mark.slow
def test_check_names_each_constraint_and_who(tmp_path):
    same = {"email_porteur": "p@exemple.invalid"}
    dossiers = [
        heard("101", audition=at(9), **same),
        heard("102", audition=at(9, 20), **same),
        heard("103", audition=at(10, 40)),
        heard("104", audition=at(10) + timedelta(days=1)),
        heard("105"),
    ]
    jurors = [juror("ada", disponibilites="04/05/2021 09:40–12:00"), juror("bob"), juror("cid")]
    jury = made(tmp_path / "appel", dossiers, jurors)
    before = jury.bytes
    done = jury.schedule("--check")
    assert (done.code, jury.bytes) == (1, before)
    assert [(breach["dossier"], breach["constraint"], breach["who"]) for breach in done.object["broken"]] == [
        ("101", "groupe", "102"),
        ("101", "porteur", "p@exemple.invalid"),
        ("101", "disponibilites", "ada@jury.example"),
        ("102", "groupe", "101"),
        ("102", "porteur", "p@exemple.invalid"),
        ("102", "disponibilites", "ada@jury.example"),
        ("103", "horaires", None),
        ("104", "jour", None),
        ("104", "disponibilites", "ada@jury.example"),
    ]
    assert [(dossier["dossier"], dossier["reason"]) for dossier in done.object["unplaced"]] == [
        ("105", "Aucune audition décidée.")
    ]
    assert "• Dossier 103 : c’est hors des heures d’auditions." in said(done.err)


@pytest.mark.slow
def test_an_availability_that_cannot_be_read_is_named(jury):
    jury.type("Jury", "Disponibilités", "ada@jury.example", "les 4 et S mai", by="E-mail")
    where = f"Jury!{jury.robot().tab('Jury').cell('Disponibilités', 'ada@jury.example', 'E-mail')}"
    for done in (jury.schedule(), jury.schedule("--check")):
        assert where in done.err
        assert where in {f"{doubt['tab']}!{doubt['cell']}" for doubt in done.object["doubts"]}


@pytest.mark.slow
def test_a_timetable_that_holds_is_said_to(jury):
    for numero, hour in (("101", at(9)), ("102", at(9, 40)), ("103", at(10, 20))):
        jury.decide(numero, hour)
    done = jury.schedule("--check")
    assert (done.code, done.object["broken"], done.object["unplaced"]) == (0, [], [])
    assert said(done.err) == ["3 auditions décidées et toutes les contraintes sont tenues."]


@pytest.mark.slow
def test_who_is_heard(tmp_path):
    """Those preselected, once there is one, and those of an hour that people decided; nobody who was set aside."""
    dossiers = [
        heard("101"),
        heard("102", preselection=None),
        heard("103", preselection="Écarté – insuffisant", audition=at(9)),
        heard("104", decision="Désisté", audition=at(9)),
        heard("105", preselection=None, audition=at(10, 20)),
        heard("106", decision="Non retenu"),
        heard("107", audition="vers midi"),
    ]
    jury = made(tmp_path / "appel", dossiers)
    proposal = jury.schedule().object
    assert {slot["dossier"] for slot in proposal["slots"]} == {"101", "105"}
    cell = cell_of("candidatures", "audition", 8)
    assert [(dossier["dossier"], dossier["reason"].replace("\u202f", " ")) for dossier in proposal["unplaced"]] == [
        ("107", f"« Audition décidée » (Candidatures!{cell}) ne se lit pas : corrigez-la")
    ]
    other = made(tmp_path / "autre", [heard(numero, preselection=None) for numero in ("1", "2")])
    assert other.hours() == {"1": "09:00", "2": "09:40"}


@pytest.mark.slow
def test_what_people_do_to_the_tab_is_put_back(after_a_night):
    jury = after_a_night
    jury.schedule()
    jury.type(PLANNING, "Début", "102", at(17), by="N° de dossier")
    edit(jury.workbook, "delete_row", tab=PLANNING, at=4)
    elsewhere = {"EIG_SHEETS_STATE": str(jury.folder / "ailleurs")}
    left = jury.run("jury", "schedule", "--adjust", "--dry-run", "--format", "json", env=elsewhere).object
    assert left["moved"] == 0  # an edited row is trusted by nobody: those that are left stay
    assert jury.run("sync").code == 0
    assert [(row["N° de dossier"], row["Début"]) for row in jury.planning] == [
        ("101", at(9)), ("102", at(9, 40)), ("103", at(10, 20)),
    ]  # fmt: skip
    edit(jury.workbook, "delete_tab", tab=PLANNING)
    assert jury.run("sync").code == 0
    assert len(jury.planning) == 3


def test_what_it_refuses(jury, tmp_path):
    no_days = made(tmp_path / "sans", rules="")
    done = no_days.schedule()
    assert (done.code, done.out) == (1, "")
    assert said(done.err)[0].startswith(f"Il n’y a pas de jour d’auditions : dans {no_days.config}, ajoutez")
    for options, sentence in (
        (("--check", "--adjust"), "--check ne change rien : il ne va ni avec --adjust ni avec --force."),
        (("--force",), "--force va avec --adjust."),
    ):
        wrong = jury.schedule(*options)
        assert (wrong.code, said(wrong.err)[0].startswith(sentence)) == (2, True)


@pytest.mark.slow
def test_a_tab_of_people_s_that_has_the_name_stops_it(jury):
    edit(jury.workbook, "rename_tab", tab="Talents", to=PLANNING)
    done = jury.schedule()
    assert done.code == 1
    assert said(done.err)[-1] == (
        f"L’onglet « {PLANNING} » n’est pas au robot : renommez-le, puis relancez « eig-sheets jury schedule »."
    )
    assert jury.run("sync").code == 0


@pytest.mark.slow
def test_more_than_can_be_placed_is_refused_at_once(tmp_path):
    jurors = [juror(f"j{place}", groupe=str(place)) for place in range(60)]
    hours = DAYS.replace("09:00", "00:00").replace("11:00", "23:00").replace("40", "5")
    jury = made(tmp_path / "appel", [heard(str(number)) for number in range(4)], jurors, rules=hours)
    done = jury.schedule()
    assert (done.code, done.out) == (1, "")
    assert said(done.err)[-1].startswith("4 dossiers à entendre en 16 560 créneaux : c’est trop pour un planning.")


@pytest.mark.slow
def test_without_any_juror_dossiers_still_have_hours(tmp_path):
    assert made(tmp_path / "appel", jurors=[]).hours() == {"101": "09:00", "102": "09:40", "103": "10:20"}


@pytest.mark.slow
def test_no_dossier_to_hear(tmp_path):
    jury = made(tmp_path / "appel", [heard("101", decision="Non retenu")], rules=DAYS)
    done = jury.schedule()
    assert (done.code, done.object["slots"]) == (0, [])
    assert PLANNING not in [tab.name for tab in jury.read().tabs]


@pytest.mark.on_a_file
@pytest.mark.slow
def test_on_a_file(demo):
    """The whole story of the demo, on a real .xlsx: decided, checked, kept by another machine."""
    demo.config.write_text(demo.config.read_text(encoding="utf-8") + DAYS.replace("11:00", "18:00"), encoding="utf-8")
    jury = Jury(demo.folder)
    proposal = jury.schedule()
    assert proposal.code == 1  # half of them were decided for the next day
    assert {breach["constraint"] for breach in proposal.object["broken"]} == {"jour"}
    assert [row["N° de dossier"] for row in jury.planning] == [slot["dossier"] for slot in proposal.object["slots"]]
    before = jury.bytes
    for env in ({}, {"EIG_SHEETS_STATE": str(demo.folder / "ailleurs")}):
        again = jury.run("jury", "schedule", "--adjust", "--dry-run", "--format", "json", env=env).object
        assert (again["moved"], again["changes"]) == (0, [])
    assert jury.bytes == before


def test_nothing_is_written_in_a_workbook_without_our_mark(demo):
    writes_nothing(without_marks(demo), ("jury", "schedule", "--yes"))
