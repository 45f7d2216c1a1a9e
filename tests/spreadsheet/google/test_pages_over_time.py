"""Jurors' pages over a campaign: whatever people fill and change, no answer is touched; and within quotas."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.returned_page import returned_page
from tests.spreadsheet.google.pages_desk import PAGE, JurorsPage, pages_in, shared_folder, with_dossiers
from tests.spreadsheet.google.test_pages import FIRST, SECOND, THIRD

NUMBERS = [dossier.numero for dossier in (FIRST, SECOND, THIRD)]
SHOWN = {dossier.numero: dossier for dossier in (FIRST, SECOND, THIRD)}
ANSWERS = {"pertinence": [1.0, 3.5, "NSP"], "deport": ["oui"], "avis": ["Favorable"], "commentaire": ["=1+1 ?", "Bien"]}
typing = st.sampled_from(sorted(ANSWERS)).flatmap(
    lambda field: st.tuples(st.just(field), st.sampled_from(ANSWERS[field]))
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(NUMBERS), typing),
        st.tuples(st.just("give"), st.sampled_from(NUMBERS)),
        st.tuples(st.just("recuse"), st.sampled_from(NUMBERS)),
        st.tuples(st.just("rename"), st.sampled_from(NUMBERS)),
    ),
    min_size=2,
    max_size=8,
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_answers_stay_whatever_becomes_of_dossiers(google, happening):
    """A page says of each dossier that it still asks for what was typed, and nothing of the others."""
    pages = pages_in(google, shared_folder(google).id)
    pages.check()
    juror = JurorsPage.made(google, pages)
    mine, typed = {FIRST.numero: FIRST, SECOND.numero: SECOND}, {number: {} for number in NUMBERS}
    for act, number, *rest in happening:
        if act == "answer" and number in mine and not mine[number].recused:
            [(field, value)] = rest
            juror.answer(number, field, f"'{value}" if isinstance(value, str) else value)
            typed[number][field] = value
        elif act == "give":
            mine[number] = replace(mine.get(number, SHOWN[number]), recused=False)
        elif act == "recuse" and number in mine:
            mine[number] = replace(mine[number], recused=True)
        elif act == "rename" and number in mine:
            mine[number] = replace(mine[number], projet=f"{mine[number].projet} bis", version="w")
        wanted = with_dossiers(*mine.values())
        juror.refresh(wanted)
        assert not juror.refresh(wanted)
        assert juror.received.problems == ()
        assert juror.answers == {number: typed[number] for number in mine if not mine[number].recused}


@pytest.mark.slow
def test_forty_jurors_are_within_the_quota_of_a_minute(google):
    pages = pages_in(google, shared_folder(google).id)
    pages.check()
    for number in range(40):
        made = pages.create(f"Grille {number}", str(number))
        pages.fill(made, pages.read(made), form_of(replace(PAGE, juror=f"jure{number}@example.org")))
    google.world.quotas = True
    try:
        google.script.post([])
        collecting = pages_in(google, pages.drive.folder)
        collecting.check()
        read = [returned_page(collecting.read(page), page.title, "") for page in collecting.pages()]
    finally:
        google.world.quotas = False
    calls = google.script.calls
    assert {call.status for call in calls} == {200}
    assert sum(call.path.startswith("/v4/") for call in calls) == collecting.reads == 40
    assert len(calls) == 42  # the folder, and the list of its files
    assert {page.juror for page in read} == {f"jure{number}@example.org" for number in range(40)}
