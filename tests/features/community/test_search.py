"""Past projects are found by their words, the most alike first; the facts are those of the programme's sites."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.community.files import PastProject, has_words, past_projects, search

pytestmark = pytest.mark.newest


def names(words, projects=None):
    return [result.project.name for result in search(words, past_projects() if projects is None else projects)]


def project(name, summary="", year=2020):
    return PastProject("EIG 4", year, name, "", (), summary)


def test_the_132_projects_of_the_first_promotions_are_there():
    counts = {}
    for project in past_projects():
        counts[project.promotion] = counts.get(project.promotion, 0) + 1
        assert project.name
        assert project.host
        assert project.summary
    assert counts == {
        "EIG 1": 9, "EIG 2": 13, "EIG 3": 15, "DIG 1": 17, "EIG 4": 17, "EIG 5": 16, "EIG 6": 14, "EIG 7": 31,
    }  # fmt: skip
    assert sum(count for name, count in counts.items() if name in {"EIG 1", "EIG 2", "EIG 3", "EIG 4", "DIG 1"}) == 71


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("fraude fiscale", "DGFiP - fraude fiscale"), ("sauvetage en mer", "PrédiSauvetage"),
        ("hôpital", "SMASH"), ("HOPITAUX", "SMASH"), ("élèves école", "Vers l'école pour tous"),
        ("accidents maritimes", "PrédiSauvetage"), ("élève coach", "CoachÉlèves"),
    ],
)  # fmt: skip
def test_the_project_on_the_subject_comes_first(words, first):
    assert names(words)[0] == first


def test_a_rare_word_is_worth_more_than_a_common_one_and_the_name_more_than_the_rest():
    corpus = [project("Alpha", "données"), project("Bêta", "données marines"), project("Données marines")]
    corpus += [project(f"Autre {place}", "données") for place in range(9)]
    assert names("données marines", corpus)[:2] == ["Données marines", "Bêta"]
    assert names("marines", corpus) == ["Données marines", "Bêta"]


def test_of_equal_ones_the_most_recent_comes_first():
    assert names("mer", [project("Mer A", year=2019), project("Mer B", year=2021)]) == ["Mer B", "Mer A"]


def test_what_was_found_is_said_as_it_is_written():
    [result] = search("MARITIMES accident", [project("Prédi", "Les accidents maritimes, un accident maritime")])
    assert result.matched == ("accidents", "maritimes", "accident", "maritime")


def test_words_that_say_nothing_of_a_subject_find_nothing():
    assert names("le projet de la dans un service public") == []
    assert [has_words(words) for words in ("le de la", "…", "", "mer")] == [False, False, False, True]


@given(st.text(max_size=60))
def test_any_text_is_a_search_and_any_word_of_a_project_finds_it(text):
    results = search(text, past_projects())
    assert [result.score for result in results] == sorted((result.score for result in results), reverse=True)
    assert all(result.matched for result in results)


@given(st.sampled_from(past_projects()), st.data())
def test_each_word_that_says_something_finds_the_project_that_has_it(one, data):
    words = [word for word in one.summary.replace("’", " ").split() if has_words(word)]
    if words:
        assert one.name in names(data.draw(st.sampled_from(words)))


def test_a_promotion_is_known_once_it_has_begun():
    eig5 = next(project for project in past_projects() if project.promotion == "EIG 5")
    assert [eig5.has_begun(day) for day in (date(2021, 2, 10), date(2021, 9, 13), date(2022, 1, 1))] == [
        False, True, True,
    ]  # fmt: skip
