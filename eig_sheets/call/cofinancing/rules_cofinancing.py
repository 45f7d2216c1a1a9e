"""Co-financing of each dossier: route, what is missing, and the amount, before and after recruitment.

Co-financing never decides on an application.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.call.cofinancing import rules_amounts
from eig_sheets.call.cofinancing.rules_costs import SIMULATIONS, Costs, costs_of_one
from eig_sheets.domain.cofinancing_rules import CofinancingRules, SalaryRules
from eig_sheets.domain.frames import Mask, chosen, is_no, is_yes, labelled, no_row, unreadable
from eig_sheets.text.french import plain

RESTS_ON: Final = (
    "demande_cofinancement",
    "type_administration",
    "porteur",
    "type_porteur",
    "programme",
    "convention",
    "nombre_eig",
    *SIMULATIONS,
    "recrutement_clos",
)
"""The fields of a dossier on which the route and the amounts of its co-financing rest."""


def doubtful_cells(dossiers: pd.DataFrame, costs: Costs) -> dict[str, Mask]:
    """For each of RESTS_ON, where it is doubtful: filled in and unreadable, or a cost that cannot be believed.

    Under a flat rule no cost is doubtful: none is looked at.
    """
    doubtful = unreadable(dossiers, RESTS_ON)
    return doubtful | {field: costs.doubtful[field].to_numpy(dtype=bool) for field in SIMULATIONS}


DECREE = "decret_transfert"
DELEGATION = "delegation_gestion"
SELF_FINANCED = "autofinancement"
DIRECT = (DECREE, DELEGATION)


class CofinancingStatus(StrEnum):
    """Status of the co-financing of a dossier."""

    SETTLED = "acquis"  # requested, nothing missing
    CONDITIONAL = "sous_reserve"  # something is missing
    NONE = "non"  # not requested, or the call pays nothing
    VOID = "sans_objet"  # the dossier is ineligible, rejected or withdrawn: nothing will be paid


class Missing(StrEnum):
    """Information that is missing before the programme can pay."""

    REQUEST = "demande"  # nobody said whether co-financing is requested
    TYPE = "type"  # the host's type is blank or unknown, so there is no route
    CARRIER = "porteur"  # a porteur administratif that receives credits directly still has to be found
    CARRIER_TYPE = "type_porteur"  # the porteur is named, its type is blank
    AGREEMENT = "convention"  # the convention between the host and its porteur is not signed
    PROGRAMME = "programme"  # the number of the budget programme that receives the credits
    COUNT = "nombre_eig"  # the number of EIG was filled in, and cannot be read
    COSTS = "couts"  # a simulated cost cannot be read or believed
    RECRUITMENT = "recrutement"  # something of the people recruited cannot be read or believed


class RouteReason(StrEnum):
    """The reason for the route of a host."""

    NO_COFINANCING = "aucun_cofinancement"  # this call pays nothing
    UNKNOWN = "demande_a_preciser"  # the request is blank or unreadable
    NOT_REQUESTED = "non_demande"  # self-financed
    TYPE_UNKNOWN = "type_a_preciser"  # the host's type is blank
    DIRECT = "accueil_direct"  # the host receives credits directly, by its type or by the programme it names
    CARRIER_DIRECT = "porteur_direct"  # its porteur receives them for it
    CARRIER_WANTED = "porteur_a_trouver"  # no porteur is named
    CARRIER_TYPE_UNKNOWN = "type_porteur_a_preciser"  # a porteur is named, its type is blank
    CARRIER_NOT_DIRECT = "porteur_non_direct"  # the porteur cannot receive credits directly either
    INELIGIBLE = "ineligible"  # a rule of the call is broken
    REJECTED = "ecarte"  # rejected before the jury
    WITHDRAWN = "desiste"  # the applicant withdrew


def cofinance(
    dossiers: pd.DataFrame, rules: CofinancingRules, salaries: SalaryRules, talents: pd.DataFrame | None
) -> pd.DataFrame:
    """The co-financing of each dossier, on the index of `dossiers`.

    `requested`, `eligible`: nullable booleans. `status`: a CofinancingStatus. `route`, `payment`: codes or None;
    `carried`: whether a porteur administratif that is not the host receives the credits. `reason`: a RouteReason.
    `missing`: a tuple of Missing. `months` that the call pays, null when it pays by another rule or nothing is asked.
    `amount_min`, `amount_max`: euros, exact to the cent, null when unknown; with `one_min`, `one_max`, `per_eig_min`,
    `per_eig_max`, `estimated`, `questioned`, `exact` and what recruitment makes of them (see `amounts.compute`).

    `doubtful`: the fields of the dossier that cannot be read or believed, and on which all this rests;
    `doubtful_recruits`: the rows and fields of talents. With any of them nothing is settled: the amounts are a range.
    """
    if rules.rule == "none":
        return _no_cofinancing(dossiers, rules)
    requested = dossiers["demande_cofinancement"].astype("boolean")
    costs = costs_of_one(dossiers, rules, salaries)
    doubts = doubtful_cells(dossiers, costs)
    doubtful = labelled([(field, mask & ~is_no(requested)) for field, mask in doubts.items()], dossiers.index)
    sums = rules_amounts.compute(dossiers, is_yes(requested), costs, rules, talents, doubtful.astype(bool))
    sums.loc[is_no(requested), ["amount_min", "amount_max"]] = 0.0
    sums["doubtful"] = doubtful
    routes = _routes(dossiers, rules, doubts, sums["doubtful_recruits"].astype(bool).to_numpy())
    head = dossiers[["numero"]].assign(requested=requested)
    months = np.where(is_yes(requested) & (rules.rule == "months"), rules.months, np.nan)
    tail = pd.DataFrame(
        {"programme": _words(dossiers["programme"]), "source": rules.source, "months": months}, index=dossiers.index
    )
    return pd.concat([head, routes, tail, sums], axis=1)


def _no_cofinancing(dossiers: pd.DataFrame, rules: CofinancingRules) -> pd.DataFrame:
    result = dossiers[["numero"]].copy()
    result["requested"] = result["eligible"] = pd.array([pd.NA] * len(result), dtype="boolean")
    result["status"], result["reason"], result["source"] = (
        CofinancingStatus.NONE.value,
        RouteReason.NO_COFINANCING.value,
        rules.source,
    )
    for column in ("missing", "awaited", "doubtful", "doubtful_recruits"):
        result[column] = labelled([], result.index)
    result[["route", "payment", "programme"]] = None
    result[["amount_min", "amount_max"]] = 0.0
    result[["months", "one_min", "one_max", "per_eig_min", "per_eig_max"]] = np.nan
    result[["range_min", "range_max", "counted", "paid_months"]] = np.nan
    result[["carried", "estimated", "questioned", "exact", "settled"]] = False
    result["recruited"] = 0
    return result


def _routes(
    dossiers: pd.DataFrame, rules: CofinancingRules, doubts: dict[str, Mask], doubtful_recruits: Mask
) -> pd.DataFrame:
    """`eligible`, `status`, `route`, `payment`, `carried`, `reason` and `missing` of each dossier."""
    case = _Case(dossiers, rules, doubts)
    missing = [*case.missing(), (Missing.RECRUITMENT, case.asked & (doubtful_recruits | case.unclosed))]
    incomplete = np.logical_or.reduce([mask for _, mask in missing])
    settled = [
        (CofinancingStatus.NONE, case.refused),
        (CofinancingStatus.CONDITIONAL, incomplete),
        (CofinancingStatus.SETTLED, case.asked),
    ]
    eligible = pd.Series(case.eligible, index=dossiers.index, dtype="boolean")
    return pd.DataFrame(
        {
            "eligible": eligible.where(case.asked),
            "status": chosen(settled, dossiers.index),
            "route": case.host.where(case.asked, None).mask(case.refused, SELF_FINANCED),
            "payment": chosen([(DELEGATION, case.delegated), (DECREE, case.eligible)], dossiers.index),
            "carried": case.asked & case.carried,
            "reason": chosen(case.reasons(), dossiers.index),
            "missing": labelled(missing, dossiers.index),
        }
    )


class _Case:
    """The facts of each dossier that decide on its route, as masks."""

    def __init__(self, dossiers: pd.DataFrame, rules: CofinancingRules, doubts: dict[str, Mask]) -> None:
        self._doubts, self._nowhere = doubts, no_row(dossiers)
        self.asked = is_yes(dossiers["demande_cofinancement"])
        self.refused = is_no(dossiers["demande_cofinancement"])
        self.programme = _filled(dossiers["programme"])
        self.agreed = is_yes(dossiers["convention"])
        self.host = _route_of_type(dossiers["type_administration"], self.programme, rules)
        self.untyped = ~_filled(self.host)
        self.direct = _is_direct(self.host)
        self.indirect = ~self.untyped & ~self.direct
        self.carrier = _filled(dossiers["porteur"])
        carrier_route = _route_of_type(dossiers["type_porteur"], self.programme, rules).where(self.carrier, None)
        self.carrier_untyped = self.carrier & ~_filled(carrier_route)
        self.carrier_direct = _is_direct(carrier_route)
        self.carried = self.indirect | (self.direct & self.carrier & ~_is_the_host(dossiers))
        self.eligible = self.asked & (self.direct | (self.indirect & self.carrier_direct))
        receives_by_delegation = (self.host == DELEGATION) | (carrier_route == DELEGATION)
        self.delegated = self.eligible & receives_by_delegation.to_numpy(dtype=bool)
        self.unclosed = self._doubtful("recrutement_clos")

    def _doubtful(self, *fields: str) -> Mask:
        """Where one of these cells cannot be read or believed."""
        masks = [self._doubts[field] for field in fields if field in self._doubts]
        doubtful: Mask = np.logical_or.reduce([self._nowhere, *masks])
        return doubtful

    def missing(self) -> list[tuple[Missing, Mask]]:
        """The missing information of each dossier; the delegation of credits does not need the receiver's programme.

        A cell that is filled in and cannot be read is missing whatever the route: it may have been another one.
        """
        carried = self.asked & self.carried
        wants_programme = self.eligible & ~self.delegated & ~self.programme
        without_carrier = carried & ~self.carrier_direct & ~self.carrier_untyped
        return [
            (Missing.REQUEST, ~self.asked & ~self.refused),
            (Missing.TYPE, self.asked & self.untyped),
            (Missing.CARRIER, without_carrier | (self.asked & self._doubtful("porteur"))),
            (Missing.CARRIER_TYPE, (carried & self.carrier_untyped) | (self.asked & self._doubtful("type_porteur"))),
            (Missing.AGREEMENT, (carried & ~self.agreed) | (self.asked & self._doubtful("convention"))),
            (Missing.PROGRAMME, wants_programme | (self.asked & self._doubtful("programme"))),
            (Missing.COUNT, self.asked & self._doubtful("nombre_eig")),
            (Missing.COSTS, self.asked & self._doubtful(*SIMULATIONS)),
        ]

    def reasons(self) -> list[tuple[RouteReason, Mask]]:
        """The reasons, as masks: the first that holds is given."""
        return [
            (RouteReason.NOT_REQUESTED, self.refused),
            (RouteReason.UNKNOWN, ~self.asked),
            (RouteReason.TYPE_UNKNOWN, self.untyped),
            (RouteReason.DIRECT, self.direct),
            (RouteReason.CARRIER_WANTED, ~self.carrier),
            (RouteReason.CARRIER_TYPE_UNKNOWN, self.carrier_untyped),
            (RouteReason.CARRIER_NOT_DIRECT, ~self.carrier_direct),
            (RouteReason.CARRIER_DIRECT, self.carrier_direct),
        ]


def _route_of_type(types: pd.Series, programme: Mask, rules: CofinancingRules) -> pd.Series:
    """The way each type of administration receives credits; None for a blank or unknown type."""
    usual = {host.type: host.route for host in rules.hosts}
    named = usual | {host.type: host.with_programme for host in rules.hosts if host.with_programme}
    routes = types.astype(object).map(usual).mask(programme, types.astype(object).map(named))
    return _words(routes)


def _is_the_host(dossiers: pd.DataFrame) -> Mask:
    """Where the porteur administratif that is named is the host itself, or the ministry that it is a part of."""
    carriers = dossiers["porteur"].map(_plain_name)
    same = [carriers == dossiers[field].map(_plain_name) for field in ("administration", "ministere")]
    is_host: Mask = (carriers.ne("") & (same[0] | same[1])).to_numpy(dtype=bool)
    return is_host


def _plain_name(name: object) -> str:
    return plain(name) if isinstance(name, str) else ""


def _is_direct(routes: pd.Series) -> Mask:
    direct: Mask = routes.isin(DIRECT).to_numpy(dtype=bool)
    return direct


def _filled(column: pd.Series) -> Mask:
    filled: Mask = column.notna().to_numpy(dtype=bool)
    return filled


def _words(column: pd.Series) -> pd.Series:
    """The column with None in place of each blank."""
    return column.astype(object).where(column.notna(), None)
