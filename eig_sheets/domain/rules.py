"""The rules of one call, as its configuration states them. No rule of any call is written in code."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, model_validator

PositiveNumber = Annotated[float, Field(gt=0)]
Words = Annotated[str, Field(min_length=1)]


class Rules(BaseModel):
    """Base of every section: unknown keys are refused, values never change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CallRules(Rules):
    """`[campaign]`: what the call is and when it is open; dates are naive, in the campaign's time zone."""

    id: Words
    name: str = ""
    timezone: Words = "Europe/Paris"
    opens: date
    closes: date | NaiveDatetime
    target: Annotated[int, Field(ge=1)]
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
    """One `[[criteria]]`: what the jury scores, in the order of the columns."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
    weight: PositiveNumber = 1.0


class ScoringRules(Rules):
    """`[scoring]`: the scale of a criterion, and how many evaluations a dossier should have."""

    min: float
    max: PositiveNumber
    min_reviews: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min >= self.max:
            raise ValueError("scale_upside_down")
        return self


class RankingRules(Rules):
    """`[ranking]`: the official rank, ties, and what a proposal may need besides a rank."""

    method: Literal["mean", "expected_rank"] = "mean"
    tie_break: tuple[str, ...] = ()
    seed: int = 0
    min_note: Annotated[float, Field(ge=0, le=20)] | None = None
    waiting_list: Annotated[int, Field(ge=0)] = 0


class EligibilityRules(Rules):
    """`[eligibility]`: what a dossier must say. Fields are named by their id in the schema."""

    eig_numbers: tuple[int, ...] = ()
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
    """One `[[cofinancing.hosts]]`: how a type of administration receives credits.

    `with_programme` replaces `route` when the dossier names a budget programme.
    """

    type: Words
    route: Route
    with_programme: Route | None = None


class CofinancingRules(Rules):
    """`[cofinancing]`: `months` pays months out of total_months, `flat` an amount for each EIG, `none` nothing."""

    rule: Literal["months", "flat", "none"]
    months: PositiveNumber = 3
    total_months: PositiveNumber = 10
    flat_amount: Annotated[float, Field(ge=0)] = 0
    net_to_employer_ratio: PositiveNumber = 1.75
    plausible: tuple[float, float] = (0.6, 1.6)
    programme: str = ""
    source: str = ""
    hosts: tuple[Host, ...] = ()


class SalaryRules(Rules):
    """`[salaries]`: net euros a month."""

    up_to_5_years: PositiveNumber = 3500
    over_5_years: PositiveNumber = 4000


TEMPLATES: Final = (
    "accuse_reception",
    "pieces_manquantes",
    "ineligible",
    "convocation_jury",
    "laureat",
    "liste_attente",
    "non_retenu",
    "cofinancement_a_completer",
    "relance_jure",
)
"""Every e-mail of the call for projects, in the order of its life."""


class EmailRules(Rules):
    """`[emails]`: where the templates are, who signs, and when a juror is reminded."""

    templates: str = "emails"
    signature: str = ""
    contact: str = ""
    reply_before: NaiveDatetime | date | None = None
    jury_dates: str = ""
    announced: date | None = None
    reminders: tuple[date, ...] = ()
    disabled: tuple[str, ...] = ()


class WordRules(Rules):
    """`[words]`: the words that drop-downs offer."""

    profiles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
