"""What people typed is text wherever it comes up: it makes no tag, closes none, and runs nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eig_sheets.workbook import values
from eig_sheets.workbook.fields import Kind
from tests.call.report.reader import Seen
from tests.call.report.support import case, rules
from tests.effort import examples, first
from tests.workbook.snapshots import SCHEMA, dossier, evaluation, juror

MARKS = st.text(st.sampled_from("a<>&\"'/=!-{}%#;\\`$ \n\u2028\u2029\u202e\u00a0é"), min_size=1, max_size=25)
TYPED = st.one_of(MARKS, st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=25))
ATTACKS = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--", "-->",
    "{{ 7*7 }}{% raw %}", "]]>", "' onmouseover='alert(1)", "&lt;b&gt;", "</style>", "</q></li>",
    "<!-- eig-sheets sha256:",
)  # fmt: skip
FIELDS = {
    tab: [field.id for field in SCHEMA.tab(tab).fields if field.kind is Kind.TEXT and not field.required]
    for tab in ("candidatures", "jury", "evaluations")
}


def page(text):
    typed = {tab: dict.fromkeys(fields, text) for tab, fields in FIELDS.items()}
    # Signed: whether what is typed names another carrier, whose convention is awaited, is no matter of tags.
    rows = [
        dossier("1", convention="oui", type_porteur="Administration centrale", **typed["candidatures"]),
        dossier("2"),
    ]
    # An organisation of its own: a juror of the dossier's own organisation does not count.
    jurors = [juror("ada", **typed["jury"] | {"organisation": "Autre"}), juror("bob")]
    given_ = [evaluation(numero, name, **typed["evaluations"]) for numero in ("1", "2") for name in ("ada", "bob")]
    return case(rows, jurors, given_).page


def skeleton(seen):
    """The tags, with their attributes but the titles that people gave."""
    return [(name, sorted(attributes)) for name, attributes in seen.tags]


PLAIN = skeleton(Seen(page("mot")))


def test_every_kind_of_text_is_tried():
    assert {"projet", "resume", "commentaire", "fiche"} <= set(FIELDS["candidatures"])
    assert {"nom", "groupe"} <= set(FIELDS["jury"])
    assert "commentaire" in FIELDS["evaluations"]


@pytest.mark.parametrize("text", first(4, ATTACKS))
def test_a_known_attack_is_text(text):
    check(text)


@pytest.mark.slow
@settings(max_examples=examples(8))
@given(TYPED)
@example("mot")
def test_any_text_is_text(text):
    check(text)


def check(text):
    seen, read = Seen(page(text)), as_read(text)
    names = {project["name"] for project in seen.data["projects"]}
    assert names == {read or "Dossier 1", "Projet 2"}
    if read:
        assert skeleton(seen) == PLAIN
        assert "".join(part for tag, part in seen.texts if tag == "q") == 4 * read


def as_read(text):
    """The text as a cell of a text column is read: blanks around it mean nothing."""
    return values.text(text) or ""


@pytest.mark.slow
@pytest.mark.parametrize("text", first(1, ATTACKS))
def test_so_is_that_of_what_hangs_on_little(text):
    """A juror alone lifts a project within the only place: both are named in the table of trials."""

    def seen(text):
        rows = [dossier("1", projet=text), dossier("2")]
        given_ = [evaluation("1", "ada", *[4] * 5), evaluation("1", "bob", *[2] * 5), evaluation("2", "bob")]
        jurors = [juror("ada", nom=text), juror("bob")]
        call = case(rows, jurors, given_, rules(campaign={"target": 1}))
        assert call.view.sensitivity.moving[0].label == f"Sans {as_read(text)}"
        return Seen(call.page)

    attacked, plain = seen(text), seen("mot")
    assert skeleton(attacked) == skeleton(plain)
    assert f"Sans {as_read(text)}" in [part for tag, part in attacked.texts if tag == "th"]


@pytest.mark.parametrize("numero", ['1"><b>', "<2>", "3</script>", "4'&"])
def test_a_number_of_a_dossier_too(numero):
    made = case([dossier(numero)], [juror("ada")], [evaluation(numero, "ada")]).page
    seen = Seen(made)
    assert [article["data-n"] for article in seen.of("article")] == [numero]
    assert [project["n"] for project in seen.data["projects"]] == [numero]
    assert "b" not in seen.names
