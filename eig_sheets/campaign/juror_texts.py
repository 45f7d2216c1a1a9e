"""Texts about jurors in French: how to read the fit of their votes, and severities that the scale cuts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from eig_sheets.domain.calibration import CUT_SHARE, Fit
from eig_sheets.text.french import number, plural, typographic

FIT_METHOD: Final = typographic(
    "L’écart est la distance des notes d’un juré à ce qu’annoncent les autres jurés et le modèle, sa sévérité mise à "
    "part ; 1 est l’écart attendu. « S’écarte » : moins d’un jury honnête sur vingt aurait un juré aussi loin ; c’est "
    "une question à lui poser, pas un reproche, et ses notes comptent comme les autres. « Trop peu de dossiers » : un "
    "juré qui noterait au hasard passerait inaperçu plus d’une fois sur cinq."
)


def cut_text(share: float) -> str:
    """A warning that a severity's interval is too short, for this share of extreme notes; '' otherwise."""
    if not share >= CUT_SHARE:
        return ""
    return typographic(f"intervalle trop court : {number(100 * share, 0)} % de notes extrêmes")


def fit_summary(flags: Iterable[str | None]) -> str:
    """One sentence on how many jurors depart from what is expected, how many follow, how many cannot be told."""
    counts = dict.fromkeys(Fit, 0)
    for flag in flags:
        if flag is not None:
            counts[Fit(flag)] += 1
    if not any(counts.values()):
        return ""
    far = plural(counts[Fit.FAR], "juré s’écarte", "jurés s’écartent") if counts[Fit.FAR] else "aucun juré ne s’écarte"
    follow = plural(counts[Fit.FOLLOWS], "suit", "suivent")
    few = plural(counts[Fit.TOO_FEW], "a", "ont")
    text = f"{far} de ce qui est attendu, {follow} ce qui est attendu, {few} trop peu de dossiers pour le dire."
    return typographic(f"{text[:1].upper()}{text[1:]}")
