"""A fictional visitor, for the texts of the e-mails of advice."""

from datetime import datetime

VALUES = {
    "reserve_par": "Claude Roux",
    "duree": 20.0,
    "webinaire": "Préparer sa candidature",
    "webinaire_debut": datetime(2021, 3, 2, 14),
    "webinaire_lien": "https://webinaires.example.org/eig_5",
    "webinaire_enregistrement": "https://webinaires.example.org/eig_5/video",
    "duree_creneau": 20,
    "creneaux_libres": (datetime(2021, 2, 19, 14, 20), datetime(2021, 2, 26, 15)),
}
FREE_TEXT = ("reserve_par", "webinaire", "lieu_creneau")
"""The placeholders that hold what people wrote, on a line."""
