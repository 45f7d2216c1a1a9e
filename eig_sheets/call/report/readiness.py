"""Whether a jury can deliberate: what is missing, who must step aside, which dossiers hang on one juror. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.jury.assignments import assigned
from eig_sheets.call.jury.progress import expected_evaluations
from eig_sheets.call.jury.receipts import rankable_dossiers
from eig_sheets.call.report.open_points import OpenPoint, OpenPoints
from eig_sheets.call.report.people import recusals_of
from eig_sheets.call.report.projects import name_of
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.sensitivity import Change
from eig_sheets.call.scoring.sensitivity_texts import Variation
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import listed, listed_first, plural, typographic

MOST_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the presidency looks at before the meeting, in French sentences; () where there is nothing to say.

    `settle`: what must be settled first, without which the jury would deliberate on something else than what was
    received. `missing`: what did not come, and need not be waited for. `aside`: each project that someone does not
    hear, with their names. `hanging`: each juror on whom alone some places hang.
    """

    settle: tuple[str, ...]
    missing: tuple[str, ...]
    aside: tuple[tuple[str, tuple[str, ...]], ...]
    hanging: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """Whether the jury can deliberate."""
        if self.settle:
            return typographic("Pas encore : il faut d’abord trancher ce qui suit.")
        left = " Ce qui manque est dit ci-dessous." if self.missing else ""
        return typographic(f"Oui : rien de ce qui a été reçu n’est en suspens.{left}")


def readiness_of(
    reading: Reading,
    results: Results,
    points: OpenPoints,
    variations: Sequence[Variation],
    names: Mapping[str, str],
) -> Readiness:
    """The readiness of a jury on every dossier that is ranked, or would be; `names`: of jurors, by their addresses."""
    typed = results.of(APPLICATIONS).dossiers.set_index("numero")["projet"]
    rankable = rankable_dossiers(reading, results)
    projects = {numero: name_of({"numero": numero, "projet": typed[numero]}) for numero in rankable}
    recused = recusals_of(reading, results)
    return Readiness(
        tuple(map(typographic, _to_settle(points))),
        tuple(map(typographic, _missing(reading, results, projects, names))),
        tuple(
            (project, tuple(names.get(juror, juror) for juror in recused[numero]))
            for numero, project in projects.items()
            if numero in recused
        ),
        tuple(map(typographic, _hanging(variations))),
    )


def _to_settle(points: OpenPoints) -> Iterator[str]:
    """Each point with its cell and why it is open: a reason is what tells a slip from a conflict of interests."""
    kinds: tuple[tuple[Sequence[OpenPoint], str], ...] = (
        ((*points.dossiers, *points.unnumbered), "Dossier laissé de côté"),
        (points.recusals, "Déport à trancher"),
        (points.evaluations, "Évaluation reçue qui ne compte pas"),
    )
    for some, what in kinds:
        yield from (f"{what} : {_about(point)}. {point.text}" for point in some[:MOST_NAMED])
        if len(some) > MOST_NAMED:
            yield f"{what} : {plural(len(some) - MOST_NAMED, 'autre')}."


def _about(point: OpenPoint) -> str:
    return " – ".join(filter(None, (point.name or point.numero, point.juror))) or "sans numéro"


def _missing(
    reading: Reading, results: Results, projects: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[str]:
    awaited = Counter(names.get(juror, juror) for juror in _late(reading, results))
    if awaited:
        whose = [f"{name} ({count})" for name, count in sorted(awaited.items())]
        are = plural(awaited.total(), "évaluation manque", "évaluations manquent")
        yield f"{are} : {listed_first(whose, 'autre juré', 'autres jurés', MOST_NAMED)}."
    least = reading.campaign.scoring.min_reviews
    reviews = results.of(SCORES).ranking.set_index("numero")["reviews"]
    few = [f"{project} ({reviews[numero]})" for numero, project in projects.items() if reviews[numero] < least]
    if few:
        have = plural(len(few), "dossier a", "dossiers ont")
        yield f"{have} moins de {least} évaluations complètes : {listed_first(few, 'autre', 'autres', MOST_NAMED)}."


def _late(reading: Reading, results: Results) -> list[str]:
    """The juror of each evaluation that is asked for, or begun, and did not come whole."""
    if assigned(results):
        expected = expected_evaluations(reading, results)
        return [*expected.loc[~expected["received"], "jure"]]
    evaluated = results.of(SCORES).evaluated
    return [*evaluated.loc[evaluated["status"] == EvaluationStatus.INCOMPLETE, "jure"]]


def _hanging(variations: Sequence[Variation]) -> Iterator[str]:
    for variation in variations:
        if variation.change is Change.WITHOUT_JUROR and (variation.enters or variation.leaves):
            ways = ((variation.enters, "entre", "entrent"), (variation.leaves, "sort", "sortent"))
            moves = [
                f"{listed(mover.project or mover.numero for mover in movers)} {one if len(movers) == 1 else many}"
                for movers, one, many in ways
                if movers
            ]
            yield f"{variation.label[0].upper()}{variation.label[1:]} : {listed(moves)}."
