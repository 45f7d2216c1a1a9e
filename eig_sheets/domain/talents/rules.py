"""The rules of the call for talents, as the configuration states them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Self

from pydantic import Field, NaiveDatetime, model_validator

from eig_sheets.domain.rules import Count, Criterion, Rules, Score, Words

WISHES = ("voeu_1", "voeu_2", "voeu_3")
"""The fields in which candidates choose projects, in the order of their preference (règlement, 5: three at most)."""

CRITERIA = (
    Criterion(id="dynamisme", label="Dynamisme, vision, initiative"),
    Criterion(id="comprehension", label="Compréhension du projet"),
    Criterion(id="interet_general", label="Sens de l’intérêt général"),
    Criterion(id="integration", label="Capacité à s’intégrer"),
    Criterion(id="adequation", label="Adéquation au profil"),
)
"""The criteria of a call whose configuration has no `[[talents.criteria]]`: those that the tab has always had."""


class Exclusion(Rules):
    """`[[talents.exclusions]]`: candidates whom the call excludes, told by the words that they typed.

    A cell of `fields` that has one of `words` is concerned. It excludes when it also has one of `certain`, or when
    there are none; one of `unless` makes it doubtful. What is doubtful is for people to settle, never excluded. Words
    are compared whole, without case, accents or punctuation. `reason`: the French that people read.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    reason: Words
    words: tuple[Words, ...] = Field(min_length=1)
    certain: tuple[Words, ...] = ()
    unless: tuple[Words, ...] = ()
    fields: tuple[Words, ...] = ("statut_actuel",)


class TalentRules(Rules):
    """`[talents]`: the window of the call for talents, who is excluded, the wishes, and the grid of its jury.

    `required`: fields without which a candidature is still to be completed. `hearing_days`: the days of the jury;
    `results_before`: the day before which the outcome is due. `min_reviews`: evaluations that a candidate should have;
    `min_votes`: those that a juror should have given, on average, for notes to be corrected.
    """

    opens: date | None = None
    closes: date | NaiveDatetime | None = None
    required: tuple[Words, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    max_wishes: Annotated[int, Field(ge=1, le=len(WISHES))] = len(WISHES)
    criteria: tuple[Criterion, ...] = Field(default=CRITERIA, min_length=1)
    min: Score = 1
    max: Annotated[Score, Field(gt=0)] = 4
    min_reviews: Count = 1
    min_votes: Count = 3
    hearing_days: tuple[date, ...] = ()
    results_before: date | None = None

    @property
    def first_moment(self) -> datetime | None:
        """The first moment at which a candidature may come in; None when it is not given."""
        return None if self.opens is None else datetime.combine(self.opens, time.min)

    @property
    def last_moment(self) -> datetime | None:
        """The last second at which a candidature may come in; None when it is not given."""
        return last_second(self.closes)

    @property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest score of a criterion."""
        return self.min, self.max

    @property
    def labels(self) -> dict[str, str]:
        """The criteria in the order of the columns: id → label."""
        return {criterion.id: criterion.label for criterion in self.criteria}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min >= self.max:
            raise ValueError("talents_scale_upside_down")
        return self


def last_second(moment: date | datetime | None) -> datetime | None:
    """The last second that a deadline leaves: of a day the last one, of a minute too, as people tell it (23:59)."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment if moment.second else moment.replace(second=59)
    return datetime.combine(moment, time(23, 59, 59))
