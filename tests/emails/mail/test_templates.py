"""Templates are checked whole before any message is written: file, line, what, closest known name."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.emails.mail.templates import TemplateError, load
from eig_sheets.text.french import typographic
from tests.emails.mail.fictional import VALUES, WORDS, cell

HEAD = '+++\nsubject = "Bonjour"\nto = ["email_porteur"]\nwhen = "Toujours."\n+++\n'


def _refused(folder, text: str, needed=()) -> list[str]:
    (folder / "essai.md").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as error:
        load(folder, WORDS, needed)
    title, *lines = str(error.value).split("\n")
    assert title.startswith("Modèles d’e-mails refusés (")
    return [line.replace("\u202f", " ").replace(f"  • {folder / 'essai.md'}, ligne ", "") for line in lines]


def _made(folder, body: str, **values: object) -> Message | Blocked:
    (folder / "essai.md").write_text(HEAD + body, encoding="utf-8")
    return compose(load(folder, WORDS)["essai"], Context(VALUES | values, cell))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{{ projets }}", "6 : nom inconnu « projets » ; vouliez-vous dire « projet » ?"),
        ("\n\n{{ nom_du_projet }}", "8 : nom inconnu « nom_du_projet » ; vouliez-vous dire « projet » ?"),
        ("{{ xyz }}", "6 : nom inconnu « xyz »."),
        ("{{ commentaire }}", "6 : « commentaire » est une colonne interne : elle ne peut figurer dans aucun e-mail."),
        (
            "{% if motif %}a{% endif %}",
            "6 : « motif » est une colonne interne : elle ne peut figurer dans aucun e-mail.",
        ),
        (
            "{% for d in pieces %}{{ d.commentaire }}{% endfor %}",
            "6 : « commentaire » est une colonne interne : elle ne peut figurer dans aucun e-mail.",
        ),
        ("{{ audition|moments }}", "6 : filtre inconnu « moments » ; vouliez-vous dire « moment » ?"),
        ("{{ projet|safe }}", "6 : filtre inconnu « safe »."),
        ("{{ projet.administration }}", "6 : « .administration » n’est admis qu’après le nom donné par un for."),
        ("{{ projet() }}", "6 : seuls sont admis un nom, un filtre, if, for, and, or, not, == et !=."),
        ("{% include 'a' %}", "6 : seuls sont admis un nom, un filtre, if, for, and, or, not, == et !=."),
        ("{% set a = 1 %}a", "6 : seuls sont admis un nom, un filtre, if, for, and, or, not, == et !=."),
        ("{{ 7 * 7 }}", "6 : seuls sont admis un nom, un filtre, if, for, and, or, not, == et !=."),
        ("{{ projet is defined }}", "6 : seuls sont admis un nom, un filtre, if, for, and, or, not, == et !=."),
        ("{% if note > 2 %}a{% endif %}", "6 : seules les comparaisons == et != sont admises."),
        (
            "{% for projet in pieces %}a{% endfor %}",
            "6 : « projet » est déjà une colonne : donnez un autre nom dans ce for.",
        ),
        (
            "a\n{{ projet }",
            "7 : cette ligne ne se lit pas (accolade, « % » ou guillemet mal fermé, if sans endif ?) : {{ projet }.",
        ),
    ],
)
def test_a_body_that_cannot_be_trusted_is_refused_with_its_line(tmp_path, body, expected):
    assert expected in _refused(tmp_path, HEAD + body)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("+++\nsubject", "subject", "1 : l’en-tête manque : il se place au début, entre deux lignes « +++ »."),
        ("subject", "sujet", "2 : clé inconnue « sujet » ; vouliez-vous dire « subject » ?"),
        ("subject", "sujet", "1 : il manque « subject » dans l’en-tête."),
        ("when", "cci = []\nwhen", "4 : clé inconnue « cci » ; vouliez-vous dire « cc » ?"),
        ('["email_porteur"]', '"email_porteur"', '3 : « to » attend une liste de champs : ["email_porteur"].'),
        ('["email_porteur"]', "[]", '3 : « to » attend une liste de champs : ["email_porteur"].'),
        ('"Bonjour"', '" "', "2 : « subject » attend un texte entre guillemets."),
        ("email_porteur", "mail_porteur", "3 : nom inconnu « mail_porteur » ; vouliez-vous dire « email_porteur » ?"),
        ("Bonjour", "{{ projett }}", "2 : nom inconnu « projett » ; vouliez-vous dire « projet » ?"),
        (
            '"Bonjour"',
            '"Bonjour',
            "2 : l’en-tête n’est pas du TOML valable : un texte n’est pas fermé : ajoutez le guillemet qui manque.",
        ),
        (
            "when",
            "to = []\nwhen",
            "4 : l’en-tête n’est pas du TOML valable : la clé « to » est déjà donnée plus haut : gardez-en une.",
        ),
        (
            "when",
            f"cc = {'[' * 3000}\nwhen",
            "1 : l’en-tête ne se lit pas : des crochets ou des tables y sont imbriqués trop profondément.",
        ),
    ],
)
def test_a_front_matter_with_a_mistake_is_refused_with_its_line(tmp_path, old, new, expected):
    assert expected in _refused(tmp_path, HEAD.replace(old, new) + "Bonjour")


def test_all_mistakes_of_all_files_are_reported_at_once(tmp_path):
    (tmp_path / "autre.md").write_text("Bonjour", encoding="utf-8")
    mistakes = _refused(tmp_path, HEAD.replace("Bonjour", "{{ aa }}") + "{{ bb }}\n{{ cc }}", needed=("laureat",))
    assert len(mistakes) == 5
    assert mistakes[0].endswith("laureat.md : ce modèle manque. Créez-le, ou ajoutez « laureat » à emails.disabled.")


def test_a_file_that_is_no_text_and_one_without_a_message_are_refused(tmp_path):
    (tmp_path / "latin.md").write_bytes("é".encode("latin-1"))
    mistakes = _refused(tmp_path, HEAD)
    assert mistakes[0] == "5 : le message est vide."
    assert mistakes[1].endswith("latin.md, ligne 1 : ce fichier n’est pas un texte en UTF-8.")


def test_a_file_saved_on_windows_is_read(tmp_path):
    (tmp_path / "essai.md").write_bytes(
        b"\xef\xbb\xbf" + (HEAD + "Bonjour {{ projet }}\n").replace("\n", "\r\n").encode()
    )
    sent = compose(load(tmp_path, WORDS)["essai"], Context(VALUES))
    assert sent == Message(("camille.durand@example.org",), (), "Bonjour", "Bonjour Boussole des aides\n")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{ audition }}", "mardi 4 mai 2021 à 9 h 30"),
        ("{{ audition|jour }}", "mardi 4 mai 2021"),
        ("{{ reponse_avant }}", "vendredi 30 avril 2021"),
        ("{{ montant_min|montant }}", "36 750,00 €"),
        ("{{ montant_min }}", "36 750"),
        ("{{ demande_cofinancement }}", "oui"),
        ("{{ pieces }}", "la présentation de synthèse et le nom du mentor de haut niveau"),
        ("{{ pieces|liste('ou') }}", "la présentation de synthèse ou le nom du mentor de haut niveau"),
        ("{{ pieces|compte('manque') }}", "2 manques"),
        ("{{ motifs|compte('travail', 'travaux') }}", "1 travail"),
        ("{{ porteur_projet|elision('de') }}", "de Camille Durand"),
        ("{{ administration|elision('que') }}", "qu’Agence fictive du littoral"),
        ("{{ partenaires or projet }}", "Boussole des aides"),
        ("a{% if partenaires %} avec {{ partenaires|liste }}{% endif %}", "a"),
        ("{% if partenaires == 'X' %}a{% else %}b{% endif %}", "b"),
    ],
)
def test_values_are_written_in_french(tmp_path, written, read):
    sent = _made(tmp_path, written)
    assert isinstance(sent, Message)
    assert sent.body.replace("\u202f", " ") == read + "\n"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Élodie", "d’Élodie"), ("Yves", "d’Yves"), ("Yann", "de Yann"), ("Hélène", "d’Hélène"), ("Œuvre", "d’Œuvre"),
        ("Haut-Rhin", "de Haut-Rhin"), ("Handicap", "de Handicap"), ("Zoé", "de Zoé"),
    ],
)  # fmt: skip
def test_elision_follows_the_sound_of_the_name(tmp_path, name, read):
    sent = _made(tmp_path, "{{ porteur_projet|elision('de') }}", porteur_projet=name)
    assert isinstance(sent, Message)
    assert sent.body == read + "\n"


@pytest.mark.parametrize(
    "body",
    [
        "{{ partenaires }}",
        "{{ partenaires|liste }}",
        "{% for p in partenaires %}{% endfor %}",
        "{% if partenaires|liste %}a{% endif %}",
    ],
)
def test_a_missing_value_blocks_when_printed_filtered_or_looped_over(tmp_path, body):
    expected = "« Administrations partenaires » est vide : remplissez Candidatures!partenaires."
    assert _made(tmp_path, body) == Blocked((typographic(expected),))


def test_a_value_from_nowhere_is_named_without_a_cell(tmp_path):
    (tmp_path / "essai.md").write_text(HEAD + "{{ signature }}", encoding="utf-8")
    sent = compose(load(tmp_path, WORDS)["essai"], Context({"email_porteur": "a@example.org"}))
    assert sent == Blocked((typographic("« Signature (emails.signature) » est vide."),))


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("{{ projet|montant }}", " (le filtre « montant »)"),
        ("{{ projet|puces }}", " (le filtre « puces »)"),
        ("{% for p in pieces %}{{ p.projet }}{% endfor %}", " (une valeur sans forme écrite)"),
        ("{% for p in montant_min %}{% endfor %}", ""),
    ],
)
def test_a_template_that_does_not_suit_the_values_blocks_rather_than_fails(tmp_path, body, cause):
    expected = f"Le modèle « essai » ne convient pas à ces valeurs{cause} : corrigez-le."
    assert _made(tmp_path, body) == Blocked((typographic(expected),))


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("essai", "candidature", "nom inconnu « candidature »"),
        ("relance_jure", "decision", "nom inconnu « decision »"),
        ("laureat", "motif", "« motif » est une colonne interne : elle ne peut figurer dans aucun"),
        ("laureat", "projets", "nom inconnu « projets » ; vouliez-vous dire « projet » ?"),
        ("relance_jure", "email_porteur", "nom inconnu « email_porteur » ; vouliez-vous dire « email_jure » ?"),
    ],
)
def test_a_template_names_the_columns_of_its_own_tab(tmp_path, name, line, expected):
    (tmp_path / f"{name}.md").write_text(
        HEAD.replace("email_porteur", "contact") + f"{{{{ {line} }}}}", encoding="utf-8"
    )
    with pytest.raises(TemplateError) as error:
        load(tmp_path, WORDS)
    assert f"ligne 6 : {expected}" in str(error.value).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("essai", 'attachments = ["invitation"]', "ce message n’annonce pas de rendez-vous : il n’a pas d’invitation."),
        (
            "convocation_jury",
            'attachments = ["invitations"]',
            "pièce jointe inconnue « invitations » ; vouliez-vous dire",
        ),
        ("convocation_jury", 'attachments = "invitation"', '« attachments » attend une liste : ["invitation"].'),
        ("essai", 'attachments = ["grille"]', "ce message n’est pas écrit à un juré : il n’a pas de grille."),
        (
            "relance_jure",
            'attachments = ["grilles"]',
            "pièce jointe inconnue « grilles » ; vouliez-vous",
        ),
        ("essai", 'reply_to = "contacts"', "nom inconnu « contacts » ; vouliez-vous dire « contact » ?"),
        ("essai", 'reply_to = ["contact"]', "« reply_to » attend un texte entre guillemets."),
    ],
)
def test_attachments_and_where_answers_go_are_checked(tmp_path, name, key, expected):
    head = HEAD.replace("when", f"{key}\nwhen").replace("email_porteur", "contact")
    (tmp_path / f"{name}.md").write_text(head + "Bonjour", encoding="utf-8")
    with pytest.raises(TemplateError) as error:
        load(tmp_path, WORDS)
    assert f"ligne 4 : {expected}" in str(error.value).replace("\u202f", " ")


def test_a_text_that_names_a_joined_file_joins_it(tmp_path):
    path = tmp_path / "relance_jure.md"
    head = HEAD.replace("email_porteur", "email_jure")
    body = "Votre grille, {{ fichier_grille }}, est jointe."
    path.write_text(head + body, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"est un fichier joint.*ajoutez attachments"):
        load(tmp_path, WORDS)
    path.write_text(head.replace("when", 'attachments = ["grille"]\nwhen') + body, encoding="utf-8")
    assert load(tmp_path, WORDS)["relance_jure"].attachments == ("grille",)


@pytest.mark.parametrize(
    ("reply_to", "expected"),
    [
        ("contact", "eig@example.org"),
        ("suivi@example.org", "suivi@example.org"),
        ("email_mentor", "lou.bernard@example.org"),
    ],
)
def test_answers_go_to_a_column_or_to_an_address(tmp_path, reply_to, expected):
    (tmp_path / "essai.md").write_text(
        HEAD.replace("when", f'reply_to = "{reply_to}"\nwhen') + "Bonjour", encoding="utf-8"
    )
    sent = compose(load(tmp_path, WORDS)["essai"], Context(VALUES, cell))
    assert isinstance(sent, Message)
    assert (sent.reply_to, sent.to) == (expected, ("camille.durand@example.org",))


@pytest.mark.parametrize("reply_to", ["a@b", "email_mentor"])
def test_answers_that_would_go_nowhere_block(tmp_path, reply_to):
    (tmp_path / "essai.md").write_text(
        HEAD.replace("when", f'reply_to = "{reply_to}"\nwhen') + "Bonjour", encoding="utf-8"
    )
    sent = compose(load(tmp_path, WORDS)["essai"], Context(VALUES | {"email_mentor": None}, cell))
    assert isinstance(sent, Blocked)
    assert len(sent.reasons) == 1


def test_an_appointment_needs_its_hour_even_if_the_text_does_not_tell_it(tmp_path):
    head = HEAD.replace("when", 'attachments = ["invitation"]\nwhen')
    (tmp_path / "convocation_jury.md").write_text(head + "Bonjour", encoding="utf-8")
    template = load(tmp_path, WORDS)["convocation_jury"]
    for audition, wrong in ((None, "est vide : remplissez"), (datetime(2021, 5, 4), "n’a pas d’heure : complétez")):
        sent = compose(template, Context(VALUES | {"audition": audition}, cell))
        assert sent == Blocked((typographic(f"« Audition décidée » {wrong} Candidatures!audition."),))
