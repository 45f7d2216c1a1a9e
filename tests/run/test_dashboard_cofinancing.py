"""What the dashboard says of co-financing: the laureates beside the envelope, and never who is out of the call."""

from __future__ import annotations

from eig_sheets.run.dashboard import cofinancing_indicators
from tests.call.cofinancing.finance.support import campaign


def shown(**cofinancing):
    call = campaign(**cofinancing)
    return {indicator.label: indicator for indicator in cofinancing_indicators(call.results, call.campaign)}


def test_the_laureates_are_counted_beside_the_envelope():
    lines = shown(envelope=300_000)
    most = lines["Lauréats décidés : maximum"]
    assert lines["Enveloppe"].amount == 300_000
    assert (most.count, most.amount, most.share) == (8, 294_000, 0.98)
    assert most.detail.replace("\u202f", " ") == (
        "Montant prévisionnel. Dont 3 sous réserve. 1 montant inconnu compte pour zéro. 2 autres, inéligibles ou "
        "écartés, ne comptent pas. Enveloppe de 300 000 € : il en reste de 6 000 € à 42 749,94 €."
    )
    assert lines["Lauréats décidés : minimum"].amount == 257_250.06
    assert lines["Lauréats proposés : maximum"].amount == 42_000  # 101 alone was scored


def test_who_is_out_of_the_call_is_counted_apart():
    lines = shown()
    assert (lines["Sans objet"].count, lines["Demandé"].count) == (3, 9)
    assert "Enveloppe" not in lines
    assert lines["Lauréats décidés : maximum"].share is None


def test_a_call_that_pays_nothing_says_nothing():
    assert shown(rule="none") == {}


def test_without_an_envelope_to_share_no_share_is_told():
    assert shown(envelope=0)["Lauréats décidés : maximum"].share is None
