"""The figures of the community, as tabs and minutes say them: each with how it came about. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.community import Community, Figure, community
from eig_sheets.text.french import number, plural, typographic


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure, and how it came about in French."""

    label: str
    total: int
    explained: str


def community_lines(reading: Reading) -> Iterator[FigureLine]:
    """One line for each figure that the configuration of this very call begins: what an earlier one had has grown."""
    files = reading.campaign.provenance.files
    if {file for key, file in files.items() if key.startswith("community.")} - {files.get("campaign.id")}:
        return
    rules = reading.campaign.community
    talents = reading.valid_rows("talents") if reading.has("talents") else None
    figures: Community = community(rules, reading.valid_rows("candidatures"), talents)
    decision = reading.layout.tabs["candidatures"].header("decision")
    for label, figure, counted in (
        ("Projets depuis la première promotion", figures.projects, f"« Lauréat » dans « {decision} »"),
        (
            "Agents publics porteurs de projet",
            figures.agents,
            "les adresses des porteurs des lauréats, une fois chacune",
        ),
        ("Talents recrutés", figures.talents, "les candidats « Retenu » d’un projet lauréat"),
    ):
        if figure is not None:
            yield FigureLine(label, figure.total, typographic(_explained(figure, counted, rules.source)))


def _explained(figure: Figure, counted: str, source: str) -> str:
    known = f"{number(figure.before)} avant cette promotion" + (f" ({source})" if source else "")
    return f"{known}, plus {plural(figure.added, 'nouveau', 'nouveaux')} : {counted}."
