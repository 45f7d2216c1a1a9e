"""The rules of one call, as its configuration states them. No rule of any call is written in code."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, NaiveDatetime, model_validator

# Upper bounds are what no call reaches: beyond them is a slip, and what floats, dates and waits cannot compute with.
PositiveNumber = Annotated[float, Field(gt=0, le=1000)]
Weight = Annotated[float, Field(ge=0.001, le=1000)]
Score = Annotated[float, Field(ge=-1000, le=1000)]
Euros = Annotated[float, Field(ge=0, le=1e12)]
Salary = Annotated[float, Field(gt=0, le=1e6)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Words = Annotated[str, Field(min_length=1)]
Probability = Annotated[float, Field(ge=0, le=1)]

DELIBERATION_BOUNDS = (0.25, 0.75)
"""Probabilities of selection of the zone of deliberation, both included: the 50 % interval straddles the line."""


class Rules(BaseModel):
    """Base of every section: unknown keys are refused, values never change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class CallRules(Rules):
    """`[campaign]`: the call, its places, and its opening and closing; dates are naive, in the campaign's time zone."""

    id: Words
    name: str = ""
    timezone: Words = "Europe/Paris"
    opens: date
    closes: date | NaiveDatetime
    target: Count
    banner: str = ""

    @property
    def first_moment(self) -> datetime:
        """The first moment at which a dossier may come in."""
        return _moment(self.opens, time.min)

    @property
    def last_moment(self) -> datetime:
        """The last second at which a dossier may come in."""
        return _moment(self.closes, time(23, 59, 59))

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first_moment > self.last_moment:
            raise ValueError("closes_before_opens")
        return self


def _moment(value: date | datetime, otherwise: time) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, otherwise)


class Criterion(Rules):
    """`[[criteria]]`: a criterion that the jury scores, in the order of the columns; `meaning` is for its jurors.

    Criteria are part of what the digest of a ranking is made of (`call/report/ranking_inputs.py`): a new key is to be
    left out of that where it has its default, or published digests change. Candidates have criteria of this type too.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
    meaning: str = ""
    weight: Weight = 1.0


class ScoringRules(Rules):
    """`[scoring]`: the scale of a criterion, how many evaluations a dossier should have, when the jury is over.

    `closes`: the last day or moment of the jury, in the campaign's time zone; from then on notes are recorded.
    """

    min: Score
    max: Annotated[Score, Field(gt=0)]
    min_reviews: Count = 1
    closes: date | NaiveDatetime | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min >= self.max:
            raise ValueError("scale_upside_down")
        return self


def _folder_id(text: object) -> object:
    """The id in the address of a Google Drive folder, as a browser shows it; anything else is left as it is."""
    address = re.search(r"/folders/([A-Za-z0-9_-]+)", text) if isinstance(text, str) else None
    return address[1] if address else text


DriveFolder = Annotated[str, BeforeValidator(_folder_id), Field(pattern=r"^[A-Za-z0-9_-]*$")]
"""The id of a folder of Google Drive, which may be given by its address; '' for none."""


class ReadingRules(Rules):
    """Who reads what: `reads`, the readers of each; with `reads_as_group` they are groups, else jurors.

    `max_per_juror`: what a juror reads at most whose own maximum `Jury` does not say.
    """

    reads: Count | None = None
    max_per_juror: Count | None = None
    reads_as_group: bool = False

    @property
    def readers(self) -> int:
        """How many readers each should have: four jurors or one group, unless `reads` says otherwise."""
        return self.reads or (1 if self.reads_as_group else 4)


class JuryRules(ReadingRules):
    """`[jury]`: who reads which dossier, and what jurors are sent.

    `disagreement`: notes of a dossier that are so far apart, as a share of what a juror can give, make it one to
    discuss. `declaration`: the text that jurors declare about their interests, '' for the one that we supply.
    `drive_folder`: the id of the Google Drive folder in which pages online are made, '' for the drive of the person who
    makes them. `received`: the folder of the pages that jurors sent back, which `sync` reads every night;
    `collect_online`: it reads the pages online too.
    """

    disagreement: Annotated[float, Field(gt=0, le=1)] = 0.5
    declaration: str = ""
    drive_folder: DriveFolder = ""
    received: str = ""
    collect_online: bool = False


class RankingRules(Rules):
    """`[ranking]`: the official rank, ties, and what a proposal may need besides a rank.

    `zone`: the lowest and highest probabilities of selection of the zone of deliberation. `seed` has no effect, and is
    accepted from configurations of the time when it had one.
    """

    method: Literal["mean", "expected_rank"] = "mean"
    tie_break: tuple[str, ...] = ()
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 0
    min_note: Annotated[float, Field(ge=0, le=20)] | None = None
    waiting_list: Annotated[int, Field(ge=0, le=100_000)] = 0
    zone: tuple[Probability, Probability] = DELIBERATION_BOUNDS

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.zone[0] >= self.zone[1]:
            raise ValueError("zone_upside_down")
        return self


class EligibilityRules(Rules):
    """`[eligibility]`: the conditions of eligibility. Fields are named by their id in the schema.

    `read_in_fiche`: fields that no export holds, which officers read in the dossier's document. Blank, they are still
    to be read: the applicant is not asked for them.
    """

    eig_numbers: tuple[Count, ...] = ()
    required: tuple[str, ...] = ()
    attestations: tuple[str, ...] = ()
    eliminating: tuple[str, ...] = ()
    read_in_fiche: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _eliminating_are_attestations(self) -> Self:
        if not set(self.eliminating) <= set(self.attestations):
            raise ValueError("eliminating_unknown")
        return self


_DAYS_OF_A_MONTH = 365.25 / 12


class Experimentation(Rules):
    """`[emails.experimentation]`: its first and last days."""

    starts: date
    ends: date

    @property
    def months(self) -> int:
        """How long it lasts, in whole months, half a month or more counting for one."""
        return round(((self.ends - self.starts).days + 1) / _DAYS_OF_A_MONTH)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.starts > self.ends:
            raise ValueError("experimentation_upside_down")
        return self


class EmailRules(Rules):
    """`[emails]`: where the templates are, who signs, who is never written to, and from when each message is due.

    `allowed`: addresses, or whole domains (« @domaine.fr »), that may receive an e-mail about a dossier that is not
    theirs. `nightly_send`: whether `sync` sends what people approved. `scoping_months`, `contract_months`: days of the
    months in which projects are defined with their host, and in which its teams are hired.
    """

    templates: str = "emails"
    signature: str = ""
    contact: str = ""
    reply_before: NaiveDatetime | date | None = None
    cofinancing_before: NaiveDatetime | date | None = None
    scoping_months: tuple[date, ...] = ()
    contract_months: tuple[date, ...] = ()
    jury_dates: str = ""
    jury_place: str = ""
    announced: date | None = None
    preselection_announced: date | None = None
    jury_invited: date | None = None
    reminders: tuple[date, ...] = ()
    jury_thanked: date | None = None
    audition_minutes: Minutes = 20
    audition_place: str = ""
    disabled: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    nightly_send: bool = False
    experimentation: Experimentation | None = None


class FeatureRules(Rules):
    """`[features]`: the features of the program that the call does without, by their names."""

    without: tuple[Words, ...] = ()


class WordRules(Rules):
    """`[words]`: the words that drop-downs offer."""

    profiles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


class DecisionRules(Rules):
    """`[decisions]`: what the notification of a refusal owes to who receives it.

    `voies_recours`: the ways and time limits of appeal, as the administration's jurists wrote them; without them the
    time limit does not run (code de justice administrative, R. 421-5). `public_law`: whether decisions are those of a
    public administration; when they are not, no refusal needs that text.
    """

    voies_recours: str = ""
    public_law: bool = True


class AlgorithmRules(Rules):
    """`[algorithm]`: what is said of the ranking to who asks, and to everybody.

    `founds_decisions`: the administration considers that its decisions are taken on the ground of the ranking (code des
    relations entre le public et l’administration, L. 311-3-1): the messages that announce them then say so. `purpose`:
    what the ranking is for; `decided_by`: who decides; `contact`: to whom its rules are asked for.
    """

    founds_decisions: bool = False
    purpose: str = ""
    decided_by: str = ""
    contact: str = ""
