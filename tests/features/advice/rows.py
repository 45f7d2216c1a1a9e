"""Rows of the tabs of advice: a slot that is booked, asked for or free; somebody who is registered to a webinar."""

from datetime import datetime

SLOT = {
    "debut": datetime(2021, 2, 19, 14, 20), "reserve_par": "Claude Roux", "email": "claude@exemple.invalid",
    "projet": "Phare", "statut": "Réservé",
}  # fmt: skip
ASKED = {"reserve_par": "Claude Roux", "email": "claude@exemple.invalid", "statut": "Demandé"}
FREE_SLOT = {"debut": datetime(2021, 2, 19, 14, 40), "statut": "Libre"}
REGISTERED = {
    "webinaire": "Présentation de l’appel à projets", "nom": "Claude Roux", "email": "claude@exemple.invalid",
}  # fmt: skip
