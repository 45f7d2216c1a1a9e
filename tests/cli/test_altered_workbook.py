"""Nothing leaves an altered workbook: the refusal says what, where, who mends it and how."""

from dataclasses import replace

import pytest

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.workbook_reading import refuse_altered, stopping
from eig_sheets.spreadsheet.model.snapshot import Alteration
from eig_sheets.text.french import NARROW
from eig_sheets.workbook.alterations import STOPPING
from tests.workbook.anomalous_alterations import altered, cases
from tests.workbook.snapshots import book, reading

SNAPSHOTS = {name: (snapshot, {code for code, *_ in expected}) for name, snapshot, expected in cases()}


@pytest.mark.parametrize("name", [*SNAPSHOTS])
def test_what_stops_is_what_check_says_blocks(name):
    snapshot, codes = SNAPSHOTS[name]
    read = reading(snapshot)
    assert {anomaly.code for anomaly in stopping(read)} == codes & {code.name for code in STOPPING}
    if codes & {code.name for code in STOPPING}:
        with pytest.raises(Refusal):
            refuse_altered(read)
    else:
        refuse_altered(read)


def test_the_refusal_says_what_where_who_and_how():
    form = Alteration("formulaire_publie", "Candidatures")
    with pytest.raises(Refusal) as refused:
        refuse_altered(reading(altered(form)))
    said = str(refused.value).replace(NARROW, " ")
    assert said.startswith("Rien n’est envoyé :\n• Un formulaire publié ajoute des lignes à « Candidatures »")
    assert "propriétaire du document" in said
    assert "« Dépublier »" in said


def test_the_other_workbook_stops_too():
    sound = reading(book())
    with pytest.raises(Refusal):
        refuse_altered(replace(sound, linked=reading(altered(Alteration("formulaire_publie", "Candidatures")))))
