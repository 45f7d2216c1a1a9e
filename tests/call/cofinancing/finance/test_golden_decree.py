"""The décret of the demonstration's laureates, worked out by hand from what people would type.

Simulations for ten months (up to five years / over): 3712437, 57 300 / 65 480; 3713942, 61 030 / 69 750; 3715970,
60 480 / 77 200; 3720749, 68 130 / 77 860; 3723725, 64 140 / 73 300. Who starts on 13 September is paid 90 thirtieths,
who starts on 15 October 76.

3712437 (124)  (58 123,45 + 65 480) × 3/10                  =  37 081,035 →  37 081,04 €   2 EIG
3713942 (908)  (61 030 + 69 750 + 66 000) × 3/10            =                59 034,00 €   3 EIG
3715970 (217)  (60 480 × 90 + 77 200 × 76) / 300            =  37 701,333 →  37 701,33 €   2 EIG, the third withdrew
3720749 (216)  (70 000,50 + 70 000,50) × 3/10               =                42 000,30 €   2 EIG
3723725 (none) (64 140 + 64 140 + 64 140) × 3/10            =                57 726,00 €   3 EIG
                                                       together 233 542,67 → 233 543 €    12 EIG

Rounded down, the lines have 233 542 €: the euro that is left goes to the largest remainder, that of 217.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.call.scoring.test_explain import fill
from tests.columns import cell_of
from tests.nightly import Table
from tests.people_cells import type_in

pytestmark = [pytest.mark.in_memory, pytest.mark.needs("talents")]

AMOUNTS = {"3712437": 37081.04, "3713942": 59034, "3715970": 37701.33, "3720749": 42000.3, "3723725": 57726}
LINES = [("124", 2, 37081), ("216", 2, 42000), ("217", 2, 37702), ("908", 3, 59034), (None, 3, 57726)]
TEAMS = (
    ("3712437", {"Coût réel": "58 123,45 €"}), ("3712437", {"Années d’expérience": 7}),
    ("3713942", {"Années d’expérience": 2}), ("3713942", {"Années d’expérience": 9}),
    ("3713942", {"Coût réel": 66000}),
    ("3715970", {"Années d’expérience": 5}),
    ("3715970", {"Années d’expérience": 6, "Début du contrat": datetime(2021, 10, 15)}),
    ("3715970", {"Années d’expérience": 6, "Statut": "Désisté"}),
    ("3720749", {"Coût réel": 70000.5}), ("3720749", {"Coût réel": 70000.5}),
    *[("3723725", {"Années d’expérience": 1})] * 3,
)  # fmt: skip


def plain(text):
    return text.replace("\u202f", " ")


@pytest.fixture
def recruited(demo):
    """The demonstration once its teams are recruited, one of them a person short."""
    usual = {"Statut": "Retenu", "Début du contrat": datetime(2021, 9, 13)}
    people = [
        usual | {"N° de candidature": f"T{place}", "Projet décidé": project} | typed
        for place, (project, typed) in enumerate(TEAMS, 1)
    ]
    fill(demo, "Talents", *people)
    rows = Table(demo.read().tab("Candidatures")).rows
    [row] = [row["row"] for row in rows if str(row["N° de dossier"]).partition(".")[0] == "3715970"]
    type_in(demo.workbook, "Candidatures", cell_of("candidatures", "recrutement_clos", row), "oui")
    demo.set_config('programme = "352"', 'envelope = 250_000\nprogramme = "352"')
    return demo


def test_the_decree_is_the_one_worked_out_by_hand(recruited):
    records = recruited.run("cofinancing", "--format", "json").records
    decided = {record["dossier"]: record for record in records if record["decision"] == "Lauréat"}
    assert {numero: record["amount_min"] for numero, record in decided.items()} == AMOUNTS
    assert all(
        record["amount_min"] == record["amount_max"] and record["after_recruitment"] for record in decided.values()
    )
    done = recruited.run("cofinancing", "--programmes", "--format", "json")
    assert [(record["programme"], record["eig"], record["amount_min"]) for record in done.records] == LINES
    assert [record["amount_max"] for record in done.records] == [amount for *_, amount in LINES]
    said = plain(done.err)
    assert "Décret de transfert : 233 543 € annulés sur le programme 352" in said
    assert "pour 12 EIG, 5 programmes crédités." in said
    assert "Lauréats décidés : 233 542,67 €, pour 12 EIG de 5 projets." in said
    assert "Enveloppe de 250 000 € : il en reste 16 457,33 €." in said
