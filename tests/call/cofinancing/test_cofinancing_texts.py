"""The totals of the co-financing in French."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eig_sheets.call.cofinancing.rules_totals import Total, Totals
from eig_sheets.call.cofinancing.words import envelope_text, total_sentences

NOBODY = Total(0, 0, 0, 0, Decimal(0), Decimal(0), 0, 0, 0, 0)
THREE = Total(3, 0, 2, 5, Decimal(90000), Decimal("100000.40"), 0, 0, 0, 0)


def said(proposed: Total, decided: Total, envelope: Decimal | None = None) -> list[str]:
    return [sentence.replace("\u202f", " ") for sentence in total_sentences(Totals(proposed, decided, envelope))]


def test_each_group_has_its_sentence():
    assert said(THREE, NOBODY) == [
        "Lauréats proposés : de 90 000 € à 100 000,40 € (prévisionnel), pour 5 EIG de 2 projets sur 3.",
        "Lauréats décidés : aucun.",
    ]


def test_what_is_not_sure_is_said():
    doubtful = Total(4, 1, 3, 5, Decimal(9), Decimal(9), 2, 1, 1, 0)
    settled = Total(1, 0, 1, 2, Decimal(9), Decimal(9), 0, 0, 0, 1)
    assert said(doubtful, settled) == [
        (
            "Lauréats proposés : 9 € (prévisionnel), pour 5 EIG de 3 projets. Dont 1 sous réserve et 1 estimé faute de "
            "simulation. 2 montants inconnus comptent pour zéro. 1 autre, inéligible ou écarté, ne compte pas."
        ),
        "Lauréats décidés : 9 €, pour 2 EIG de 1 projet.",
    ]
    assert said(Total(2, 0, 0, 0, Decimal(0), Decimal(0), 0, 0, 0, 0), NOBODY)[0] == (
        "Lauréats proposés : 2 projets, aucun co-financement demandé."
    )
    assert said(Total(2, 2, 0, 0, Decimal(0), Decimal(0), 0, 0, 0, 0), NOBODY)[0] == (
        "Lauréats proposés : aucun. 2 autres, inéligibles ou écartés, ne comptent pas."
    )


@pytest.mark.parametrize(
    ("envelope", "text"),
    [
        ("120000", "il en reste de 19 999,60 € à 30 000 €"),
        ("100000.40", "il en reste de 0 € à 10 000,40 €"),
        ("95000", "au minimum, il en reste 5 000 € ; au maximum, elle est dépassée de 5 000,40 €"),
        ("50000", "dépassée de 40 000 € à 50 000,40 €"),
    ],
)
def test_the_envelope_says_what_it_leaves(envelope, text):
    assert envelope_text(THREE, Decimal(envelope)).replace("\u202f", " ").partition(" : ")[2] == text
    with_envelope, nobody = said(THREE, NOBODY, Decimal(envelope))
    assert text in with_envelope
    assert "Enveloppe" not in nobody


def test_one_amount_over_the_envelope_is_one_amount():
    flat = Total(1, 0, 1, 2, Decimal(40000), Decimal(40000), 0, 0, 0, 0)
    assert envelope_text(flat, Decimal(30000)).replace("\u202f", " ") == "Enveloppe de 30 000 € : dépassée de 10 000 €"
