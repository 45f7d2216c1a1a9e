"""What people wrote stays what they wrote: never a template, a header or Markdown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from eig_sheets.emails.mail.context import Context, is_blank
from eig_sheets.emails.mail.filters import inline, one_line, quoted
from eig_sheets.emails.mail.messages import Message
from tests.emails.mail.fictional import TEXTS, message
from tests.features.modules import modules_of_features
from tests.messages import TEMPLATES

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = st.text(st.sampled_from("aé1 *_`[]()<>&;!#-+=~|\\:/.\"'{}%\n\r\t\u00a0\u202e\u2028@"), max_size=30)
ANYTHING = st.one_of(MARKS, st.text(st.characters(exclude_categories=["Cs"]), max_size=30)).filter(
    lambda text: not is_blank(text)
)
FREE_TEXT = (
    "projet", "administration", "porteur_projet", "jure", "campagne", "signature", "dates_jury", "prenom", "nom",
    "mentor", "dates_jury_talents", "projet_retenu", "administration_retenue",
    "lieu_audition", "rendez_vous", "retour", "questions", "candidature", "numero",
    *(name for module in modules_of_features("fictional") for name in module.FREE_TEXT),
)  # fmt: skip
MARKING = {"strong_open", "em_open", "link_open", "image", "html_inline", "code_inline", "s_open"}
EMBEDDED = {"projet": "{{ 7*7 }}{% for x in y %}", "administration": "{{ ''.__class__ }}", "signature": "{# rien #}"}


def _structure(markdown: str) -> list[tuple[str, tuple[str, ...]]]:
    tokens, depth, seen = READER.parse(markdown), 0, []
    for token in tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if depth == 0:
            seen.append((token.type, tuple(child.type for child in token.children or () if child.type in MARKING)))
    return seen


def _read(markdown: str) -> str:
    opening, line, closing = READER.parse(markdown)
    assert (opening.type, line.type, closing.type) == ("paragraph_open", "inline", "paragraph_close")
    assert {child.type for child in line.children} <= {"text", "text_special"}
    return "".join(child.content for child in line.children)


@given(ANYTHING)
@example("[x](https://example.org)")
@example("12. a")
@example("---")
@example("<script>alert(1)</script>")
def test_an_inline_value_is_read_as_it_was_written(text):
    assert _read(inline(text)) == one_line(text).replace("\0", "\ufffd")


@pytest.mark.parametrize(
    "text",
    ["l_etat_civil", "C++ & Co", "2 * 3 < 7", "[EIG] Projet", "#transition", "R&D", "3,5 – 4", "A/B (test) !", "1.5"],
)
def test_ordinary_names_show_no_escape(text):
    assert inline(text) == text


@given(ANYTHING)
def test_a_quotation_holds_only_paragraphs_and_lists(text):
    tokens = READER.parse(quoted(text) + "\n\naprès")
    kinds = [token.type.removesuffix("_open").removesuffix("_close") for token in tokens]
    allowed = {"blockquote", "paragraph", "inline", "bullet_list", "ordered_list", "list_item"}
    assert set(kinds) <= allowed
    assert kinds.count("blockquote") == 2
    assert not {child.type for token in tokens for child in token.children or ()} & MARKING


@given(st.sampled_from(TEMPLATES), st.data())
def test_values_change_neither_the_shape_of_a_message_nor_its_headers(name, data):
    used = [field for field in FREE_TEXT if field in TEXTS[name].placeholders]
    changes = {field: data.draw(ANYTHING, field) for field in used}
    changes |= {"motifs": (data.draw(ANYTHING, "motif"),)}
    sent, plain = message(name, **changes), message(name, **dict.fromkeys(used, "abc"))
    assert isinstance(sent, Message)
    assert isinstance(plain, Message)
    assert len(sent.subject.splitlines()) == 1
    assert (sent.to, sent.cc) == (plain.to, plain.cc)
    assert _structure(sent.body) == _structure(plain.body)


def test_a_value_is_never_a_template():
    sent = message("laureat", **EMBEDDED)
    assert isinstance(sent, Message)
    assert "{{ 7\\*7 }}{% for x in y %}".replace(" %", "\u202f%") in sent.body
    assert "49" not in sent.body
    assert "{{ 7*7 }}" in sent.subject


def test_a_value_adds_no_header():
    sent = message("laureat", projet="Aides\r\nBcc: tout.le.monde@example.org\u2028X-Autre: 1")
    assert isinstance(sent, Message)
    assert "Aides Bcc: tout.le.monde@example.org X-Autre: 1" in sent.subject
    assert sent.cc == ("sacha.petit@example.org", "lou.bernard@example.org")


def test_a_header_hidden_in_an_address_blocks():
    assert not isinstance(message("laureat", email_porteur="a@example.org\nBcc: b@example.org"), Message)


def test_an_endless_name_keeps_the_subject_readable():
    sent = message("laureat", projet="a" * 50_000)
    assert isinstance(sent, Message)
    assert len(sent.subject) == 180
    assert sent.subject.endswith("…")


def test_internal_columns_reach_no_message():
    for name in ("ineligible", "non_retenu"):
        sent = message(name, motif="ZZZ", commentaire="ZZZ")
        assert isinstance(sent, Message)
        assert "ZZZ" not in sent.body + sent.subject


def test_a_list_of_dossiers_is_data_too():
    dossier = Context({"numero": "1", "projet": "**A**\n# B", "administration": "<b>"})
    sent = message("relance_jure", dossiers=(dossier,))
    assert isinstance(sent, Message)
    assert "- n° 1\u202f: \\*\\*A\\*\\* # B – \\<b>\n" in sent.body
