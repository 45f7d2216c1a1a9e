"""Likely columns of candidates: found as those of projects are."""

import pytest

from eig_sheets.call.applications.importing.likely import judged, with_persons
from tests.sample.support import schema

pytestmark = pytest.mark.newest


def test_columns_of_candidates_come_out_right():
    talents = schema().tab("talents")
    names = {field.id: [field.header] for field in talents.fields}
    headers = ["Adresse e-mail", "Prénom", "Nom de famille", "Années d'expérience", "Date du dépôt", "Statut"]
    judgement = judged(
        with_persons([*enumerate(headers)], headers),
        names,
        [field.id for field in talents.fields if field.asked],
        lambda *_: True,
    )
    assert {column.field: column.headers[0].text for column in judgement.likely} == {
        "prenom": "Prénom",
        "nom": "Nom de famille",
        "email": "Adresse e-mail",
        "experience": "Années d'expérience",
        "date_depot": "Date du dépôt",
    }
