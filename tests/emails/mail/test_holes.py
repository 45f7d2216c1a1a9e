"""Holes: what looks unfilled is found, what French letters are full of is not."""

from __future__ import annotations

import pytest

from eig_sheets.emails.drafting.drafts import columns_of, vocabularies
from eig_sheets.emails.mail.holes import holes, holes_of_subject
from eig_sheets.emails.mail.templates import load
from tests.emails.drafting.support import EIG5
from tests.emails.mail.fictional import ROOT
from tests.emails.mail.test_editing import FOLDERS


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Bonjour {prénom},", "{prénom}"),
        ("Bonjour {{ prénom }},", "{{"),
        ("Bonjour {{prénom},", "{{"),
        ("Bonjour {prénom,", "{"),
        ("Bonjour prénom},", "}"),
        ("{% if x %}", "{%"),
        ("Bonjour [PRÉNOM],", "[PRÉNOM]"),
        ("Le jury vous attend [à\u202fcompléter].", "[à compléter]"),
        ("Voici la page : [cliquez ici](lien)", "[cliquez ici]"),
        ("Bonjour [...],", "[...]"),
        ("Bonjour [ ],", "[ ]"),
        ("Le jury se réunit le XXX.", "XXX"),
        ("Le XX mai à xx h", "XX"),
        ("Bonjour <nom>,", "<nom>"),
        ("Bonjour \\<Prénom Nom>,", "<Prénom Nom>"),
        ("Bonjour %s,", "%s"),
        ("Bonjour %(prenom)s,", "%(prenom)s"),
        ("Bonjour %PRENOM%,", "%PRENOM%"),
        ("Bonjour $prenom,", "$prenom"),
        ("Bonjour ${prenom},", "{prenom}"),
        ("Le jury se réunit (à compléter).", "(à compléter)"),
        ("Bonjour ____,", "____"),
        ("Bonjour …,", "…"),
        ("Bonjour\u202f…\u202f,", "…"),
        ("Bonjour ...,", "..."),
        ("Bonjour Claire,\n\n…, à bientôt", "…"),
        ("Le jury se réunit le … mai.", "…"),
        ("Rendez-vous à XXh, puis à XXhXX.", "XXh"),
        ("Le dossier XXX_XXX", "XXX"),
        (f"[À compléter par l’équipe : {'résumez ici l’avis du jury, ' * 5}]", "compléter"),
        ("Bonjour [prénom\nnom],", "[prénom nom]"),
        ("Bonjour…,", "…"),
        ("Bonjour < prénom >,", "< prénom >"),
        ("Rendez-vous à … h ou à ... heures", "…"),
        ("Une somme de … €", "…"),
        ("Le jury se réunit (a completer).", "(a completer)"),
        ("Bonjour \uff5bprénom\uff5d,", "\uff5b"),
    ],
)  # fmt: skip
def test_a_hole_is_found(text, part):
    assert any(part in hole for hole in holes(text)), holes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Votre projet n’est pas retenu : 100 % des places sont prises, 30\u202f% de crédits, 5 %d’avance.",
        "Écrivez à <eig@data.gouv.fr>, <mailto:eig@data.gouv.fr> ou lisez <https://eig.gouv.fr/a_b>.",
        "[Le guide](https://eig.gouv.fr/guide%C3%A9), [nous écrire](mailto:eig@data.gouv.fr), la note [1].",
        "Il manque encore…, nous semble-t-il, une pièce... Merci … et à bientôt ...",
        "Louis XIV, la XXIIe promotion, le XXe siècle, 2 < 3 et 5 > 4, n<3, <3.",
        "nom_de_fichier_, __en gras__, *en italique*\n\n___\n\n---\n",
        "Un budget de 100 $ ; le dossier est à compléter (à confirmer).",
        "Les dates (4 et 5 mai), « … », etc.",
        "Vous écriviez « un projet […] ambitieux [sic] » : pièces, dates, etc. …, et le reste.",
    ],
)  # fmt: skip
def test_an_ordinary_text_has_none(text):
    assert not holes(text)


@pytest.mark.parametrize(
    ("subject", "count"),
    [("[EIG] Votre candidature", 0), ("[PRÉNOM] Votre candidature", 1), ("[À compléter] Votre projet", 1),
     ("Votre projet [TITRE]", 1), ("[EIG] Votre projet [TITRE]", 1)],
)  # fmt: skip
def test_a_subject_may_name_its_series(subject, count):
    assert holes_of_subject(subject).total() == count


def test_each_is_counted():
    assert holes("XXX puis XXX, {nom}") == {"XXX": 2, "{nom}": 1}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_no_template_of_ours_has_one(folder):
    texts = load(folder, vocabularies(columns_of(EIG5), EIG5))
    assert {name: template.holes for name, template in texts.items() if template.holes} == {}
