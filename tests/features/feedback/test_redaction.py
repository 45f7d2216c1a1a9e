"""What is taken out of a comment before anybody may pass it on: sentences that name a person or another dossier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.feedback.rules_redaction import CUT, Known, Reason, Redacted, Subject, by_text, sentences
from eig_sheets.text.french import plain

PEOPLE = ("Nadia Belkacem", "Jean-Luc Picard")
JURORS = ("Camille Martin", "Zoé Le Goff")
SUBJECTS = (
    Subject("101", "Aides jeunes", "Direction des phares (DDP)"),
    Subject("102", "Aides", "Direction des phares (DDP)"),
    Subject("4567890", "CartoBio : la carte du bio", "Agence de l’eau"),
    Subject("12", "Un lac – Lacustre", "Ville d’Évian / SDIS 74"),
)
KNOWN = Known(PEOPLE, JURORS, SUBJECTS)


def redacted(comment, author="Camille Martin"):
    return KNOWN.redacted(comment, "101", author)


@pytest.mark.parametrize(
    "comment",
    [
        "Un besoin clair, une équipe prête.",
        "Aides jeunes répond à un besoin. Le dossier 101 est complet ! La Direction des phares porte le projet.",
        "Près de 12 agents, 102 usagers. À 1 an, 4 567 890 comptes.",
        "Un très bon plan B. Une carte, une seule.",
        "Le martin-pêcheur est un bel exemple ; la zoe aussi.",
        "Cartographie du bio : l’eau d’une ville.",
    ],
)
def test_what_names_nobody_and_no_other_dossier_stays_as_it_was_said(comment):
    assert redacted(comment) == Redacted(comment)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Nadia Belkacem connaît le sujet.", Reason.PERSON),
        ("BELKACEM Nadia connaît le sujet.", Reason.PERSON),
        ("Le mentor, jean luc picard, est là.", Reason.PERSON),
        ("Voir avec M. Inconnu.", Reason.PERSON),
        ("Madame Inconnue le dit aussi.", Reason.PERSON),
        ("Je suis d’accord avec Camille.", Reason.JUROR),
        ("Comme le dit LE GOFF, à revoir.", Reason.JUROR),
        ("Je le dis aussi (C. M.).", Reason.JUROR),
        ("CM", Reason.JUROR),
        ("Écrivez-moi : x@y.example.", Reason.ADDRESS),
        ("Mieux que le 4567890.", Reason.DOSSIER),
        ("Moins mûr que le dossier 102.", Reason.DOSSIER),
        ("Moins mûr que les projets n° 12 et 13.", Reason.DOSSIER),
        ("Proche de CartoBio.", Reason.DOSSIER),
        ("Proche de « cartobio : la carte du bio ».", Reason.DOSSIER),
        ("Doublon de la carte du BIO.", Reason.DOSSIER),
        ("À fusionner avec Aides.", Reason.DOSSIER),
        ("L’agence de l’eau fait mieux.", Reason.DOSSIER),
        ("Comme le SDIS 74.", Reason.DOSSIER),
    ],
)
def test_a_sentence_that_names_somebody_or_another_dossier_is_taken_out(sentence, reason):
    before, after = "Un besoin clair.", "Une équipe prête."
    found = redacted(f"{before} {sentence if sentence[-1] == '.' else sentence + '.'} {after}")
    assert found == Redacted(f"{before} {CUT} {after}", (reason,))


def test_sentences_that_follow_one_another_leave_one_mark_and_nothing_is_left_of_a_comment_that_only_names():
    assert redacted("Oui. Voir Camille. Voir Zoé. Bien.").text == f"Oui. {CUT} Bien."
    assert redacted("Voir Camille.\nMieux que CartoBio.") == Redacted("", (Reason.JUROR, Reason.DOSSIER))
    assert redacted("  \n ") == Redacted("")


def test_a_line_is_a_sentence_and_a_title_or_an_initial_ends_none():
    assert sentences("Un besoin\nclair ! Vu avec M. Dupont, J. Petit. Oui… (Vraiment ?) Bon") == [
        "Un besoin", "clair !", "Vu avec M. Dupont, J. Petit.", "Oui…", "(Vraiment ?)", "Bon",
    ]  # fmt: skip


def test_comments_are_in_an_order_of_their_own_each_once():
    assert by_text(["é", "b", "Z", "b", "a"]) == ["a", "b", "é", "Z"]


NAMES = (*JURORS, *PEOPLE, "CartoBio", "la carte du bio", "4567890", "a@b.example", "Agence de l’eau", "Lacustre 74")
HIDDEN = (*JURORS, *PEOPLE, "CartoBio", "4567890", "a@b.example", "Agence de l’eau")


@given(
    st.lists(
        st.one_of(st.sampled_from(NAMES), st.sampled_from(["Bien", "mais", ".", "!", "\n", " ", ",", "M.", "(", "»"])),
        max_size=12,
    )
)
def test_no_name_is_left_wherever_it_stands(parts):
    left = f" {plain(redacted(' '.join(parts)).text)} "
    assert not [name for name in HIDDEN if f" {plain(name)} " in left]
