"""The settings of the call for talents: its rules, its dates, its jury, its forms, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Annotated, Final, Literal

from pydantic import Field, NaiveDatetime

from eig_sheets.config import Campaign
from eig_sheets.config.demarche import OtherDemarche
from eig_sheets.config.export_columns import FormSettings
from eig_sheets.config.section_checks import RESERVED, criterion_errors, duplicates
from eig_sheets.domain.rules import Count, Criterion, Minutes, ReadingRules, Rules, Score, Words
from eig_sheets.text.french import plain

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


def last_second(moment: date | datetime | None) -> datetime | None:
    """The last second that a deadline leaves: of a day the last one, of a minute too, as people tell it (23:59)."""
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment if moment.second else moment.replace(second=59)
    return datetime.combine(moment, time(23, 59, 59))


class TalentDates(Rules):
    """`[emails.talents]`: when candidates choose their projects, are heard, and may be told the outcome.

    `acknowledged`: whether a candidature that came in is answered; not where its form does it already.
    """

    acknowledged: bool = True
    revealed: date | None = None
    wishes_before: NaiveDatetime | date | None = None
    wishes_reminder: date | None = None
    jury_dates: str = ""
    audition_minutes: Minutes = 30
    audition_place: str = ""
    announced: date | None = None


class CandidateReadingRules(ReadingRules):
    """`[jury.talents]`: who notes which candidate. Each juror notes for themself."""

    reads: Count = 3
    reads_as_group: Literal[False] = False


class CandidateForm(FormSettings):
    """`[import.talents]`: the columns of the export of the form of candidates, and its states."""


class WishForm(FormSettings):
    """`[import.wishes]`: those of the form by which they choose projects."""


class CandidateDemarche(OtherDemarche):
    """`[demarche.talents]`: the démarche of candidates."""


class WishDemarche(OtherDemarche):
    """`[demarche.wishes]`: that of their choices."""


_RESERVED: Final = RESERVED | {"candidature", "corrected", "corrected_error", "metier", "statut", "group", "wish"}
"""Names of the columns that stand beside those of the criteria of candidates."""


def talent_errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each value of `[talents]` that cannot be used."""
    rules = campaign.section(TalentRules)
    if rules.min >= rules.max:
        yield "talents.min doit être plus petit que talents.max"
    yield from criterion_errors(rules.criteria, "talents.criteria", _RESERVED)
    for word in duplicates(exclusion.id for exclusion in rules.exclusions):
        yield f"[[talents.exclusions]] donne deux fois l’id « {word} » : chaque exclusion a le sien"
    for place, exclusion in enumerate(rules.exclusions, 1):
        yield from _exclusion_errors(f"talents.exclusions[{place}]", exclusion)


def _exclusion_errors(key: str, exclusion: Exclusion) -> Iterator[str]:
    for name in ("words", "certain", "unless"):
        for word in getattr(exclusion, name):
            if not plain(word):
                yield f"{key}.{name} : « {word} » n’a ni lettre ni chiffre : retirez-le"
