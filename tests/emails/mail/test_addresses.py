"""Addresses as people type them, and what is said of those that are none."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.emails.mail.addresses import Address, AddressError, addresses, checked
from eig_sheets.emails.mail.messages import is_address
from eig_sheets.text.french import typographic

CAMILLE, SACHA = "camille.durand@example.org", "sacha.petit@example.org"
TYPED = st.text(st.sampled_from("aé1 @.-_+<>\",;:()[]\\'\n\r\t\u200b\u00a0\u202e"), max_size=20)
WORD = st.text(st.sampled_from("aB1-_+."), min_size=1, max_size=8)


def one(text, **options):
    (address,) = addresses(text, **options)
    return address


@pytest.mark.parametrize(
    "text",
    [
        f"{CAMILLE} ; {SACHA}",
        f"{CAMILLE};{SACHA};",
        f"{CAMILLE}, {SACHA}",
        f"{CAMILLE}\n{SACHA}\n",
        f"{CAMILLE}\r\n\r\n{SACHA}",
        f"{CAMILLE}\u2028{SACHA}",
        f" <{CAMILLE}>, mailto:{SACHA} ",
        f"\ufeff{CAMILLE}\u00a0; \u200b{SACHA}\u202c",
        f"{CAMILLE} ; {SACHA}, {CAMILLE.title()}",
    ],
)
def test_several_addresses_are_separated_and_each_is_listed_once(text):
    assert [address.wire for address in addresses(text)] == [CAMILLE, SACHA]


@pytest.mark.parametrize("text", ["", " ", "\n", " ; ,\n;"])
def test_no_address_is_none(text):
    assert addresses(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"Camille Durand <{CAMILLE}>", ["Camille Durand"]),
        (f"Durand, Camille <{CAMILLE}>", ["Durand, Camille"]),
        (f"Durand, Camille <{CAMILLE}>, Petit, Sacha <{SACHA}>", ["Durand, Camille", "Petit, Sacha"]),
        (f'"Durand ; Camille, DSI" <{CAMILLE}>; {SACHA}', ["Durand ; Camille, DSI", ""]),
        (f"Élodie\u00a0« L’équipe »<{CAMILLE}>\n{SACHA}", ["Élodie « L’équipe »", ""]),
        (f"{SACHA} <{CAMILLE}>", [SACHA]),
    ],
)
def test_a_name_goes_with_its_address(text, names):
    read = addresses(text)
    assert [person.name for person in read] == names
    assert [person.wire for person in read] == [CAMILLE, SACHA][: len(names)]


def test_a_domain_with_accents_is_read_as_it_is_and_travels_in_punycode():
    assert one("Contact@Évêché.Example.org") == Address(
        "", "Contact@évêché.example.org", "Contact@xn--vch-9ladd.example.org"
    )
    assert one("contact@xn--vch-9ladd.example.org").address == "contact@évêché.example.org"


def test_accents_before_the_sign_wait_for_a_server_that_takes_them():
    with pytest.raises(AddressError, match="les lettres accentuées avant «\u202f@\u202f» ne passent pas partout"):
        checked("élodie@example.org")
    assert checked("élodie@example.org", accents=True) == "élodie@example.org"
    assert one("élodie@évêché.fr", accents=True).wire == "élodie@xn--vch-9ladd.fr"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "il n’y a rien"),
        ("camille", "il manque « @ »"),
        ("camille durand@example.org", "un espace n’y a pas sa place"),
        ("camille@example.org, sacha@example.org", "« , » n’y a pas sa place"),
        ("<camille@example.org>", "« < » n’y a pas sa place"),
        ("camille@@example.org", "elle contient plusieurs « @ »"),
        ("@example.org", "il manque ce qui précède « @ »"),
        ("camille@", "il manque ce qui suit « @ »"),
        ("camille@example", "le domaine « example » est incomplet (exemple : example.org)"),
        ("camille..durand@example.org", "deux points s’y suivent"),
        (".camille@example.org", "un point est mal placé"),
        ("camille.@example.org", "un point est mal placé"),
        ("camille@example.org.", "un point est mal placé"),
        ("camille\u200b@example.org", "elle contient un caractère invisible"),
        ("a" * 65 + "@example.org", "ce qui précède « @ » a plus de 64 caractères"),
        ("camille@xn--é.fr", "vérifiez-la"),
        ("camille@-example.org", "vérifiez-la"),
    ],
)
def test_what_is_wrong_is_reported_and_quoted(text, wrong):
    with pytest.raises(AddressError) as refused:
        checked(text)
    assert str(refused.value) == typographic(f"« {text} » n’est pas une adresse valable : {wrong}.")
    assert not is_address(text)


def test_the_one_that_is_wrong_among_several_is_named():
    with pytest.raises(AddressError, match="«\u202fsacha\u202f»"):
        addresses(f"{CAMILLE} ; sacha, {SACHA}")


def test_an_endless_text_is_quoted_briefly():
    with pytest.raises(AddressError) as refused:
        addresses("a" * 50_000)
    assert len(str(refused.value)) < 150


@given(st.one_of(TYPED, st.builds("{}@{}.{}".format, WORD, WORD, WORD)))
@example("a@b.org\nBcc: c@d.org")
def test_what_is_accepted_is_an_address_and_nothing_else(text):
    try:
        address = checked(text)
    except AddressError:
        assert not is_address(text)
    else:
        assert is_address(text)
        assert len(address.splitlines()) == 1
        assert address.isprintable()
        assert (address.count("@"), address.count(" ")) == (1, 0)
        assert checked(address) == address
        assert addresses(address) == addresses(text)


@given(st.builds("{}@{}.{}".format, WORD, WORD, WORD))
@example("a@b-c.org")
@example("a@xn--vch-9ladd.fr")
@example("a@ab--cd.fr")
@example("A@B.ORG")
def test_the_short_way_says_what_the_library_says(text):
    try:
        expected = validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        expected = None
    assert (checked(text) if is_address(text) else None) == expected


@pytest.mark.parametrize("address", ["a@exemple.invalid", "a@serveur.local"])
def test_reserved_test_domains_are_accepted(address):
    assert checked(address) == address


@given(TYPED)
def test_whatever_is_typed_gives_addresses_or_a_sentence_that_says_why(text):
    read, why = [], "« aucune »"
    try:
        read = addresses(text)
    except AddressError as refused:
        why = str(refused)
    assert (why[0], len(why.splitlines())) == ("«", 1)
    for person in read:
        assert person.wire.isascii()
        assert len(f"{person.name}{person.address}".splitlines()) == 1
        assert is_address(person.address)
