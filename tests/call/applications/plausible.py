"""A plausible export of 47 columns, of which the configuration knows six."""

from __future__ import annotations

import csv
from pathlib import Path

_PERSON = ("Prénom", "Fonction", "Email professionnel", "Téléphone professionnel")
_COST = "Montant total du coût prévisionnel de recrutement pour un EIG {} (coût total employeur)"
COLUMNS: tuple[tuple[str, str], ...] = (
    ("ID", "373200{}"), ("Email", "compte{}@exemple.invalid"), ("FranceConnect ?", "Non"), ("Civilité", "Mme"),
    ("Nom", "Agent {}"), ("Prénom", "Ada"), ("Archivé", "Non"), ("État du dossier", "En instruction"),
    ("Dernière mise à jour le", "2021-04-02 10:00:00 +0200"), ("Déposé le", "2021-04-01 10:00:00 +0200"),
    ("Passé en instruction le", "2021-04-08 10:00:00 +0200"), ("Traité le", ""), ("Motivation de la décision", ""),
    ("Instructeurs", "instruction@exemple.invalid"), ("Groupe instructeur", "défaut"),
    ("Nom du projet", "Phare {}"),
    ("Porteur opérationnel (administration qui accueille les EIG)", "Office des phares {}"),
    ("Adresse de l’administration d’accueil", "{}, quai du Phare"), ("Type de structure", "Opérateur"),
    ("Porteur administratif (administration qui reçoit le co-financement)", "Ministère des Phares"),
    ("Administrations partenaires, si pertinent", "Agence des bouées"), ("Nombre d'EIG demandés (2 ou 3)", "2"),
    ("Profils recherchés", "Designer"),
    (_COST.format("jusqu’à cinq ans d’expérience inclus"), "6{} 000,00 €"),
    (_COST.format("de plus de cinq ans d’expérience"), "7{} 000,00 €"),
    ("Demandez-vous le co-financement ?", "Oui"), ("Numéro de programme budgétaire (le cas échéant)", "909"),
    ("Nom du porteur", "Cantal"), *zip(_PERSON, ("Apolline", "cheffe", "porteur{}@exemple.invalid", "01"), strict=True),
    ("Nom du porteur n°2", "Brie"), *zip(_PERSON, ("Basile", "chef", "second{}@exemple.invalid", "01"), strict=True),
    ("Nom du mentor", "Comté"), *zip(_PERSON, ("Barnabé", "chef", "mentor{}@exemple.invalid", "01"), strict=True),
    ("Contact RH : adresse e-mail", "rh@exemple.invalid"), ("Contact gestion : adresse e-mail", "g@exemple.invalid"),
    ("Fiche détaillée (.docx)", "fiche.docx"), ("Présentation de synthèse (12 diapositives max)", "p.pdf"),
    ("Simulation financière", "s.xlsx"),
)  # fmt: skip


def write_plausible_export(folder: Path) -> Path:
    """Write it, with three dossiers."""
    path = folder / "plausible.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = ([value.format(number) for _, value in COLUMNS] for number in (1, 2, 3))
        csv.writer(file).writerows([[header for header, _ in COLUMNS], *rows])
    return path
