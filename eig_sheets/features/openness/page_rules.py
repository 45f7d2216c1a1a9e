"""Sections of the published page: the conditions of the call, its criteria, and the rules of the co-financing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.call.cofinancing.rules_recruits import last_paid_day
from eig_sheets.call.report.people import RuleSources
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign
from eig_sheets.documents.sections import Section, section
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.text.french import euros, listed, moment, number, scale

_ROUTES: Final = {
    "decret_transfert": "décret de transfert",
    "delegation_gestion": "délégation de gestion",
    "portage": "portage",
}
_EXCLUDED: Final = "Les dossiers inéligibles, écartés ou désistés n’en ont pas."
_TABLE: Final = ("Règle", "Valeur", "Source")
_WIDTHS: Final = (4.6, 5.8, 7.2)


def eligibility_section(heading: str, campaign: Campaign, source_of: RuleSources) -> Section:
    """The conditions of the call: what makes a dossier inéligible, and what only leaves it to be examined."""
    sentence = (
        "Un dossier est inéligible si ce qui y est rempli enfreint une condition, jamais parce qu’une case est vide : "
        "il est alors « à instruire » par une personne."
    )
    rows = ((name, value, source_of(key)) for name, value, key in _conditions(campaign))
    return section(heading, [sentence], ("Condition", "Valeur", "Source"), rows, _WIDTHS)


def _conditions(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    call, rules = campaign.campaign, campaign.eligibility
    window = f"du {moment(call.first_moment)} au {moment(call.last_moment)} ({call.timezone})"
    yield "Réception", window, "campaign.closes"
    accepted = f"{listed(map(number, rules.eig_numbers), 'ou')}" if rules.eig_numbers else "non vérifié"
    yield "Nombre d’EIG demandés", accepted, "eligibility.eig_numbers"
    yield "Ce que le dossier doit contenir", _names(campaign, rules.required), "eligibility.required"
    yield "Attestations demandées", _names(campaign, rules.attestations), "eligibility.attestations"
    yield "Attestations dont un « non » élimine", _names(campaign, rules.eliminating), "eligibility.eliminating"
    yield "Ce qui se lit dans la fiche détaillée", _names(campaign, rules.read_in_fiche), "eligibility.read_in_fiche"


def _names(campaign: Campaign, fields: tuple[str, ...]) -> str:
    tab = schema_of(campaign).tab("candidatures")
    return " ; ".join(tab.field(name).header for name in fields) or "rien"


def criteria_section(heading: str, campaign: Campaign) -> Section:
    """The criteria, what each looks at, and its share of the note."""
    total = sum(criterion.weight for criterion in campaign.criteria)
    rows = (
        (
            criterion.label,
            criterion.meaning or "–",
            number(criterion.weight),
            f"{number(100 * criterion.weight / total, 1)} %",
        )
        for criterion in campaign.criteria
    )
    sentences = (f"Chaque juré note chaque critère {scale(*campaign.scale)}.",)
    return section(
        heading, sentences, ("Critère", "Ce qu’il regarde", "Poids", "Part de la note"), rows, (4, 8.6, 2, 3)
    )


def cofinancing_sections(heading: str, campaign: Campaign, source_of: RuleSources) -> Iterator[Section]:
    """What is paid to a project that is selected and asks for it, and how each type of administration receives it."""
    rules = campaign.cofinancing
    if rules.rule == "none":
        yield section(heading, ["Cet appel ne prévoit pas de co-financement."])
        return
    rows = ((name, value, source_of(key)) for name, value, key in _rows(campaign))
    sentences = [f"Il ne compte ni dans la note ni dans le rang{_weight(campaign)}.", _EXCLUDED]
    sentences += [f"Source : {rules.source}."] if rules.source else []
    yield section(heading, sentences, _TABLE, rows, _WIDTHS)
    hosts = ((host.type, _ROUTES[host.route], _ROUTES.get(host.with_programme or "", "–")) for host in rules.hosts)
    headers = ("Type d’administration", "Voie des crédits", "Si le dossier a un programme budgétaire")
    yield section(f"{heading} : voie des crédits", [], headers, hosts, (6.2, 5.4, 6))
    if rules.programmes:
        known = ((programme.number, programme.name or "–", programme.mission) for programme in rules.programmes)
        yield section(
            f"{heading} : missions des programmes", [], ("Programme", "Intitulé", "Mission"), known, (2.4, 8.6, 6.6)
        )


def _weight(campaign: Campaign) -> str:
    limited = campaign.selection is not None and campaign.selection.envelope is not None
    return " ; la proposition, elle, tient dans l’enveloppe publiée" if limited else ""


def _rows(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    rules, salaries = campaign.cofinancing, campaign.salaries
    if rules.rule == "flat":
        yield "Montant pour un EIG", euros(rules.flat_amount), "cofinancing.flat_amount"
    else:
        paid = f"{number(rules.months)} mois sur {number(rules.total_months)} du coût employeur de chaque EIG"
        yield "Ce qui est payé", paid, "cofinancing.months"
        yield (
            "Salaire net par mois, jusqu’à 5 ans d’expérience",
            euros(salaries.up_to_5_years),
            "salaries.up_to_5_years",
        )
        yield "Salaire net par mois, au-delà", euros(salaries.over_5_years), "salaries.over_5_years"
        estimate = f"{number(rules.net_to_employer_ratio)} fois le salaire net, si le dossier ne le dit pas"
        yield "Coût employeur estimé", estimate, "cofinancing.net_to_employer_ratio"
        low, high = map(number, rules.plausible)
        yield "Simulation à vérifier", f"hors de {low} à {high} fois cette estimation", "cofinancing.plausible"
        if rules.paid_from is not None:
            yield "Mois payés", _period(rules), "cofinancing.paid_from"
    if rules.programme:
        yield "Programme budgétaire", rules.programme, "cofinancing.programme"
    if rules.envelope is not None:
        yield "Enveloppe", euros(rules.envelope), "cofinancing.envelope"


def _period(rules: CofinancingRules) -> str:
    """Which months are paid, and what of a contract that has fewer of them."""
    first, last = rules.paid_from, last_paid_day(rules)
    part = "un contrat qui commence plus tard ou finit plus tôt n’a que ce qu’il en couvre, par trentièmes de mois"
    return f"du {first:%d/%m/%Y} au {last:%d/%m/%Y} ; {part}"
