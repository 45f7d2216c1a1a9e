"""What is said once of a whole ranking: on what the comparison of parts of the jury rests."""

import pandas as pd
import pytest

from eig_sheets.call.scoring.calibration import WeakLink, calibrate
from eig_sheets.call.scoring.words import comparison_sentences, weak_link_anomaly


def corrected(votes, group_of=None):
    table = pd.DataFrame(votes, columns=["numero", "jure", "note"])
    return calibrate(table, set(table["numero"]), 2, 15.0, group_of)


def panels(sizes):
    """Panels that share nothing, each of so many jurors who read four dossiers."""
    return [(f"{panel}{n}", f"{panel}-{j}", 10.0 + n + j) for panel, size in sizes.items() for n in range(4)
            for j in range(size)]  # fmt: skip


def group_of(votes):
    return {juror: juror[0] for _, juror, _ in votes}


def test_panels_without_a_common_dossier_are_compared_under_a_condition():
    votes = panels({"N": 2, "S": 2})
    condition, means = comparison_sentences(corrected(votes, group_of(votes)))
    assert "Les 2 parties du jury qui n’ont aucun dossier en commun sont classées ensemble" in condition
    assert "dossiers de même valeur" in condition
    assert "N 12,00 (" in means
    assert "S 12,00 (" in means


def test_a_panel_of_one_juror_shows_no_severity():
    votes = panels({"N": 2, "S": 2, "P": 1})
    _, means = comparison_sentences(corrected(votes, group_of(votes)))
    assert "P " not in means.partition(":")[2]


@pytest.mark.slow
def test_a_weak_link_is_said_with_its_dossiers_and_its_remedy():
    votes = [*panels({"N": 2, "S": 2}), ("N0", "S-0", 11.0)]
    [said] = comparison_sentences(corrected(votes))
    assert "(S-0 et S-1, d’un côté ; N-0 et N-1, de l’autre)" in said.replace("\u202f", " ")
    assert "que par quelques évaluations, de N0 :" in said.replace("\u202f", " ")
    assert "Remplissez « Groupe »" in said.replace("\u202f", " ")
    assert " par S-1 et S-0, s’ils n’ont pas à se déporter." in said or " par N-0 et N-1" in said
    assert [*comparison_sentences(corrected(votes, group_of(votes)))] == []


def test_parts_that_are_compared_through_others():
    """Once the jury is cut, two parts may share nothing with each other: « de aucun dossier » is no French."""
    link = WeakLink((("ann", "bob"), ("cy", "dan")), (), ("1", "2"), ("ann", "bob"), 0.0)
    said = weak_link_anomaly(link).message.replace("\u202f", " ")
    assert "(cy et dan, d’un côté ; ann et bob, de l’autre)" in said
    assert "ne sont comparées que par des jurés d’autres parties" in said


def test_only_the_first_groups_are_named():
    votes = panels(dict.fromkeys("ABCDEFGHIJKL", 2))
    _, means = comparison_sentences(corrected(votes, group_of(votes)))
    assert means.endswith(" ; 2 autres groupes.")


def test_a_jury_that_is_well_linked_and_one_that_is_not_corrected_say_nothing():
    everybody = [(str(n), juror, 10.0 + n) for n in range(4) for juror in "abc"]
    assert [*comparison_sentences(corrected(everybody))] == []
    assert [*comparison_sentences(corrected(panels({"N": 2, "S": 2})))] == []
