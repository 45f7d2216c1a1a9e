"""A fictional dossier, juror and candidate, what features have values of, and what each template makes of them.

`python -m tests.emails.mail.fictional` writes the expected messages again, to be read aloud before they are committed.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from eig_sheets.domain.rules import AlgorithmRules
from eig_sheets.emails.drafting.computed_values import mention
from eig_sheets.emails.drafting.drafts import columns_of, vocabularies
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context, DatedText
from eig_sheets.emails.mail.filters import paragraphs
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.emails.mail.templates import load
from tests.features.modules import modules_of_features
from tests.messages import EIG5, FOLDERS, TEMPLATES, expected_folder

ROOT = Path(__file__).parents[3]
EXPECTED, SPARSEST = "expected", "expected_sparsest"
"""The folders of the messages that are expected: in the tests of messages, and in those of each feature."""

WORDS = vocabularies(columns_of(EIG5), EIG5)
TEXTS = load(FOLDERS[0], WORDS, TEMPLATES, FOLDERS[1:])

ALGORITHM = AlgorithmRules(
    founds_decisions=True, purpose="classer les projets d’après les notes du jury", contact="cada@example.org"
)
APPEAL = (
    "Cette décision peut être contestée, dans les deux mois de sa réception :\n"
    "- par un recours gracieux (Agence fictive, 1 rue des Phares) ;\n"
    "- devant le tribunal administratif."
)

PENDING = (
    {"numero": "90001", "projet": "Boussole des aides", "administration": "Agence fictive du littoral"},
    {"numero": "90007", "projet": "Marées ouvertes", "administration": None},
)

PROJECTS = (
    {
        **PENDING[0],
        "profils": ("Designer", "Développeur"),
        "resume": "Un moteur qui oriente chaque usager vers l’aide qui lui convient. Il est libre.",
    },
    PENDING[1],
)

RECEIVED = (
    {**PENDING[0], "reponses": "Pertinence du besoin 3,5 ; Définition NSP ; il manque Engagement"},
    {**PENDING[1], "reponses": "vous vous déportez"},
)

VALUES: dict[str, object] = {
    "numero": "90001",
    "date_depot": datetime(2021, 4, 6, 16, 42),
    "projet": "Boussole des aides",
    "administration": "Agence fictive du littoral",
    "porteur_projet": "Camille Durand",
    "email_porteur": "camille.durand@example.org",
    "email_porteur_2": "sacha.petit@example.org",
    "email_mentor": "lou.bernard@example.org",
    "email_gestion": "gestion@example.org",
    "demande_cofinancement": True,
    "audition": datetime(2021, 5, 4, 9, 30),
    "questions": "1. Qui utilise déjà ces données ?\n2. Que ferez-vous si le jeu de données n’est pas ouvert ?",
    "retour": "Le besoin est réel.\n\nLe jury aurait aimé :\n- des usagers rencontrés ;\n- une équipe désignée.",
    "motif": "interne",
    "commentaire": "interne",
    "campagne": "Entrepreneurs d’intérêt général, 5ᵉ promotion",
    "contact": "eig@example.org",
    "signature": "L’équipe du programme Entrepreneurs d’intérêt général",
    "reponse_avant": date(2021, 4, 30),
    "dates_jury": DatedText.of("les 4 et 5 mai 2021", date(2021, 5, 4), date(2021, 5, 5)),
    "pieces": ("la présentation de synthèse", "le nom du mentor de haut niveau"),
    "motifs": ("le nombre d’EIG demandés, que l’appel ne prévoit pas",),
    "a_completer": ("le numéro de programme budgétaire", "la convention signée avec le porteur administratif"),
    "montant_min": 36750.0,
    "montant_max": 42000.0,
    "jure": "Dominique Martin",
    "email_jure": "dominique.martin@example.org",
    "criteres": ("Pertinence du besoin", "Définition", "Engagement"),
    "note_min": 1.0,
    "lien_grille": "https://grilles.example.org/dominique",
    "fichier_grille": "grille-dominique-martin.xlsx",
    "referents": (),
    "echeance_notes": date(2021, 5, 5),
    "note_max": 4.0,
    "declaration": None,
    "candidature": "70012",
    "prenom": "Alix",
    "nom": "Moreau",
    "email": "alix.moreau@example.org",
    "projet_retenu": "Boussole des aides",
    "administration_retenue": "Agence fictive du littoral",
    "voeux_avant": datetime(2021, 5, 31, 23, 59),
    "dates_jury_talents": DatedText.of("les 7, 8, 9, 14 et 15 juin 2021", date(2021, 6, 7), date(2021, 6, 15)),
    "cofinancement_avant": date(2021, 9, 1),
    "mois_cadrage": DatedText.of("en mai", date(2021, 5, 1), date(2021, 5, 31)),
    "mois_contrats": DatedText.of("en juillet et en août", date(2021, 7, 1), date(2021, 8, 31)),
    "revelation_projets": date(2021, 5, 24),
    "debut_contrat": datetime(2021, 9, 13),
    "debut_experimentation": date(2021, 9, 13),
    "fin_experimentation": date(2022, 7, 12),
    "duree_experimentation": "dix mois",
    "voies_recours": paragraphs(APPEAL),
    "mention_algorithme": paragraphs(mention(ALGORITHM)),
    "duree_audition": 20,
    "debut": datetime(2021, 2, 19, 14, 20),
    "rendez_vous": "Rendez-vous : Boussole des aides",
    "destinataires": ("camille.durand@example.org",),
    "copies": ("sacha.petit@example.org", "lou.bernard@example.org"),
    "cloture": datetime(2021, 4, 7, 23, 59, 59),
    "mentor": "Lou Bernard",
    "emails_equipe": ("alix.moreau@example.org", "noa.simon@example.org"),
    "voeux": tuple(Context(dossier, lambda name: f"Candidatures!{name}") for dossier in PENDING),
    "projets": tuple(Context(project, lambda name: f"Candidatures!{name}") for project in PROJECTS),
    "dossiers_recus": tuple(Context(received, lambda name: f"Candidatures!{name}") for received in RECEIVED),
    "dossiers": tuple(Context(pending, lambda name: f"Candidatures!{name}") for pending in PENDING),
    **{name: value for module in modules_of_features("fictional") for name, value in module.VALUES.items()},
}


def cell(name: str) -> str:
    """The cell of a placeholder: its name stands for its address."""
    return f"Candidatures!{name}"


def message(template: str, today: date | None = None, **changes: object) -> Message | Blocked:
    """What that template makes of the fictional values, with some of them changed, when it is sent that day."""
    return compose(TEXTS[template], Context(VALUES | changes, cell, today))


def as_text(sent: Message | Blocked) -> str:
    """A message as one text."""
    assert isinstance(sent, Message), sent
    copies = f"Copie : {' ; '.join(sent.cc)}\n" if sent.cc else ""
    return f"À : {' ; '.join(sent.to)}\n{copies}Objet : {sent.subject}\n\n{sent.body}"


def optional(template: str) -> list[str]:
    """The placeholders that the message does without, one at a time."""
    return [
        placeholder
        for placeholder in sorted(TEXTS[template].placeholders)
        if isinstance(message(template, **{placeholder: None}), Message)
    ]


def sparsest(template: str) -> Message | Blocked:
    """The message with nothing but what it needs: of two values that make up for each other, the first stays."""
    blank: dict[str, None] = {}
    for name in reversed(optional(template)):
        if isinstance(message(template, **blank, **{name: None}), Message):
            blank[name] = None
    return message(template, **blank)


def as_sparsest(template: str) -> str:
    """The same as one text, below the names of what the message does without."""
    return f"Se passe de : {', '.join(optional(template)) or 'rien'}\n{as_text(sparsest(template))}"


def path_of(template: str, folder: str) -> Path:
    """Where its expected message is."""
    return expected_folder(template) / folder / f"{template}.txt"


def written(folder: str) -> list[str]:
    """The templates whose expected message is in a folder of that name."""
    return [name for name in TEMPLATES if path_of(name, folder).is_file()]


if __name__ == "__main__":
    for name in TEMPLATES:
        path_of(name, EXPECTED).write_text(as_text(message(name)), encoding="utf-8")
        path_of(name, SPARSEST).write_text(as_sparsest(name), encoding="utf-8")
