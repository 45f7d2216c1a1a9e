"""A file that is not TOML: the line, what is wrong there and what to do, in French; no value is repeated but a date."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets import config, loading
from eig_sheets.config import ConfigError
from eig_sheets.text.french import typographic

TEXT = config.packaged().read_text(encoding="utf-8")
SECRET = "c0rrect-horse"
PARSER = ("nvalid", "xpected", "annot", "nclosed", "nterminated", "document", "tatement", "hex ", "namespace")
"""What the parser's own words have in them."""


def said(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        loading.load(path)
    message = str(caught.value)
    assert message == typographic(message)
    return message.replace("\u202f", " ")


TWICE = "cette partie, ou une clé de ce nom, est déjà donnée plus haut : gardez-en une"
UNCLOSED = "un texte n’est pas fermé : ajoutez le guillemet qui manque"
BACKSLASH = "dans un texte, « \\ » s’écrit « \\\\ » ; dans un chemin, écrivez plutôt « / »"
PLAIN = 'un texte s’écrit entre guillemets droits ("), une date comme 2021-02-01, un nombre comme 1.5'
NOTHING = "il faut une clé et sa valeur (clé = valeur), une [partie] ou un commentaire (#)"
COMMA = "ou la virgule qui manque"
LEFT = 'il y a quelque chose de trop après la valeur : une clé par ligne, un texte entre guillemets droits (")'


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("a = 2021-02-30", "ligne 2, colonne 5 : la date 2021-02-30 n’existe pas : corrigez-la"),
        ("a = [2021-04-01, 2021-04-31]", "ligne 2, colonne 18 : la date 2021-04-31 n’existe pas : corrigez-la"),
        ("a = 2021-13-01", "ligne 2, colonne 9 : la date 2021-13-01 n’existe pas, ou ne s’écrit pas comme 2021-02-01"),
        ("a = 2021-2-1", "ligne 2, colonne 9 : la date 2021-2-1 n’existe pas, ou ne s’écrit pas comme 2021-02-01"),
        ("a = 1/02/2021", "ligne 2, colonne 6 : la date 1/02/2021 n’existe pas, ou ne s’écrit pas comme 2021-02-01"),
        ("b = 1\nb = 2", "ligne 3, colonne 6 : la clé « b » est déjà donnée plus haut : gardez-en une"),
        ("b = 1\nb = [\n  2,\n]", "ligne 5, colonne 2 : la clé « b » est déjà donnée plus haut : gardez-en une"),
        ("[x]\n[x]", f"ligne 3, colonne 3 : {TWICE}"),
        ("x = 1\n[x]", f"ligne 3, colonne 3 : {TWICE}"),
        ("x = {a = 1}\n[x.b]", f"ligne 3, colonne 5 : {TWICE}"),
        ("x = {a = 1, a = 2}", "ligne 2, colonne 18 : une clé est donnée deux fois entre accolades : gardez-en une"),
        ("a = 1,5", "ligne 2, colonne 6 : un nombre s’écrit avec un point (1.5), sans virgule"),
        ("a = 1 200 000", "ligne 2, colonne 7 : un nombre s’écrit sans espace (1200000)"),
        ("a = True", "ligne 2, colonne 5 : true et false s’écrivent en minuscules"),
        ("a =", "ligne 2, colonne 4 : il manque une valeur après « a = »"),
        ("a = # plus tard", "ligne 2, colonne 5 : il manque une valeur après « a = »"),
        (f"a = {SECRET}", f"ligne 2, colonne 5 : {PLAIN}"),
        (f"a = “{SECRET}”", f"ligne 2, colonne 5 : {PLAIN}"),
        (f'a = "un" {SECRET}', f"ligne 2, colonne 10 : {LEFT}"),
        ("a 1", "ligne 2, colonne 3 : il manque « = » entre la clé et sa valeur"),
        ("[x", "ligne 2, colonne 3 : il manque un crochet fermant (]) au nom de cette partie"),
        ("[[x]", "ligne 2, colonne 4 : il manque un crochet fermant (]) au nom de cette partie"),
        ("[é]", "ligne 2, colonne 2 : une clé n’a que des lettres sans accent, des chiffres, « _ » et « - »"),
        ("é = 1", f"ligne 2, colonne 1 : {NOTHING}"),
        ("a = [1, 2\nb = 3", f"ligne 3, colonne 1 : une liste n’est pas fermée : ajoutez le crochet (]) {COMMA}"),
        ("a = {b = 1", f"ligne 2, colonne 11 : une table n’est pas fermée : ajoutez l’accolade (}}) {COMMA}"),
        (f'a = "{SECRET}', f"ligne 2, colonne {6 + len(SECRET)} : {UNCLOSED}"),
        (f"a = '{SECRET}\nb = 1", f"ligne 2 : {UNCLOSED}"),
        (f"a = '{SECRET}\nb = 'texte'", f"ligne 2, colonne {6 + len(SECRET)} : {UNCLOSED}"),
        ('a = "C:\\Users"', f"ligne 2, colonne 10 : {BACKSLASH}"),
        ('a = "C:\\Programmes"', f"ligne 2, colonne 10 : {BACKSLASH}"),
        ('a = "\\ud800"', f"ligne 2, colonne 12 : {BACKSLASH}"),
        ('a = "\x07"', "ligne 2, colonne 6 : il y a un caractère interdit : effacez-le"),
        ("# \x07", "ligne 2, colonne 3 : il y a un caractère interdit : effacez-le"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(tmp_path, line, wrong):
    path = tmp_path / "campaign.toml"
    told = said(path, f"# Campagne\n{line}\n")
    assert told == f"{path} n’est pas un fichier TOML valable, {wrong}."
    assert SECRET not in told


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_text_of_several_lines_that_is_never_closed(tmp_path, quotes):
    path = tmp_path / "campaign.toml"
    told = said(path, f"b = 1\na = {quotes}\n{SECRET}\n")
    assert told == f"{path} n’est pas un fichier TOML valable, ligne 2 : {UNCLOSED}."


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000])
def test_what_the_parser_itself_gives_up(tmp_path, value):
    assert "configuration refusée" in said(tmp_path / "campaign.toml", f"a = {value}")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text(TEXT, encoding="utf-8-sig")
    assert loading.load(path).campaign == loading.load(config.packaged()).campaign
    assert config.sources(path) == config.sources(config.packaged())


SLIPS = st.sampled_from([*"\"'[]{}=\\\n,é\x00", "2021-02-30"])


@given(st.integers(0, len(TEXT)), SLIPS)
@example(0, "=")
@example(TEXT.index('"mean"') + 1, "'")  # whose remedy names « expected_rank », no word of the parser
def test_a_slip_anywhere_is_never_told_in_english(tmp_path_factory, place, slip):
    path = tmp_path_factory.getbasetemp() / "slip.toml"
    path.write_text(TEXT[:place] + slip + TEXT[place:], encoding="utf-8")
    told = ""
    try:
        loading.load(path)
    except ConfigError as error:
        told = str(error)
    assert not [word for word in PARSER if word in told.replace("expected_rank", "")]
