"""Each page for its readers: what concerns persons is for the presidency, and a recused juror reads nothing of it."""

import io

import pytest
from docx import Document

from eig_sheets.call.report.audience import JURY, PRESIDENCY, JurorInDoubtError, UnknownJurorError, one_juror
from eig_sheets.call.report.juror_view import juror_view_of
from eig_sheets.call.scoring.calibration import Fit
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.spreadsheet.model.cells import CellError
from tests.call.report.reader import Seen
from tests.call.report.support import DAY, JURORS, case, corrected, disjoint, drawn, rules
from tests.columns import cell_of
from tests.workbook.snapshots import dossier, evaluation, juror

PERSONAL = (
    "Sévérité",
    "sévère",
    "généreux",
    "s’écarte",
    "suit ce qui est attendu",
    "trop peu de dossiers",
    "Étalement",
)
ADA = "ada@jury.example"


@pytest.fixture(scope="module")
def campaign():
    return corrected()


def signed_severities(call):
    """How the severities would be written: +0,52."""
    severities = call.results.of(SCORES).calibration.jurors["severity"]
    return {f"{value:+.2f}".replace(".", ",").replace("-", "−") for value in severities}


def test_what_the_jury_reads_has_nothing_of_jurors_as_persons(campaign):
    """Not even in their order, which is that of severities for the presidency."""
    jurors = campaign.view.jurors
    assert [juror.name for juror in jurors] == sorted(name.title() for name in JURORS)
    assert {(juror.severity, juror.error, juror.fit, juror.verdict, juror.far) for juror in jurors} == {
        (None, None, None, "", False)
    }
    assert {(juror.spread, juror.spread_others, juror.cut) for juror in jurors} == {(None, None, "")}


@pytest.mark.slow
def test_nor_has_the_page_of_the_jury(campaign):
    seen = Seen(campaign.page)
    assert set(seen.data["charts"]) == {"classement", "desaccords", "cofinancement"}
    assert [word for word in (*PERSONAL, *signed_severities(campaign)) if word in campaign.page] == []
    assert "Rapport pour le jury" in seen.text
    assert "Réservé au jury" in seen.text


@pytest.mark.slow
def test_the_page_of_the_presidency_has_it_all(campaign):
    page = campaign.page_for(PRESIDENCY)
    seen, table = Seen(page), campaign.results.of(SCORES).calibration.jurors
    assert "severite" in seen.data["charts"]
    assert signed_severities(campaign) <= set(seen.text.replace("(", " ").split())
    assert "Réservé à la présidence du jury" in seen.text
    assert '@bottom-left { content: "Réservé à la présidence du jury"; }' in page
    assert {juror.far for juror in campaign.view_for(PRESIDENCY).jurors} == {False}
    assert set(table["fit_flag"]) <= {Fit.FOLLOWS, Fit.TOO_FEW}
    assert any(juror.verdict in seen.text for juror in campaign.view_for(PRESIDENCY).jurors)
    assert "rien ne le distingue" not in page


@pytest.mark.slow
def test_who_votes_at_random_is_told_to_the_presidency_alone():
    dossiers, jurors, given = drawn(24, 5)
    dice = [1, 4, 2, 3, 4, 1, 3, 1, 4, 2]
    ada = [row for row in given if row["jure"] == ADA]
    for row, score in zip(ada, dice * 3, strict=False):
        row.update(dict.fromkeys([key for key in row if isinstance(row[key], float)], float(score)))
    call = case(dossiers, jurors, given, rules(campaign={"target": 5}))
    [far] = [juror for juror in call.view_for(PRESIDENCY).jurors if juror.far]
    assert far.name == "Ada"
    assert "<strong>s’écarte de ce qui est attendu</strong>" in call.page_for(PRESIDENCY)
    assert "écarte" not in call.page


@pytest.mark.slow
def test_notes_at_the_end_of_the_scale_shorten_an_interval():
    dossiers, jurors, given = drawn(12)
    for row in given:
        if row["jure"] == ADA:
            row.update(dict.fromkeys([key for key in row if isinstance(row[key], float)], 4.0))
    call = case(dossiers, jurors, given, rules(campaign={"target": 5}))
    said = "intervalle trop court : 100 % de notes extrêmes"
    assert said in Seen(call.page_for(PRESIDENCY)).text
    assert said not in Seen(call.page).text


def test_an_uncorrected_page_of_the_presidency_knows_no_severity():
    page = disjoint().page_for(PRESIDENCY)
    assert "Sans correction, ni la sévérité des jurés ni l’accord de leurs notes ne sont connus." in Seen(page).text


def test_the_minutes_name_no_severity(campaign):
    made = Document(io.BytesIO(campaign.document))
    texts = [paragraph.text for paragraph in made.paragraphs]
    texts += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert [word for word in (*PERSONAL, *signed_severities(campaign)) if word in " ".join(texts)] == []


HIDDEN = {"administration": "Office des caravelles", "questions": "Où ?"}


def recused(name="Caravelle", comment="Caravelle chère", amount=40_000.0, places=3, **jury):
    """A campaign of which Ada does not read dossier 7777, that everybody else praises."""
    dossiers, jurors, given = drawn(9)
    given = [row for row in given if row["numero"] != "1000"]
    hidden = dossier("7777", **HIDDEN, projet=name, resume=f"Une {name}", cout_jusqu_a_5_ans=amount)
    given += [evaluation("7777", name, 4, 4, 4, 4, 3.5, commentaire=comment) for name in ("bob", "dan", "eve")]
    ada = juror("ada", **{"deports": "7777"} | jury)
    return case([*dossiers[1:], hidden], [ada, *jurors[1:]], given, rules(campaign={"target": places}))


def view_for(call, audience):
    return juror_view_of(call.reading, DAY, audience)


@pytest.mark.slow
def test_a_recused_juror_s_page_has_nothing_of_the_dossier():
    call = recused()
    audience = one_juror(call.reading, " ADA@jury.example")
    view, page = view_for(call, audience), call.page_for(audience)
    assert (audience.juror, audience.excluded) == ("Ada", frozenset({"7777"}))
    assert "7777" in call.page
    assert [word for word in ("7777", "aravelle", "Où ?") if word in page] == []
    assert len(view.projects) == 8
    assert [entry["n"] for entry in Seen(page).data["projects"]] == [project.numero for project in view.projects]
    assert "Rapport pour Ada" in page
    assert "rien de ce qui est écrit ici n’est calculé avec eux" in Seen(page).text


@pytest.mark.slow
def test_nothing_of_that_page_depends_on_what_the_dossier_says():
    pages = [
        call.page_for(one_juror(call.reading, ADA))
        for call in (recused(), recused("Goélette", "Trop beau", amount=52_000.0))
    ]
    assert pages[0] == pages[1]


def test_the_others_keep_their_notes_and_have_zones():
    call = recused()
    view = view_for(call, one_juror(call.reading, ADA))
    shown = {project.numero: project for project in view.projects}
    for project in call.view.projects:
        if project.numero != "7777":
            theirs = shown[project.numero]
            assert (theirs.note, theirs.means, theirs.summary) == (project.note, project.means, project.summary)
            assert sorted(filter(None, (vote.note for vote in theirs.votes))) == sorted(
                filter(None, (vote.note for vote in project.votes))
            )
    assert {*view.zones} == {project.zone for project in view.projects} != {""}
    places = [view.zones.index(project.zone) for project in view.projects]
    assert places == sorted(places)


@pytest.mark.slow
def test_no_zone_is_told_where_every_dossier_has_a_place():
    call = recused(places=9)
    view = view_for(call, one_juror(call.reading, ADA))
    assert (view.zones, {project.zone for project in view.projects}) == ((), {""})
    assert view_for(recused(places=8), one_juror(call.reading, ADA)).zones


@pytest.mark.slow
def test_a_group_that_reads_as_one_has_its_notes_named():
    dossiers, jurors, given = drawn(6)
    given = [row for row in given if (row["numero"], row["jure"]) not in {("1000", ADA), ("1001", ADA)}]
    jurors = [jurors[0] | {"deports": "1000", "groupe": "A"}, jurors[1] | {"groupe": "A"}, *jurors[2:]]
    own = {row["numero"] for row in given if row["jure"] == ADA}
    group = {row["numero"] for row in given if row["jure"] in (ADA, "bob@jury.example")} - {"1000"}
    assert group > own
    for as_group, expected in ((False, own), (True, group)):
        call = case(dossiers, jurors, given, rules(jury={"reads_as_group": as_group}))
        view = view_for(call, one_juror(call.reading, ADA))
        assert {project.numero for project in view.projects if any(vote.juror for vote in project.votes)} == expected


@pytest.mark.parametrize(
    "jury",
    [
        {"deports": "Office des caravelles"},
        {"deports": None, "organisation": "Office des caravelles"},
    ],
)
def test_every_way_of_not_reading_a_dossier_leaves_it_out(jury):
    call = recused(**jury)
    assert one_juror(call.reading, ADA).excluded == {"7777"}


def test_an_evaluation_in_deport_leaves_its_dossier_out():
    dossiers, jurors, given = drawn(6)
    given = [row for row in given if (row["numero"], row["jure"]) != ("1000", ADA)]
    call = case(dossiers, jurors, [*given, {"numero": "1000", "jure": ADA, "deport": "oui"}])
    assert one_juror(call.reading, ADA).excluded == {"1000"}


@pytest.mark.parametrize("role", ["email_porteur", "email_porteur_2", "email_mentor"])
def test_a_dossier_for_which_the_juror_answers_is_left_out(role):
    dossiers, jurors, given = drawn(6)
    call = case([dossiers[0] | {role: ADA}, *dossiers[1:]], jurors, given)
    assert one_juror(call.reading, ADA).excluded == {"1000"}


@pytest.mark.parametrize("word", ["Oui, je connais le porteur", "peut-être", CellError("#REF!")])
def test_what_a_deport_does_not_say_clearly_leaves_its_dossier_out(word):
    dossiers, jurors, given = drawn(6)
    given = [row for row in given if (row["numero"], row["jure"]) != ("1000", ADA)]
    call = case(dossiers, jurors, [*given, {"numero": "1000", "jure": ADA, "deport": word}])
    assert one_juror(call.reading, ADA).excluded == {"1000"}
    shown = Seen(call.page_for(one_juror(call.reading, ADA))).data["projects"]
    assert [entry["n"] for entry in shown if entry["n"] == "1000"] == []


@pytest.mark.parametrize("deports", [CellError("#REF!"), "7777", "Office des goélettes", "dossier 1000", "100O"])
def test_deports_that_cannot_be_read_or_name_nothing_leave_no_page(deports):
    dossiers, jurors, given = drawn(6)
    call = case(dossiers, [jurors[0] | {"deports": deports}, *jurors[1:]], given)
    with pytest.raises(JurorInDoubtError) as raised:
        one_juror(call.reading, ADA)
    assert str(raised.value).replace("\u202f", " ") == (
        f"Jury!{cell_of('jury', 'deports', 2)} : qui est ada@jury.example, ou de quoi ce juré se déporte, ne se lit "
        "pas ; une page pourrait avoir un dossier qu’il ne doit pas lire : elle n’est pas faite. Corrigez cette "
        "cellule, puis relancez."
    )
    assert one_juror(call.reading, "bob@jury.example").excluded == frozenset()


@pytest.mark.slow
def test_without_recusal_a_juror_s_page_has_every_dossier(campaign):
    audience = one_juror(campaign.reading, ADA)
    assert campaign.view_for(audience).projects == campaign.view_for(JURY).projects
    assert "Aucun déport de Ada ne désigne de dossier" in Seen(campaign.page_for(audience)).text


def test_a_stranger_has_no_page(campaign):
    with pytest.raises(UnknownJurorError) as raised:
        one_juror(campaign.reading, "adda@jury.example")
    said = str(raised.value).replace("\u202f", " ")
    assert said == (
        "« adda@jury.example » n’est l’adresse d’aucun juré de l’onglet « Jury ». Vouliez-vous dire "
        "« ada@jury.example » ? Corrigez cette adresse, ou ajoutez ce juré à l’onglet."
    )
