"""Whether the jury can deliberate: what is missing, who steps aside, what hangs on one juror; for the presidency."""

from __future__ import annotations

from eig_sheets.call.report.audience import JURY, PRESIDENCY
from tests.call.report.reader import Seen
from tests.call.report.support import case, drawn, rules
from tests.columns import cell_of
from tests.workbook.snapshots import dossier, evaluation, juror

TWO = rules(campaign={"target": 1}, scoring={"min_reviews": 2})
DOSSIERS = [dossier("101", projet="Aube"), dossier("102", projet="Brume")]
ADA_AND_BOB = [juror("ada", declaration="oui"), juror("bob", declaration="oui")]


def scored(numero, name, note, **others):
    return evaluation(numero, name, note, note, note, note, note, **others)


BOTH = [scored("101", "ada", 4), scored("101", "bob", 4)]


def ready(dossiers, evaluations, jurors=ADA_AND_BOB, campaign=TWO):
    return case(dossiers, jurors, evaluations, campaign).view_for(PRESIDENCY).readiness


def plain(sentences):
    return [sentence.replace("\u202f", " ") for sentence in sentences]


def test_nothing_is_open_where_everything_came_and_counts():
    everything = [scored(numero, name, note) for numero, note in (("101", 4), ("102", 1)) for name in ("ada", "bob")]
    found = ready(DOSSIERS, everything)
    assert (found.settle, found.missing, found.aside, found.hanging) == ((), (), (), ())
    assert found.verdict.replace("\u202f", " ") == "Oui : rien de ce qui a été reçu n’est en suspens."


def test_what_is_missing_is_named_and_holds_nobody():
    found = ready(DOSSIERS, [*BOTH, scored("102", "ada", 1), scored("102", "bob", None)])
    assert plain(found.missing) == [
        "1 évaluation manque : Bob (1).",
        "1 dossier a moins de 2 évaluations complètes : Brume (1).",
    ]
    assert (found.settle, found.verdict.startswith("Oui")) == ((), True)


def test_what_was_received_and_does_not_count_is_settled_first_with_its_cell():
    """A note that cannot be read is not a note that never came."""
    odd = evaluation("102", "bob", "bof", 2, 2, 2, 2)
    found = ready(DOSSIERS, [*BOTH, scored("102", "ada", 1), odd])
    assert found.verdict.startswith("Pas encore")
    [told] = plain(found.settle)
    assert told.startswith("Évaluation reçue qui ne compte pas : Brume – Bob. Évaluations!")
    assert cell_of("evaluations", "pertinence", 5) in told


def test_a_dossier_that_is_left_aside_is_settled_first():
    twice = [*DOSSIERS, dossier("103", projet="Cime"), dossier("103", projet="Cime")]
    assert "Dossier laissé de côté : Cime. Candidatures!" in plain(ready(twice, [scored("101", "ada", 4)]).settle)[0]


def test_a_cause_of_many_is_named_twelve_times_and_counted_beyond():
    twice = [dossier(str(200 + place), projet="Cime") for place in range(15) for _ in "ab"]
    left = [sentence for sentence in plain(ready([*DOSSIERS, *twice], BOTH).settle) if "laissé de côté" in sentence]
    assert (len(left), left[-1]) == (13, "Dossier laissé de côté : 3 autres.")


def test_a_recusal_that_nobody_can_read_is_settled_first():
    """It may be a déport: the jury does not deliberate on a doubt."""
    jurors = [juror("ada", deports="Ministere de la Brumme"), juror("bob")]
    host = dossier("102", projet="Brume", administration="Ministère de la Brume")
    found = ready([DOSSIERS[0], host], BOTH, jurors)
    assert found.verdict.startswith("Pas encore")
    unreadable = cell_of("jury", "deports", 2)
    assert any("à trancher" in sentence and unreadable in sentence for sentence in plain(found.settle))


def test_who_steps_aside_is_named_beside_each_dossier():
    jurors = [juror("ada"), juror("bob", deports="102"), juror("chloe")]
    notes = [scored("101", "ada", 4), scored("101", "bob", 3), scored("102", "ada", 2), scored("102", "chloe", 2)]
    assert ready(DOSSIERS, notes, jurors).aside == (("Brume", ("Bob",)),)


def test_a_dossier_that_nobody_scored_yet_is_not_forgotten():
    """It has no rank: it is what is missing most."""
    jurors = [juror("ada"), juror("bob", deports="102")]
    found = ready(DOSSIERS, BOTH, jurors)
    assert "1 dossier a moins de 2 évaluations complètes : Brume (0)." in plain(found.missing)
    assert found.aside == (("Brume", ("Bob",)),)


def test_places_that_hang_on_one_juror_are_told_with_who_enters_and_who_leaves():
    notes = [scored("101", "ada", 4), scored("101", "bob", 2), scored("102", "ada", 2), scored("102", "bob", 3)]
    assert plain(ready(DOSSIERS, notes).hanging) == ["Sans Ada : Brume entre et Aube sort."]


def test_what_hangs_on_a_criterion_hangs_on_no_juror():
    """Without the first criterion the other one would be in; without either juror, the same one is."""
    first = (evaluation("101", name, 4, 2, 2, 2, 2) for name in ("ada", "bob"))
    second = (evaluation("102", name, 1, 3, 2, 2, 2) for name in ("ada", "bob"))
    called = case(DOSSIERS, ADA_AND_BOB, [*first, *second], TWO).view_for(PRESIDENCY)
    assert called.sensitivity.moving != ()
    assert called.readiness.hanging == ()


def test_the_presidency_alone_reads_it():
    drawn_case = case(*drawn(6))
    assert drawn_case.view_for(JURY).readiness is None
    assert "Le jury peut-il délibérer" not in drawn_case.page
    seen = Seen(drawn_case.page_for(PRESIDENCY))
    assert "Le jury peut-il délibérer" in seen.text
    assert "Ce qui tient à un seul juré" in seen.text
