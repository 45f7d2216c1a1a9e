"""Checks of `[[milestones]]`: names that are there twice, dates that are given in two ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from eig_sheets.domain.milestones.rules import Milestone
from eig_sheets.text.french import plain


def milestone_errors(milestones: Sequence[Milestone]) -> Iterator[str]:
    """A French sentence for each value of `[[milestones]]` that contradicts another."""
    for word, times in Counter(milestone.id for milestone in milestones).items():
        if times > 1:
            yield f"[[milestones]] donne deux fois l’id « {word} » : chaque jalon a le sien"
    spelled = {plain(milestone.label): milestone.label for milestone in milestones}
    for word, times in Counter(plain(milestone.label) for milestone in milestones).items():
        if not word:
            yield f"[[milestones]] : le label « {spelled[word]} » n’a ni lettre ni chiffre : donnez-lui un nom"
        elif times > 1:
            yield f"[[milestones]] donne deux fois le label « {spelled[word]} » : c’est lui qui reconnaît une ligne"
    for place, milestone in enumerate(milestones, 1):
        yield from _contradictions(f"milestones[{place}]", milestone)


def _contradictions(key: str, milestone: Milestone) -> Iterator[str]:
    shifted = [name for name in ("months", "weeks", "days") if getattr(milestone, name)]
    others = [*shifted, *(["of"] if milestone.of == "end" else [])]
    if milestone.date is not None and (others or milestone.every_months):
        other = (others or ["every_months"])[0]
        yield f"{key} donne à la fois date et {other} : gardez la date, ou la règle"
    elif milestone.every_months and others:
        yield f"{key}.every_months part du premier jour de l’équipe : retirez {others[0]}"
    if not milestone.remind and milestone.remind_days is not None:
        yield f"{key} donne remind_days et remind = false : gardez l’un des deux"
