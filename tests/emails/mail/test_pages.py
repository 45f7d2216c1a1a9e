"""The HTML part: what people wrote is text, and nothing is fetched."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.emails.mail.bodies import page
from eig_sheets.emails.mail.filters import inline, one_line, quoted
from tests.emails.mail.html_reader import Seen
from tests.emails.mail.test_plaintext import ANYTHING

SUBJECT = "Votre projet"
FRAME_TAGS = [tag for tag, _ in Seen(page("a", SUBJECT)).tags]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://example.org/pixel.png)",
    "[cliquez](https://example.org)",
    "<https://example.org>",
    "<a@example.org>",
    "[x]: https://example.org",
    "</td></tr></table><h1>x</h1>",
    '" onmouseover="alert(1)',
    "&lt;script&gt;&amp;amp;",
    "<!--[if mso]>",
    "$BODY ${SUBJECT} $$",
]


def seen(markdown: str) -> Seen:
    return Seen(page(markdown, SUBJECT))


@given(ANYTHING, st.sampled_from(["", "avant ", "- ", "> ", "**avant** "]))
@example("1. a", "")
@example("---", "- ")
def test_a_value_shows_as_exactly_that_text(value, before):
    shown = seen(f"{before}{inline(value)}")
    assert shown.lines == [before.strip("*->").replace("** ", " ").lstrip(" ") + one_line(value)]
    assert {tag for tag, _ in shown.tags} - {*FRAME_TAGS} <= {"ul", "li", "blockquote", "strong"}


@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_a_quotation_shows_as_the_same_lines_and_makes_only_paragraphs_and_lists(values):
    typed = "\n".join(map(one_line, values))
    shown = seen(quoted(typed))
    expected = [line for line in map(one_line, typed.splitlines()) if _bare(line)]
    assert [_bare(line) for line in shown.lines if _bare(line)] == [_bare(line) for line in expected]
    assert {tag for tag, _ in shown.tags} <= {
        *FRAME_TAGS,
        "blockquote",
        "table",
        "tr",
        "td",
        "p",
        "br",
        "ul",
        "ol",
        "li",
    }


def _bare(line):
    """The line without the marks of a list, which HTML shows in its own way."""
    return re.sub(r"^(?:(?:[-+*]|\d{1,9}[.)])(?: +|$))+", "", line.strip())


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("write", [inline, quoted])
def test_no_value_becomes_a_tag_a_link_or_an_image(value, write):
    shown = seen(write(value))
    assert shown.lines == [value]
    assert not {"script", "img", "a", "h1"} & {tag for tag, _ in shown.tags}


@given(ANYTHING)
@example("</title><script>alert(1)</script>")
@example("A & B &amp; C")
def test_the_subject_is_only_a_title(subject):
    shown = Seen(page("a", one_line(subject)))
    assert shown.title == one_line(subject)
    assert [tag for tag, _ in shown.tags] == FRAME_TAGS


@given(st.one_of(ANYTHING, st.sampled_from(HOSTILE)))
@example("[x](javascript:alert(1))")
@example("[x](ftp://example.org/a)")
@example("[x](data:text/html;base64,PHN2Zz4=)")
@example("![x](https://example.org/pixel.png)")
@example("<svg onload=alert(1)>")
def test_even_a_template_brings_no_script_no_image_and_no_other_scheme(markdown):
    shown = seen(markdown)
    assert not {"script", "img", "iframe", "object", "form", "svg", "link"} & {tag for tag, _ in shown.tags}
    for _, attributes in shown.tags:
        assert not {name for name in attributes if name.startswith("on") or name == "src"}
        if "href" in attributes:
            assert re.match(r"(https?:|mailto:|tel:|[^:]*$|[^:]*[/?#])", attributes["href"])


def test_html_in_a_template_is_text():
    shown = seen('<p><a href="https://example.org">a</a></p>\n\n<strong>b</strong>')
    assert shown.lines == ['<p><a href="https://example.org">a</a></p>', "<strong>b</strong>"]
    assert not {"a", "strong"} & {tag for tag, _ in shown.tags}


def test_markdown_makes_what_it_says():
    shown = seen(
        "# Titre\n\nLe **4 mai**, *ici*.\nÀ bientôt.\n\n3. a\n7. b\n\n> c\n\n[site](https://example.org/a?b&c)\n\n---"
    )
    assert shown.lines == ["Titre", "Le 4 mai, ici.", "À bientôt.", "a", "b", "c", "site"]
    assert [attributes["value"] for attributes in shown.named("li")] == ["3", "7"]
    assert [attributes["href"] for attributes in shown.named("a")] == ["https://example.org/a?b&c"]
    assert {"h1", "strong", "em", "br", "blockquote", "hr"} <= {tag for tag, _ in shown.tags}


@pytest.mark.parametrize(
    ("markdown", "preview"),
    [
        ("Bonjour Camille,\n\nVotre projet « A & B » est lauréat. Bravo !", "Votre projet « A & B » est lauréat."),
        ("Bonjour,\n\nMerci ! Votre dossier est complet. Suite.", "Merci ! Votre dossier est complet."),
        ("Sans point", "Sans point"),
        ("Bonjour,", ""),
        ("a" * 500, "a" * 140),
    ],
)
def test_lists_of_messages_show_the_first_sentence_after_the_greeting(markdown, preview):
    assert seen(markdown).preview == preview


def test_the_page_says_its_language_its_width_and_that_it_bears_the_dark():
    document = page("a", SUBJECT)
    shown = Seen(document)
    assert shown.named("html") == [{"lang": "fr"}]
    assert {"name": "color-scheme", "content": "light dark"} in shown.named("meta")
    assert {"name": "supported-color-schemes", "content": "light dark"} in shown.named("meta")
    assert [table["width"] for table in shown.named("table")] == ["100%", "600"]
    assert {table["role"] for table in shown.named("table")} == {"presentation"}
    assert "@media (prefers-color-scheme: dark)" in document
    assert "http" not in document
    assert "url(" not in document
