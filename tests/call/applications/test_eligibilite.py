"""The rows of `Éligibilité`."""

from __future__ import annotations

import pandas as pd

from eig_sheets.call.applications import eligibilite
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words
from tests.run.tables import by_header, column

ELIGIBILITY = pd.DataFrame(
    {
        "numero": ["101", "102"],
        "status": ["eligible", "a_instruire"],
        "reasons": [(), (("a_completer", "mentor"), ("illisible", "nombre_eig"))],
    }
)
DOSSIERS = pd.DataFrame({"projet": ["Phare", None], "administration": ["Direction des phares", "Douanes"]})
HEADERS = {"mentor": "Le mentor", "nombre_eig": "Nombre d’EIG"}


def test_a_row_gives_the_status_of_a_dossier_and_every_reason_under_people_s_headers():
    first, second = by_header(eligibilite.COLUMNS, eligibilite.rows(ELIGIBILITY, DOSSIERS, HEADERS.__getitem__))
    assert first == {
        "N° de dossier": "101",
        "Nom du projet": "Phare",
        "Administration d’accueil": "Direction des phares",
        "Éligibilité": "Éligible",
        "Motifs": None,
    }
    assert (second["N° de dossier"], second["Nom du projet"], second["Éligibilité"]) == ("102", None, "À instruire")
    motives = typographic("« Le mentor » : à compléter ; « Nombre d’EIG » : illisible")
    assert second["Motifs"] == motives


def test_every_status_has_a_colour():
    tones = {word for word, _ in column(eligibilite.COLUMNS, "Éligibilité").tones}
    assert {*words.ELIGIBILITY.values()} <= tones
