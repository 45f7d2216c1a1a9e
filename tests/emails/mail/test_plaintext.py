"""The plain-text part: what a person would have typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.emails.mail.bodies import text
from eig_sheets.emails.mail.context import is_blank
from eig_sheets.emails.mail.filters import inline, one_line, quoted

MARKS = st.text(st.sampled_from("aé1 *_`[]()<>&;!#-+=~|\\:/.\"'{}%\n\r\t\u00a0\u202e\u2028@"), max_size=30)
ANYTHING = st.one_of(MARKS, st.text(st.characters(exclude_categories=["Cs"]), max_size=30)).filter(
    lambda typed: not is_blank(typed)
)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Le **mardi 4 mai** à *9 h 30*.", "Le mardi 4 mai à 9 h 30."),
        (r"2\*3, nom\_, \<script>, \[x\](y) et \\", r"2*3, nom_, <script>, [x](y) et \ ".rstrip()),
        ("« Aides »\u202f: 18\u202f375\u00a0€\u202f!", "« Aides »\u202f: 18\u202f375\u00a0€\u202f!"),
        ("A\nB\n\nC\n\n\nD", "A\nB\n\nC\n\nD"),
        ("A\\\nB  \nC", "A\nB\nC"),
        ("    en retrait\n\n- a\n- b\n\nfin", "en retrait\n\n- a\n- b\n\nfin"),
        ("Reste\u202f:\n- a\n* b\n+ c", "Reste\u202f:\n- a\n\n- b\n\n- c".replace("\n\n", "\n")),
        ("2. a\n7. b\n\n   suite\n   - c", "2. a\n7. b\n\n   suite\n   - c"),
        ("1) a\n2) b", "1) a\n2) b"),
        ("- a\n\n- b\n-\n- c", "- a\n\n- b\n-\n- c"),
        ("> a\n> b\n>\n> - c\n\nd", "> a\n> b\n>\n> - c\n\nd"),
        ("> a\n\n> b", "> a\n\n> b"),
        ("# Titre\n\nA\n---\nB", "Titre\n\nA\n---\nB"),
        ("[le site](https://example.org/a?b=1&c=2)", "le site (https://example.org/a?b=1&c=2)"),
        ("<https://example.org>, [a@example.org](mailto:a@example.org)", "https://example.org, a@example.org"),
        ("[https://example.org/é](https://example.org/é)", "https://example.org/é"),
        ("[**nous** écrire](mailto:a@example.org)", "nous écrire (a@example.org)"),
        ("https://example.org/a_b_c et a_b@example.org", "https://example.org/a_b_c et a_b@example.org"),
        ("![le plan](https://example.org/plan.png)", "le plan"),
        ("`a  b`\n\n```\nx\n\n  y\n```", "a  b\n\nx\n\n  y"),
        ("[1]: https://example.org", "[1]: https://example.org"),
        ("<b>gras</b> &amp; &eacute;", "<b>gras</b> & é"),
    ],
)
def test_marks_go_and_lines_stay(markdown, expected):
    assert text(markdown) == expected + "\n"


@given(ANYTHING)
@example("1. a")
@example("- a")
@example("[1]: https://example.org")
@example("    a")
def test_a_value_reads_as_it_was_written(value):
    assert text(inline(value)) == one_line(value).replace("\0", "\ufffd") + "\n"


@given(st.lists(ANYTHING, min_size=1, max_size=4))
def test_a_quotation_keeps_every_line(values):
    typed = "\n".join(map(one_line, values))
    shown = [line.lstrip("> ") for line in text(quoted(typed)).splitlines()]
    assert [_bare(line) for line in shown if _bare(line)] == [_bare(line) for line in typed.splitlines() if _bare(line)]


def _bare(line):
    """The line without the marks that a list normalises."""
    return line.strip().lstrip("-+*> ").strip()


@given(st.lists(st.text(st.sampled_from("aé \u202f:.,’«»"), min_size=1), min_size=1, max_size=5))
def test_a_text_without_marks_is_left_alone(lines):
    typed = "\n\n".join(line.strip() for line in lines if line.strip())
    if typed:
        assert text(typed) == typed + "\n"
