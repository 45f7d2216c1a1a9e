"""Sensitivity of the selection, in French: for each change of a weight or of the jury, who enters, who leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.scoring.rules_ranking import by_expected_rank
from eig_sheets.call.scoring.scores import SCORES, ballots
from eig_sheets.call.scoring.sensitivity import Change, Scenario, scenarios
from eig_sheets.call.scoring.words import everyone_fits_text
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.text.french import plural, typographic

_ALONE: Final = "Un seul critère et un seul juré : il n’y a rien à essayer."
_CHANGES: Final = {
    Change.WITHOUT_CRITERION: "sans « {subject} »",
    Change.DOUBLE_CRITERION: "avec « {subject} » compté double",
    Change.WITHOUT_JUROR: "sans {subject}",
}


class Mover(NamedTuple):
    """A dossier that a change brings within the places or takes out; not `noted` when nobody else scored it."""

    numero: str
    project: str | None
    noted: bool


@dataclass(frozen=True, slots=True)
class Variation:
    """One change. `subject`: a criterion's id or a juror's address; `label`: the change, in French."""

    change: Change
    subject: str
    label: str
    enters: tuple[Mover, ...]
    leaves: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Every variation, in the order of the grid, then of the jurors' addresses.

    `reason`: why there is no variation, in French; '' when there is one. `by_expected_rank`: whether the official
    ranking, which variations change, goes by expected rank instead of the note.
    """

    variations: tuple[Variation, ...]
    places: int
    by_expected_rank: bool
    reason: str = ""

    @property
    def ranking(self) -> str:
        """The ranking that variations change, in French."""
        return "classement par le rang attendu" if self.by_expected_rank else "classement par la note"

    @property
    def moving(self) -> tuple[Variation, ...]:
        """The variations that change who is within the places."""
        return tuple(variation for variation in self.variations if variation.enters or variation.leaves)


def sensitivity_of(results: Results, campaign: Campaign, jurors: Mapping[str, str] | None = None) -> Sensitivity:
    """The scenarios of `domain.sensitivity`, in French; none where a rank selects nobody.

    `jurors` are the names of those that are not called by their address.
    """
    places, ranked = campaign.campaign.target, int(results.of(SCORES).ranking["rank"].notna().sum())
    expected = by_expected_rank(campaign.ranking, results.of(SCORES).calibration)
    if ranked <= places:
        return Sensitivity((), places, expected, typographic(_reason_for_none(ranked, places)))
    labels = {**campaign.labels, **(jurors or {})}
    projects = dict(
        zip(results.of(APPLICATIONS).dossiers["numero"], results.of(APPLICATIONS).dossiers["projet"], strict=True)
    )
    tested = scenarios(ballots(results, campaign), places)
    variations = tuple(_variation(tried, labels.get(tried.subject, tried.subject), projects) for tried in tested)
    return Sensitivity(variations, places, expected, "" if variations else typographic(_ALONE))


def change_text(kind: Change, subject: str) -> str:
    """The change in French: sans « Ouverture ». `subject` is the label of the criterion or the name of the juror."""
    return typographic(_CHANGES[kind]).format(subject=subject)


def mover_text(mover: Mover) -> str:
    """The project and number of a dossier: BatID (3713503)."""
    number = mover.numero if mover.noted else f"{mover.numero}, sans autre évaluation"
    return f"{mover.project} ({number})" if mover.project else f"dossier {number}"


def _variation(scenario: Scenario, subject: str, projects: Mapping[str, str | None]) -> Variation:
    def movers(numbers: Iterable[str]) -> tuple[Mover, ...]:
        return tuple(Mover(numero, _text(projects[numero]), numero in scenario.ranks) for numero in numbers)

    text = change_text(scenario.change, subject)
    label = f"{text[:1].upper()}{text[1:]}"
    return Variation(scenario.change, scenario.subject, label, movers(scenario.enters), movers(scenario.leaves))


def _text(typed: object) -> str | None:
    return typed if isinstance(typed, str) else None


def _reason_for_none(ranked: int, places: int) -> str:
    if not ranked:
        return "Aucun dossier n’est classé : il n’y a rien à essayer."
    counts = f"{plural(ranked, 'dossier classé', 'dossiers classés')}, {plural(places, 'place')}"
    fits = everyone_fits_text(ranked, places).capitalize()
    return f"{fits} ({counts}) : le rang n’élimine personne, il n’y a rien à essayer."


def summary(sensitivity: Sensitivity) -> str:
    """Summary sentence: how many variations there are, and how many change nothing; or why there is none."""
    if sensitivity.reason:
        return sensitivity.reason
    moving, tried = len(sensitivity.moving), plural(len(sensitivity.variations), "essai")
    unchanged = plural(len(sensitivity.variations) - moving, "n’y change rien", "n’y changent rien")
    changes = f"{plural(moving, 'change', 'changent')} {places_text(sensitivity)}, {unchanged}"
    if not moving:
        changes = f"aucun ne change {places_text(sensitivity)}"
    text = f"{tried}, une chose changée à la fois, au {sensitivity.ranking} : {changes}."
    return typographic(text)


def places_text(sensitivity: Sensitivity) -> str:
    """The words for what a variation may change: « qui est dans les 20 places », « qui a la seule place »."""
    return (
        f"qui est dans les {plural(sensitivity.places, 'place')}" if sensitivity.places > 1 else "qui a la seule place"
    )
