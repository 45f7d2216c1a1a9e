"""The numbers that the charts of `Accueil` draw are those that the commands print."""

from __future__ import annotations

from collections import Counter

import pytest

from eig_sheets.run import chart_numbers
from eig_sheets.workbook import words
from tests.in_memory import storage_at
from tests.nightly import Robot
from tests.spreadsheet.memory_desk import put

pytestmark = pytest.mark.in_memory


@pytest.fixture
def robot(demo):
    """The demo, synchronised."""
    return Robot(demo)


def records(robot, command):
    return robot.campaign.run(command, "--format", "json").records


def drawn(robot, labels):
    """The numbers beside each label of one chart: the columns under its headers, until the next chart's."""
    tab = robot.tab("Données des graphiques")
    headers = [*tab.headers]
    first = headers.index(labels) + 1
    names = headers[first : first + _SERIES.get(labels, 1)]
    found = {str(row[labels]): tuple(row[name] for name in names) for row in tab.rows if row[labels] is not None}
    assert found
    return found


_SERIES = {"Jour de dépôt": 2, "Critère": 3, "Voie du co-financement": 2}


def counted_dossiers(robot):
    """The dossiers of `rank` but those that it only names, since an anomaly leaves them aside."""
    return [one for one in records(robot, "rank") if not one["left_aside"]]


@pytest.mark.slow
def test_a_metier_with_words_around_is_counted_under_the_name_of_the_call(robot):
    before, tab = drawn(robot, "Métier demandé"), robot.tab("Candidatures")
    number, asked = next((row["N° de dossier"], row["Profils demandés"]) for row in tab.rows if row["Profils demandés"])
    where = tab.cell("Profils demandés", number)
    put(storage_at(robot.campaign.workbook), "Candidatures", where, f"{asked} (à confirmer)")
    assert robot.campaign.run("sync").code == 0
    assert drawn(robot, "Métier demandé") == before


def near(value):
    return pytest.approx(value, abs=1e-9)


@pytest.mark.slow
def test_completeness_is_what_check_leaves_in(robot):
    rank, wrong = counted_dossiers(robot), records(robot, "check")
    found = {label: count for label, (count,) in drawn(robot, "Complétude").items()}
    typed = robot.tab("Candidatures").rows
    left_out = {one["cell"][-2:] for one in wrong if (one["tab"], one["severity"]) == ("Candidatures", "bloquant")}
    broken = {
        one["dossier"]
        for one in wrong
        if one["code"] in ("depot_hors_delai", "depot_avant_ouverture", "nombre_eig_refuse")
    }
    broken |= {one["dossier"] for one in rank if one["unranked_reason"] == "ineligible"}
    assert sum(found.values()) == len(typed)
    assert found[chart_numbers.LEFT_OUT] == len(typed) - len(rank)
    assert found[chart_numbers.LEFT_OUT] <= len(left_out)
    assert found[chart_numbers.INELIGIBLE] == len(broken)
    review = [one for one in robot.tab("Éligibilité").rows if one["Éligibilité"] == "À instruire"]
    assert found[chart_numbers.TO_COMPLETE] + found[chart_numbers.TO_READ] == len(review)


@pytest.mark.slow
def test_each_day_has_its_dossiers_and_those_that_were_late_apart(robot):
    late = {one["dossier"] for one in records(robot, "check") if one["code"] == "depot_hors_delai"}
    found = drawn(robot, "Jour de dépôt")
    assert sum(after for _, after in found.values()) == len(late) > 0
    assert sum(before for before, _ in found.values()) == len(counted_dossiers(robot)) - len(late)
    assert next(iter(found)) == "01/02"  # the call opens on 1 February, and closes on 7 April
    assert "07/04" in found


def test_evaluations_that_lack_are_those_of_rank(robot):
    compared = [one for one in records(robot, "rank") if one["unranked_reason"] in (None, "sans_evaluation")]
    lacking = Counter(max(0, one["reviews_expected"] - one["reviews"]) for one in compared)
    found = {
        0 if label == "aucune" else int(label): count
        for label, (count,) in drawn(robot, "Évaluations qui manquent").items()
    }
    assert found == {count: lacking[count] for count in range(max(lacking) + 1)}
    board = {row["Quoi"]: row for row in robot.tab("Accueil").rows}
    assert sum(one["reviews"] for one in compared) == board["Évaluations complètes"]["Nombre"]


@pytest.mark.slow
def test_notes_by_criterion_are_those_of_rank(robot):
    ranked = [one["criteria"] for one in records(robot, "rank") if one["rank"] is not None]
    for criterion, label in robot.settings.labels.items():
        means = [one[criterion] for one in ranked if one[criterion] is not None]
        expected = (min(means), sum(means) / len(means), max(means))
        assert drawn(robot, "Critère")[label] == near(expected)


def test_the_amounts_of_each_route_are_those_of_cofinancing(robot):
    expected = {}
    for one in records(robot, "cofinancing"):
        if one["status"] in ("acquis", "sous_reserve"):
            name = words.credit_route(one["route"], one["payment"], one["carried"]) or chart_numbers.UNKNOWN_ROUTE
            low, high = expected.get(name, (0, 0))
            expected[name] = (low + (one["amount_min"] or 0), high + (one["amount_max"] or 0))
    assert drawn(robot, "Voie du co-financement") == {name: near(sums) for name, sums in expected.items()}
    assert len(expected) > 2


def test_professions_are_counted_once_a_project(robot):
    dossiers = {one["dossier"] for one in counted_dossiers(robot)}
    counted = Counter()
    for row in robot.tab("Candidatures").rows:
        number = str(row["N° de dossier"]).removesuffix(".0").strip()
        if number in dossiers:
            counted.update({part.strip() for part in str(row["Profils demandés"] or "").split(";")} - {""})
    assert {label: count for label, (count,) in drawn(robot, "Métier demandé").items()} == counted
