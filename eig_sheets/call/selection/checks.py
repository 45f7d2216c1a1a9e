"""Checks of a selection under limits: values that no dossier has, limits that cannot be met, places to give again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.scoring.calibration import WeakLink
from eig_sheets.call.scoring.rules_proposals import Proposal
from eig_sheets.call.scoring.rules_ranking import Unranked
from eig_sheets.call.scoring.rules_scoring import is_complete
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import weak_link_anomaly
from eig_sheets.call.selection.rules_comparison import Successor
from eig_sheets.call.selection.selection import SELECTION, LimitInForce, Selection
from eig_sheets.call.selection.words import bound_text, limit_name, relaxed_text
from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING, WITHDRAWN
from eig_sheets.text.french import listed_first
from eig_sheets.workbook import words
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import did_you_mean, quoted

UNREAD_LIMIT: Final = warning(
    "limite_illisible",
    "La limite « {value} » porte sur une cellule qui ne peut pas être lue : d’ici là, le dossier compte dans tous les "
    "maxima de cette colonne, dans aucun minimum.",
    "Corrigez la cellule.",
)
LIMIT_WITHOUT_DOSSIER: Final = warning(
    "limite_sans_dossier",
    "La limite « {value} » porte sur une valeur qu’aucun dossier n’a en « {header} ».{hint}",
    "Corrigez la valeur dans la colonne, ou selection.limits dans la configuration.",
    for_operator=True,
)
SELECTION_IMPOSSIBLE: Final = warning(
    "selection_impossible",
    "Aucune sélection ne respecte toutes les limites. Le plus petit assouplissement qui en permette une : {value}.",
    "Revoyez ces limites ou les décisions saisies ; « eig-sheets select » montre la sélection que cet "
    "assouplissement donnerait. D’ici là, la proposition est « Délibération ».",
    for_operator=True,
)
PLACE_FREED: Final = warning(
    "place_liberee",
    "{withdrawn} : une place est libre, et {value} est le suivant de la réserve qui respecte les limites.{hint}",
    "Si vous le retenez, saisissez « Lauréat » en « {header} » : l’e-mail qui annonce qu’une place s’est libérée "
    "est alors préparé.",
)
PLACE_WITHOUT_NEXT: Final = warning(
    "place_sans_suivant",
    "{withdrawn} : une place est libre, et aucun dossier de la réserve ne peut la prendre.{hint}",
    "Laissez la place vide, ou revoyez les limites ou les décisions.",
)

_MOST_PASSED = 3


def selection_anomalies(reading: Reading, dossiers: pd.DataFrame, selection: Selection) -> Iterator[Anomaly]:
    """Every anomaly of a selection."""
    tab = reading.layout.tabs["candidatures"]
    for limit in selection.limits:
        if not limit.known:
            hint = did_you_mean(limit.values[0], limit.closest_to)
            header = limit.column.header
            yield anomaly(LIMIT_WITHOUT_DOSSIER, tab.name, value=limit_name(limit), header=header, hint=hint)
        yield from _unread(limit, dossiers, tab)
    if selection.outcome.relaxed:
        asked = " ; ".join(relaxed_text(relaxed, selection) for relaxed in selection.outcome.relaxed)
        yield anomaly(SELECTION_IMPOSSIBLE, tab.name, value=asked)
    yield from _free_places(reading, dossiers, selection)


def _unread(limit: LimitInForce, dossiers: pd.DataFrame, tab: TabLayout) -> Iterator[Anomaly]:
    """An anomaly for each cell of the staff's own column that cannot be read; one of our columns has its own."""
    if limit.column.field is None:
        for _, dossier in dossiers[dossiers["numero"].isin(limit.doubtful)].iterrows():
            cell = tab.cell_name(int(dossier["row"]), limit.column.column)
            yield anomaly(UNREAD_LIMIT, tab.name, cell, dossier["numero"], value=limit_name(limit))


def _free_places(reading: Reading, dossiers: pd.DataFrame, selection: Selection) -> Iterator[Anomaly]:
    """An anomaly for each place that somebody left: who is next, at the cell of their decision."""
    tab = reading.layout.tabs["candidatures"]
    gone = dossiers[dossiers["decision"] == WITHDRAWN].to_dict("records")
    rows = {dossier["numero"]: dossier for dossier in dossiers.to_dict("records")}
    withdrawn = f"« Désisté » saisi pour {listed_first([_name(dossier) for dossier in gone])}"
    for successor in selection.successors:
        hint = _passed(successor, selection)
        if successor.dossier is None:
            cell, numero = tab.cell("decision", gone[-1]["row"]), gone[-1]["numero"]
            yield anomaly(PLACE_WITHOUT_NEXT, tab.name, cell, numero, withdrawn=withdrawn, hint=hint)
            continue
        following = rows[selection.problem.numbers[successor.dossier]]
        words = {"withdrawn": withdrawn, "value": _name(following), "header": tab.header("decision"), "hint": hint}
        cell = tab.cell("decision", following["row"])
        yield anomaly(PLACE_FREED, tab.name, cell, following["numero"], blocks=False, **words)


def _name(dossier: Mapping[Any, Any]) -> str:
    """« BatID » (3713503), or le dossier 3713503."""
    project, numero = dossier["projet"], dossier["numero"]
    return f"« {quoted(project)} » ({numero})" if isinstance(project, str) else f"le dossier {numero}"


def _passed(successor: Successor, selection: Selection) -> str:
    """Who came before and does not fit, with the limit; '' when nobody did."""
    told = [
        f"{selection.problem.numbers[dossier]} ne convient pas : {bound_text(bounds[0], selection)}"
        for dossier, bounds in successor.passed[:_MOST_PASSED]
    ]
    return f" Avant : {' ; '.join(told)}." if told else ""


DECISION_WITHOUT_REASON: Final = warning(
    "decision_sans_motif",
    "« {value} » s’écarte du classement ({reason}), sans motif.",
    "Écrivez pourquoi dans « {header} ».",
)
TOO_MANY_LAUREATES: Final = warning(
    "laureats_en_trop",
    "{count} dossiers sont « {value} » ; places : {limit}.",
    "Corrigez ces décisions ; s’il y a plus de places, dites-le dans Paramètres (« Places »).",
)
NO_DECLARATION: Final = warning(
    "declaration_absente",
    "{value} note des dossiers et sa déclaration d’intérêts n’est pas notée reçue.",
    "Remplissez « {header} » avec la date de réception, ou demandez-la.",
)

_FOLLOWED: Final = {LAUREATE: Proposal.LAUREATE, WAITING: Proposal.WAITING, REFUSED: Proposal.REFUSED}
"""What a decision follows; none departs from a proposal that leaves it to the jury, and « Désisté » is no choice."""


def deliberation_anomalies(
    reading: Reading,
    dossiers: pd.DataFrame,
    ranking: pd.DataFrame,
    evaluated: pd.DataFrame,
    weak_links: Sequence[WeakLink],
) -> Iterator[Anomaly]:
    """Anomalies: decisions without a reason, jurors without a declaration, parts of the jury hardly compared."""
    yield from _departures(reading, dossiers, ranking)
    yield from _too_many(reading, dossiers)
    yield from _undeclared(reading, evaluated)
    jury = reading.layout.tabs["jury"]
    yield from (weak_link_anomaly(link, jury.name, jury.header("groupe")) for link in weak_links)


def _departures(reading: Reading, dossiers: pd.DataFrame, ranking: pd.DataFrame) -> Iterator[Anomaly]:
    tab = reading.layout.tabs["candidatures"]
    decided = dossiers[dossiers["decision"].isin([*_FOLLOWED]) & dossiers["motif"].isna()]
    proposals = ranking.set_index("numero")[["proposal", "proposal_reserves", "unranked_reason"]]
    for numero, decision, row in zip(decided["numero"], decided["decision"], decided["row"], strict=True):
        proposal, reserves, unranked = proposals.loc[numero]
        if reason := _departure(decision, proposal, reserves, unranked):
            where = {"header": tab.header("motif"), "value": decision, "reason": reason}
            yield anomaly(DECISION_WITHOUT_REASON, tab.name, tab.cell("decision", int(row)), numero, **where)


def departures(results: Results) -> dict[str, str]:
    """What the decision of each dossier departs from, by number, reasons given or not; of those that do."""
    dossiers, ranking = results.of(APPLICATIONS).dossiers, results.of(SCORES).departed.set_index("numero")
    decided = dossiers[dossiers["decision"].isin([*_FOLLOWED])]
    proposals = ranking[["proposal", "proposal_reserves", "unranked_reason"]]
    found = {
        numero: _departure(decision, *proposals.loc[numero])
        for numero, decision in zip(decided["numero"], decided["decision"], strict=True)
    }
    return {numero: reason for numero, reason in found.items() if reason}


def _too_many(reading: Reading, dossiers: pd.DataFrame) -> Iterator[Anomaly]:
    """An anomaly when there are more laureates than places, at the decision of the last one."""
    laureates, places = dossiers[dossiers["decision"] == LAUREATE], reading.campaign.campaign.target
    if len(laureates) > places:
        tab, last = reading.layout.tabs["candidatures"], laureates.iloc[-1]
        where = tab.cell("decision", int(last["row"]))
        counts = {"count": str(len(laureates)), "limit": str(places)}
        yield anomaly(TOO_MANY_LAUREATES, tab.name, where, None, blocks=False, value=LAUREATE, **counts)


def _departure(decision: str, proposal: str | None, reserves: Sequence[str], unranked: str | None) -> str:
    """The recommendation that a decision departs from; '' when it follows it, or when the jury has to decide."""
    if unranked in (Unranked.REJECTED_INELIGIBLE, Unranked.REJECTED_INSUFFICIENT):
        return ""  # two words that contradict each other are an anomaly of their own
    if unranked:
        return "" if decision == REFUSED else words.UNRANKED[unranked]
    if proposal in (None, Proposal.DELIBERATION, _FOLLOWED[decision]):
        return ""
    return f"proposition : {(words.proposal_text(proposal, reserves) or '').lower()}"


def _undeclared(reading: Reading, evaluated: pd.DataFrame) -> Iterator[Anomaly]:
    if "jury" not in reading.tables or "declaration" not in reading.layout.tabs["jury"].available:
        return
    tab = reading.layout.tabs["jury"]
    scored = evaluated.loc[is_complete(evaluated["status"]), "jure"]
    jury = reading.valid_rows("jury")
    for email, row in jury.loc[jury["declaration"].isna() & jury["email"].isin(scored), ["email", "row"]].to_numpy():
        cell = tab.cell("declaration", int(row))
        yield anomaly(NO_DECLARATION, tab.name, cell, None, value=email, header=tab.header("declaration"))


def _of_rules(reading: Reading, results: Results) -> Iterator[Anomaly]:
    if not reading.owns("candidatures"):
        return
    dossiers, scores, selection = results.of(APPLICATIONS).dossiers, results.of(SCORES), results.of(SELECTION)
    weak_links = scores.calibration.weak_links
    yield from deliberation_anomalies(reading, dossiers, scores.departed, scores.evaluated, weak_links)
    if selection is not None:
        yield from selection_anomalies(reading, dossiers, selection)


CHECK: Final = Check(of_rules=_of_rules)
