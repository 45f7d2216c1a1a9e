"""What the page shows is what the results say, of the right dossiers, to the right people."""

import pytest

from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.report.audience import PRESIDENCY
from eig_sheets.call.report.projects import MOST_SHOWN, window
from eig_sheets.call.report.sensitivity import MOST_VARIATIONS, remark_sentences, shown_variations
from eig_sheets.call.scoring.calibration import Uncorrected, Zone
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.sensitivity import Change
from eig_sheets.call.scoring.sensitivity_texts import Mover, Sensitivity, Variation, sensitivity_of
from tests.call.report.support import (
    JURORS,
    at_the_ends,
    case,
    collective,
    contradicted,
    corrected,
    disjoint,
    drawn,
    empty,
    everyone_fits,
    rules,
)
from tests.workbook.snapshots import dossier, evaluation, juror

pytestmark = pytest.mark.newest


def test_projects_are_the_ranked_dossiers_in_official_order():
    call = corrected()
    ranking = call.results.of(SCORES).ranking
    assert [project.numero for project in call.view.projects] == ranking["numero"].tolist()
    assert [project.rank for project in call.view.projects] == ranking["rank"].tolist()
    assert [project.note for project in call.view.projects] == ranking["note"].tolist()
    assert [project.expected_rank for project in call.view.projects] == ranking["expected_rank"].tolist()
    assert [project.zone for project in call.view.projects] == ranking["zone"].tolist()
    calibration = call.results.of(SCORES).calibration
    assert [project.corrected for project in call.view.projects] == [
        calibration.dossiers.loc[numero, "corrected"] for numero in ranking["numero"]
    ]


def test_zones_are_counted():
    view = corrected().view
    assert dict(view.zones) == {zone: sum(project.zone == zone for project in view.projects) for zone in Zone}
    assert sum(count for _, count in view.zones) == view.ranked == 12


def test_the_line_is_between_the_last_place_and_the_next():
    assert corrected(12, 5).view.line == 5.5


def test_what_is_discussed_first_is_what_contradicts_itself_then_the_zone_of_deliberation():
    view = contradicted().view
    assert [(place, project.numero) for place, project in view.to_discuss] == [(2, "7"), (3, "2")]
    assert view.contradicted == 2
    view = corrected().view
    unsure = [project.numero for project in view.projects if project.zone == "deliberation"]
    assert [project.numero for _, project in view.to_discuss] == ["1001", *unsure]
    assert [project.numero for project in view.projects if project.contradicted] == ["1001"]
    assert all(view.projects[place - 1] is project for place, project in view.to_discuss)


def test_a_corrected_note_stays_on_the_scale():
    call = at_the_ends()
    corrected_notes = [project.corrected for project in call.view.projects]
    assert max(corrected_notes) == 20
    assert min(corrected_notes) == 5
    assert {row.corrected for row in call.minutes.placed} == {*corrected_notes}


def test_as_many_places_as_projects_has_no_zone_and_no_line():
    view = everyone_fits().view
    assert (view.everyone_fits, view.zones, view.line) == (True, (), None)
    assert {project.zone for project in view.projects} == {""}
    assert not corrected().view.everyone_fits


@pytest.mark.slow
def test_an_uncorrected_ranking_says_why_and_shows_no_corrected_number():
    view = disjoint().view
    assert view.reason is Uncorrected.DISCONNECTED
    assert sorted(count for _, count in view.separate) == [4, 4]
    assert {project.expected_rank for project in view.projects} == {None}
    assert {juror.severity for juror in disjoint().view_for(PRESIDENCY).jurors} == {None}
    assert collective().view.reason is Uncorrected.COLLECTIVE
    assert empty().view.reason is Uncorrected.WITHOUT_EVALUATION


def test_jurors_come_by_severity_with_their_errors():
    call = corrected()
    table = call.results.of(SCORES).calibration.jurors
    jurors = call.view_for(PRESIDENCY).jurors
    assert [juror.severity for juror in jurors] == sorted(table["severity"], reverse=True)
    by_name = {juror.name: juror for juror in jurors}
    assert set(by_name) == {name.title() for name in JURORS}
    for address, error in table["error"].items():
        assert by_name[address.partition("@")[0].title()].error == error


def test_jurors_of_the_same_name_are_distinguished():
    dossiers, _, given = drawn(6)
    call = case(dossiers, [juror(name, nom="Claude") for name in JURORS], given)
    names = {juror.name for juror in call.view.jurors}
    assert len(names) == len(JURORS)
    assert all(name.startswith("Claude (") for name in names)


@pytest.mark.parametrize("told", ["1", "Direction des phares"])
def test_who_stepped_aside_is_named_on_the_dossier(told):
    dossiers = [dossier("1"), dossier("2", administration="Office des bouées")]
    jurors = [juror("ada", deports=told), juror("bob"), juror("chloe")]
    given = [evaluation(numero, "bob") for numero in ("1", "2")]
    given.append({"numero": "2", "jure": "chloe@jury.example", "deport": "oui"})
    by_number = {project.numero: project for project in case(dossiers, jurors, given).view.projects}
    assert by_number["1"].recused == ("Ada",)
    assert by_number["2"].recused == ("Chloe",)


def test_what_a_recused_juror_typed_is_not_shown():
    given = [evaluation("1", "ada")]
    given.append(
        {"numero": "1", "jure": "bob@jury.example", "deport": "oui", "commentaire": "un ami", "avis": "Favorable"}
    )
    [project] = case([dossier("1")], [juror("ada"), juror("bob")], given).view.projects
    [away] = [vote for vote in project.votes if vote.juror == "Bob"]
    assert (away.status, away.note, away.comment, away.opinion) == ("déport", None, "", "")


def test_evaluations_that_do_not_count_say_so():
    given = [evaluation("1", "ada"), evaluation("1", "bob", 3, 3, None, 3, 3), evaluation("1", "chloe", *["NSP"] * 5)]
    [project] = case([dossier("1")], [juror(name) for name in ("ada", "bob", "chloe")], given).view.projects
    assert [vote.status for vote in project.votes] == ["", "notes en attente", "ne se prononce pas"]
    assert [vote.note for vote in project.votes] == [15.0, None, None]


def test_only_addresses_of_pages_are_links():
    row = dossier(
        "1", fiche="https://exemple.invalid/fiche", presentation="javascript:alert(1)", simulation=" simulation.ods"
    )
    [project] = case([row], [juror("ada")], [evaluation("1", "ada")]).view.projects
    assert project.links == (("Fiche détaillée", "https://exemple.invalid/fiche"),)


def test_projects_of_the_same_name_and_rank_have_different_labels():
    rows = [dossier(numero, projet="Phare") for numero in ("1", "2")]
    given = [evaluation(numero, "ada") for numero in ("1", "2")]
    labels = [project.label for project in case(rows, [juror("ada")], given).view.projects]
    assert labels == ["1. Phare (1)", "1. Phare (2)"]


@pytest.mark.parametrize(
    ("count", "places", "first", "last"),
    [(10, 5, 0, 10), (MOST_SHOWN, 5, 0, MOST_SHOWN), (1000, 20, 0, 300), (1000, 500, 350, 650), (1000, 999, 700, 1000)],
)
def test_with_too_many_dossiers_those_around_the_last_place_are_shown(count, places, first, last):
    shown = range(count)[window(count, places)]
    assert (shown[0], shown[-1] + 1) == (first, last)


@pytest.mark.slow
def test_a_page_of_many_dossiers_stays_small_and_counts_them_all():
    dossiers, jurors, given = drawn(700)
    call = case(dossiers, jurors, given, rules(campaign={"target": 400}))
    view = call.view
    assert (view.ranked, len(view.projects), view.evaluations) == (700, MOST_SHOWN, 2800)
    assert sum(count for _, count in view.zones) == 700
    assert view.sums.steps[-1][0] == 700
    assert len(view.sums.steps) <= 400
    assert "300 dossiers les plus proches de la dernière place, sur 700" in call.page.replace("\u202f", " ")
    assert len(call.page.encode()) < 2_500_000


def test_what_the_places_hang_on_is_what_the_command_says():
    call = corrected()
    trials = call.view.sensitivity
    expected = sensitivity_of(call.results, call.campaign).variations
    assert [
        (variation.change, variation.subject, variation.enters, variation.leaves) for variation in trials.variations
    ] == [(variation.change, variation.subject, variation.enters, variation.leaves) for variation in expected]
    assert [variation.label for variation in trials.variations[-6:]] == [f"Sans {name.title()}" for name in JURORS]
    assert 0 < len(trials.moving) < len(trials.variations) == 16
    assert (everyone_fits().view.sensitivity.variations, empty().view.sensitivity.variations) == ((), ())


def test_a_table_of_many_trials_shows_those_that_move_the_most():
    def trial(place, count):
        movers = tuple(Mover(str(rank), None, noted=True) for rank in range(count))
        return Variation(Change.WITHOUT_JUROR, f"{place}", f"Sans {place}", movers, ())

    counts = [1, 3, 2] * MOST_VARIATIONS
    trials = Sensitivity(tuple(trial(place, count) for place, count in enumerate(counts)), 5, by_expected_rank=False)
    assert [int(variation.subject) for variation in shown_variations(trials)] == [
        place for place, count in enumerate(counts) if count == 3
    ]
    [said] = remark_sentences(trials)
    assert said.startswith("60 autres essais déplacent moins de dossiers, ou autant")


@pytest.mark.slow
def test_sums_along_the_ranking_and_the_envelope():
    call = corrected(envelope=100_000.0)
    sums = call.view.sums
    money = call.results.of(COFINANCING).set_index("numero").loc[call.results.of(SCORES).ranking["numero"]]
    assert [most for _, _, most in sums.steps] == pytest.approx(money["amount_max"].cumsum().tolist())
    assert sums.selected == pytest.approx((money["amount_min"][:5].sum(), money["amount_max"][:5].sum()))
    surely, perhaps = sums.covered
    assert money["amount_max"][:surely].sum() <= 100_000 < money["amount_max"][: surely + 1].sum()
    assert money["amount_min"][:perhaps].sum() <= 100_000 < money["amount_min"][: perhaps + 1].sum()
    assert (sums.totals.envelope, sums.totals.proposed.dossiers, sums.totals.decided.dossiers) == (100_000, 5, 0)
    assert (
        "Lauréats proposés : de 183 750 € à 210 000 € (prévisionnel), pour 10 EIG de 5 projets."
        in call.page.replace("\u202f", " ")
    )
    assert corrected().view.sums.covered is None
    assert corrected(rule="none").view.sums is None
