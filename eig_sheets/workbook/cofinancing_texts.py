"""French texts of the co-financing totals, the same in the command, on the page and on `Accueil`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from eig_sheets.domain.cofinancing_totals import Total, Totals
from eig_sheets.text.french import NARROW, euros, listed, number, plural, typographic

GROUPS: Final = {"proposed": "Lauréats proposés", "decided": "Lauréats décidés"}
"""The French of the groups of `Totals`, by the name of the field."""


def total_sentences(totals: Totals) -> Iterator[str]:
    """One paragraph for each group of laureates: what it costs, what the envelope leaves, what to know of the sum."""
    for group, label in GROUPS.items():
        total: Total = getattr(totals, group)
        parts = [f"{label} : {_amounts(total)}.", *remarks(total)]
        if totals.envelope is not None and total.asking:
            parts.append(f"{envelope_text(total, totals.envelope)}.")
        yield typographic(" ".join(parts))


def _amounts(total: Total) -> str:
    inside = total.dossiers - total.excluded
    if not inside:
        return "aucun"
    projects = plural(inside, "projet")
    if not total.asking:
        return f"{projects}, aucun co-financement demandé"
    provisional = " (prévisionnel)" if total.provisional else ""
    of = projects if total.asking == inside else f"{plural(total.asking, 'projet')} sur {number(inside)}"
    return f"{between(total.least, total.most)}{provisional}, pour {number(total.eig)} EIG de {of}"


def envelope_text(total: Total, envelope: Decimal) -> str:
    """What remains of the envelope once a total is paid, or by how much it is exceeded, as a range."""
    at_most, at_least = envelope - total.most, envelope - total.least
    of = f"Enveloppe de {amount(envelope)}"
    if at_most >= 0:
        return f"{of} : il en reste {between(at_most, at_least)}"
    if at_least < 0:
        return f"{of} : dépassée {_by(-at_least, -at_most)}"
    return f"{of} : au minimum, il en reste {amount(at_least)} ; au maximum, elle est dépassée de {amount(-at_most)}"


def remarks(total: Total) -> Iterator[str]:
    """Caveats about a total, one sentence each; none when every amount is certain."""
    doubts = [
        (total.conditional, "sous réserve"),
        (total.estimated, "estimé faute de simulation" if total.estimated < 2 else "estimés faute de simulation"),
    ]
    said = [f"{number(count)} {words}" for count, words in doubts if count]
    if said:
        yield f"Dont {listed(said)}."
    if total.unknown:
        counted = plural(total.unknown, "montant inconnu compte", "montants inconnus comptent")
        yield f"{counted} pour zéro."
    if total.excluded:
        are = plural(total.excluded, "autre, inéligible ou écarté", "autres, inéligibles ou écartés")
        yield f"{are}, {'ne compte' if total.excluded < 2 else 'ne comptent'} pas."


def _by(least: Decimal, most: Decimal) -> str:
    return f"de {amount(least)}" if least == most else between(least, most)


def between(least: Decimal, most: Decimal) -> str:
    """De 34 650 € à 39 600 €; one amount when both are the same."""
    return amount(least) if least == most else f"de {amount(least)} à {amount(most)}"


def amount(value: Decimal) -> str:
    """34 650 €, or 34 650,40 €: cents when there are some."""
    return f"{number(int(value))}{NARROW}€" if value == int(value) else euros(float(value))
