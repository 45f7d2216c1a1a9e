"""What changed between two runs is told: what, on which side of a deadline, whose row it is, and why a rank moved."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.report.ranking_inputs import differences
from eig_sheets.run.history.moves import moves
from tests.call.report.support import drawn
from tests.columns import CRITERIA, cell_of
from tests.effort import examples
from tests.run.history.runs import CALL, KEY, content, lines, shown
from tests.workbook.snapshots import EIG5, dossier, evaluation, juror

FIRST, SECOND, THIRD = CRITERIA[:3]
DAY = timedelta(days=1)


def book(*scores: float):
    """Dossiers 1, 2, 3… that two jurors score alike, with one score for all criteria."""
    numbers = [str(number) for number in range(1, len(scores) + 1)]
    given_ = [
        evaluation(number, name, *[score] * len(CRITERIA))
        for number, score in zip(numbers, scores, strict=True)
        for name in ("ada", "bob")
    ]
    return [dossier(number) for number in numbers], [juror("ada"), juror("bob")], given_


def changed(before, **parts):
    """The same book, whose dossiers, jurors or evaluations a function changed."""
    names = ("dossiers", "jurors", "evaluations")
    after = tuple(copy.deepcopy([*rows]) for rows in before)
    for name, change in parts.items():
        change(after[names.index(name)])
    return after


def test_nothing_changed():
    same = content(book(4, 3, 2))
    assert lines(same, same) == []


def test_a_dossier_more_and_one_less():
    before = book(4, 3, 2)
    after = changed(before, dossiers=lambda rows: (rows.pop(), rows.append(dossier("9"))))
    told = lines(content(before), content(after))
    assert shown(told[:2], "kind", "dossier", "what") == [
        ("dossier", "9", "nouveau dossier"),
        ("dossier", "3", "dossier retiré"),
    ]


@pytest.mark.slow
def test_an_answer_that_is_no_person_s_is_told_from_and_to_with_its_cell():
    before = book(4, 3)
    after = changed(before, dossiers=lambda rows: rows[0].update(nombre_eig=1.0))
    [answer, *_] = lines(content(before), content(after), today=after)
    assert answer == {
        "kind": "réponse",
        "dossier": "1",
        "what": "Nombre d’EIG demandés",
        "from": 2,
        "to": 1,
        "when": "après la clôture",
        "juror": None,
        "cell": f"Candidatures!{cell_of('candidatures', 'nombre_eig', 2)}",
        "why": "",
    }


@pytest.mark.parametrize(
    ("field", "value"), [("preselection", "Présélectionné"), ("decision", "Lauréat"), ("commentaire", "À revoir")]
)
def test_what_officers_type_is_no_answer_and_no_deadline_bears_on_it(field, value):
    before = book(4, 3)
    after = changed(before, dossiers=lambda rows: rows[0].update({field: value}))
    told = lines(content(before), content(after), today=after)
    assert shown(told, "kind", "dossier", "when")[0] == ("saisie de l’équipe", "1", None)
    assert "réponse" not in [line["kind"] for line in told]
    assert told[0]["cell"] == f"Candidatures!{cell_of('candidatures', field, 2)}"


@pytest.mark.parametrize("field", ["mentor", "projet", "resume", "email_porteur"])
def test_of_an_answer_that_may_be_personal_only_that_it_changed(field):
    before = book(4, 3)
    after = changed(before, dossiers=lambda rows: rows[1].update({field: "zoe.quidam@example.org"}))
    told = [line for line in lines(content(before), content(after), today=after) if line["kind"] == "réponse"]
    assert shown(told, "dossier", "from", "to") == [("2", None, None)]
    assert told[0]["why"].startswith("A changé")
    assert "quidam" not in str(lines(content(before), content(after)))


def test_a_note_is_told_from_and_to_with_whose_row_it_is():
    before = book(4, 3)
    after = changed(before, evaluations=lambda rows: rows[1].update({SECOND: 1.0}))
    told = lines(content(before), content(after), today=after)
    note = told[0]
    assert (note["kind"], note["dossier"], note["from"], note["to"]) == ("note", "1", 4, 1)
    assert (note["juror"], note["when"]) == ("bob@jury.example", "après la clôture")
    assert note["cell"] == f"Évaluations!{cell_of('evaluations', SECOND, 3)}"
    assert note["what"] == EIG5.labels[SECOND]


def test_a_juror_whom_the_workbook_does_not_name_any_more_has_a_pseudonym():
    before = book(4, 3)
    after = changed(before, evaluations=lambda rows: rows[0].update({FIRST: "NSP"}))
    emptied = changed(after, evaluations=lambda rows: [row.update(jure="jure-1@example.org") for row in rows[::2]])
    [note, *_] = lines(content(before), content(after), today=emptied)
    assert (note["juror"], note["cell"], note["from"], note["to"]) == (None, None, 4, "NSP")
    assert note["why"].startswith("Juré que le classeur ne nomme plus")


def test_pseudonyms_of_another_key_are_not_compared():
    before = book(4, 3)
    assert lines(content(before), content(before, key=b"x" * 32)) == []


@pytest.mark.slow
def test_ranks_move_for_their_own_notes_or_those_of_others():
    before = book(4, 3, 2)
    after = changed(before, evaluations=lambda rows: [row.update(dict.fromkeys(CRITERIA, 3.5)) for row in rows[4:]])
    ranks = [line for line in lines(content(before), content(after)) if line["kind"] == "rang"]
    assert shown(ranks, "dossier", "from", "to", "why") == [
        ("3", 3, 2, "Ses notes (note 10,00 → 17,50)\u202f: 3 → 2."),
        ("2", 2, 3, "Les notes d’autres dossiers (3)\u202f: 2 → 3."),
    ]


@pytest.mark.slow
def test_ranks_move_for_a_dossier_that_withdraws():
    before = book(4, 3, 2)
    after = changed(before, dossiers=lambda rows: rows[0].update(decision="Désisté"))
    ranks = [line for line in lines(content(before), content(after)) if line["kind"] == "rang"]
    assert shown(ranks, "dossier", "from", "to") == [("2", 2, 1), ("3", 3, 2), ("1", 1, None)]
    assert ranks[0]["why"] == "D’autres dossiers, classés ou non (1)\u202f: 2 → 1."
    assert ranks[-1]["why"].startswith("Son éligibilité, sa présélection ou sa décision (non classé")


@pytest.mark.slow
def test_ranks_move_for_a_rule():
    weighted = EIG5.criteria[0].model_copy(update={"weight": 50.0})
    other = EIG5.model_copy(update={"criteria": (weighted, *EIG5.criteria[1:])}).set_path(EIG5.path)
    scores = ((4, 2, 2, 2, 2), (2, 4, 4, 4, 4))
    given_ = [evaluation(str(place), name, *notes) for place, notes in enumerate(scores, 1) for name in ("ada", "bob")]
    own = [dossier("1"), dossier("2")], [juror("ada"), juror("bob")], given_
    told = lines(content(own), content(own, other))
    assert shown(told, "kind", "what", "from", "to")[0] == ("règle", f"criteria.{FIRST}", 1, 50)
    assert [line["why"] for line in told if line["kind"] == "rang"] == [
        f"Règles changées (criteria.{FIRST})\u202f: {ranks}." for ranks in ("2 → 1", "1 → 2")
    ]


def test_a_run_of_another_version_is_compared_all_the_same():
    before, after = content(book(4, 3)), content(book(3, 4))
    before["ranking_rules"]["of_another_version"] = 1
    ranks = [line for line in lines(before, after) if line["kind"] == "rang"]
    assert [line["why"][:32] for line in ranks] == ["Cette version du programme ne sa"] * 2


@pytest.mark.parametrize(
    ("at", "when"),
    [
        ((CALL - 2 * DAY, CALL - DAY), "avant la clôture"),
        ((CALL - DAY, CALL + DAY), "autour de la clôture"),
        ((CALL + DAY, CALL + 2 * DAY), "après la clôture"),
    ],
)
def test_an_answer_is_told_on_its_side_of_the_deadline(at, when):
    before = book(4)
    after = changed(before, dossiers=lambda rows: rows[0].update(nombre_eig=1.0))
    assert [line["when"] for line in lines(content(before), content(after), at=at) if line["kind"] == "réponse"] == [
        when
    ]


def test_runs_in_between_tell_what_came_before_the_deadline():
    first = book(4)
    second = changed(first, dossiers=lambda rows: rows[0].update(nombre_eig=1.0))
    last = changed(second, dossiers=lambda rows: rows[0].update(demande_cofinancement="non"))
    at = (CALL - 2 * DAY, CALL - DAY, CALL + DAY, CALL + 2 * DAY)
    compared = lines(content(first), content(second), content(second), content(last), at=at)
    told = shown([line for line in compared if line["kind"] == "réponse"], "what", "when")
    assert told == [
        ("nombre_eig", "avant la clôture"),
        ("demande_cofinancement", "après la clôture"),
    ]


DOSSIERS, JURORS, GIVEN = drawn(6)
SCORES = st.sampled_from([0.0, 1.0, 2.5, 4.0, "NSP", None, "illisible"])
ACTS = st.one_of(
    st.tuples(st.just("score"), st.integers(0, 99), st.sampled_from(CRITERIA), SCORES),
    st.tuples(
        st.just("field"),
        st.integers(0, 99),
        st.sampled_from(["decision", "preselection", "nombre_eig", "mentor", "date_depot", "numero", "convention"]),
        st.sampled_from(["Lauréat", "Désisté", "Écarté", 1.0, 9.0, None, "Zoé Quidam", datetime(2031, 1, 1)]),
    ),
    st.tuples(st.just("déport"), st.integers(0, 99), st.just("deport"), st.sampled_from(["oui", None])),
    st.tuples(st.just("drop a review"), st.integers(0, 99), st.just(""), st.none()),
    st.tuples(st.just("drop a dossier"), st.integers(0, 99), st.just(""), st.none()),
    st.tuples(st.just("add a dossier"), st.integers(0, 99), st.just(""), st.none()),
)


def done(acts):
    dossiers, jurors, reviews = (copy.deepcopy([*rows]) for rows in (DOSSIERS, JURORS, GIVEN))
    for what, place, field, value in acts:
        if what in ("score", "déport"):
            reviews[place % len(reviews)][field] = value
        elif what == "field":
            dossiers[place % len(dossiers)][field] = value
        elif what == "add a dossier":
            dossiers.append(dossier(f"77{place}", projet="Zoé Quidam"))
        else:
            rows = reviews if what == "drop a review" else dossiers
            del rows[place % len(rows)]
    return dossiers, jurors, reviews


@pytest.mark.slow
@settings(max_examples=examples(2, 16))
@given(st.lists(ACTS, max_size=5), st.lists(ACTS, max_size=5))
def test_whatever_people_do_between_two_runs_every_rank_that_moved_has_its_reason(first, then):
    before, after = content(done(first)), content(done(then))
    assert differences(before) == differences(after) == []
    for move in moves(before, after):
        ranks = [move.before, *(rank for _, _, rank in move.steps)]
        assert [rank for _, rank, _ in move.steps] == ranks[:-1]
        assert ranks[-1] == move.after
        assert len(move.steps) > 0
    told = lines(before, after, today=done(then))
    assert (told == []) == (_without_texts(before) == _without_texts(after))
    assert "Zo" not in str(told)


def _without_texts(kept):
    return {name: kept[name] for name in ("dossiers", "evaluations", "ranking", "answers", "cofinancing", "jurors")}


@pytest.mark.slow
def test_it_names_nobody():
    marked = done([("field", 1, "mentor", "Zoé Quidam"), ("add a dossier", 3, "", None)])
    for rows in marked:
        for row in rows:
            row.update(commentaire="Quidam", motif="Quidam", retour="Quidam", questions="Quidam", groupe="Quidam")
    text = str(content(marked))
    assert [word for word in ("Quidam", "@", "ada", "Projet", "phares", "Amer", "fiche.pdf") if word in text] == []


def test_the_same_run_has_the_same_bytes_and_two_keys_no_pseudonym_in_common():
    own, others = content(book(4, 3)), content(book(4, 3), key=b"x" * 32)
    assert content(book(4, 3)) == own
    assert {*own["jurors"].values()}.isdisjoint(others["jurors"].values())
    assert KEY.hex() not in str(own)
