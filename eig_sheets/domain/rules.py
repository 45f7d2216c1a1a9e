"""The rules of one call, as its configuration states them. No rule of any call is written in code."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, model_validator

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

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


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
    """`[[criteria]]`: a criterion that the jury scores, in the order of the columns."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
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
    """`[eligibility]`: the conditions of eligibility. Fields are named by their id in the schema."""

    eig_numbers: tuple[Count, ...] = ()
    required: tuple[str, ...] = ()
    attestations: tuple[str, ...] = ()
    eliminating: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _eliminating_are_attestations(self) -> Self:
        if not set(self.eliminating) <= set(self.attestations):
            raise ValueError("eliminating_unknown")
        return self


Route = Literal["decret_transfert", "delegation_gestion", "portage"]


class Host(Rules):
    """`[[cofinancing.hosts]]`: how a type of administration receives credits.

    `with_programme` replaces `route` when the dossier names a budget programme.
    """

    type: Words
    route: Route
    with_programme: Route | None = None


class CofinancingRules(Rules):
    """`[cofinancing]`: `months` pays months out of total_months, `flat` an amount for each EIG, `none` nothing.

    `envelope`: what there is to share, in euros, when it is known.
    """

    rule: Literal["months", "flat", "none"]
    months: PositiveNumber = 3
    total_months: PositiveNumber = 10
    flat_amount: Euros = 0
    envelope: Euros | None = None
    net_to_employer_ratio: PositiveNumber = 1.75
    plausible: tuple[Score, Score] = (0.6, 1.6)
    programme: str = ""
    source: str = ""
    hosts: tuple[Host, ...] = ()


class SalaryRules(Rules):
    """`[salaries]`: net euros a month."""

    up_to_5_years: Salary = 3500
    over_5_years: Salary = 4000


class Webinar(Rules):
    """`[[emails.webinars]]`: a webinar; people who booked an advice slot are invited from the day `invited`."""

    title: Words
    starts: NaiveDatetime
    minutes: Minutes = 60
    link: str = ""
    invited: date


class TalentDates(Rules):
    """`[emails.talents]`: when candidates choose their projects, are heard, and may be told the outcome."""

    revealed: date | None = None
    wishes_before: NaiveDatetime | date | None = None
    jury_dates: str = ""
    audition_minutes: Minutes = 30
    audition_place: str = ""
    announced: date | None = None


_DAYS_OF_A_MONTH = 365.25 / 12


class Experimentation(Rules):
    """`[emails.experimentation]`: its first and last days; a milestone is recalled so many days before its date."""

    starts: date
    ends: date
    remind_days: Annotated[int, Field(ge=0, le=366)] = 7

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
    announced: date | None = None
    preselection_announced: date | None = None
    jury_invited: date | None = None
    reminders: tuple[date, ...] = ()
    jury_thanked: date | None = None
    audition_minutes: Minutes = 20
    audition_place: str = ""
    advice_minutes: Minutes = 20
    advice_place: str = ""
    disabled: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    nightly_send: bool = False
    talents: TalentDates = TalentDates()
    webinars: tuple[Webinar, ...] = ()
    experimentation: Experimentation | None = None


class WordRules(Rules):
    """`[words]`: the words that drop-downs offer."""

    profiles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
