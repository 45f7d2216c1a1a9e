"""The rules of a ranking as anybody may read them: parameters with their sources, operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.call.report.minutes.stated_rules import stated_rules_of
from eig_sheets.call.report.people import RuleSources
from eig_sheets.call.scoring.rules_proposals import Proposal
from eig_sheets.config import Campaign
from eig_sheets.documents.sections import Section, section
from eig_sheets.text.french import listed, number, percent, plural, typographic
from eig_sheets.workbook import words

MODEL: Final = "Heyard, Ott, Salanti et Egger, Statistics and Public Policy 9(1), 2022"
_TABLE: Final = ("Règle", "Valeur", "Source")
_WIDTHS: Final = (4.6, 5.8, 7.2)


def parameters_section(heading: str, campaign: Campaign, source_of: RuleSources) -> Section:
    """Every parameter of the ranking, its value and the source of that value."""
    named = plural(campaign.jury.readers, "groupe" if campaign.jury.reads_as_group else "juré")
    rows = [*stated_rules_of(campaign, source_of), ("Lecteurs prévus pour un dossier", named, source_of("jury.reads"))]
    if campaign.jury.max_per_juror is not None:
        most = plural(campaign.jury.max_per_juror, "dossier")
        rows.append(("Lectures d’un juré, au plus", most, source_of("jury.max_per_juror")))
    if campaign.scoring.closes is not None:
        after = f"après le {source_of.day(campaign.scoring.closes)}"
        rows.append(("Une note qui change est signalée", after, source_of("scoring.closes")))
    return section(heading, (), _TABLE, rows, _WIDTHS)


def operations(campaign: Campaign) -> Iterator[str]:
    """What the treatment computes, in order; the numbers that vary from call to call are those of the configuration."""
    low, high = map(number, campaign.scale)
    yield (
        f"Note d’une évaluation, sur 20 : 20 × Σ (poids × note) ÷ ({high} × Σ poids), sur les critères que le juré a "
        f"notés, de {low} à {high}. « Ne se prononce pas » retire le critère des deux sommes. Une évaluation où un "
        "critère attend sa note ne compte pas, un juré qui se déporte non plus."
    )
    yield "Note du dossier : la moyenne des notes de ses évaluations ; de même pour chaque critère."
    yield _official_rank(campaign)
    yield (
        f"Classement corrigé : un modèle statistique ({MODEL}) estime la sévérité de chaque juré et ce que les notes "
        "laissent d’incertain. Il donne une note corrigée, un rang attendu, un intervalle, et la probabilité que le "
        "dossier soit dans les places. Il n’est calculé que si assez de dossiers ont plusieurs lecteurs comparables."
    )
    low_chance, high_chance = map(percent, campaign.ranking.zone)
    yield (
        f"Zone de délibération : quand cette probabilité va de {low_chance} à {high_chance}, bornes comprises, le "
        "calcul ne suffit pas à départager."
    )
    yield _proposal(campaign)
    yield _reserve(campaign)
    yield (
        "Un coup de cœur ne compte ni dans la note, ni dans le rang, ni dans la proposition : il signale un dossier au "
        "jury, qui en délibère. Un avis, favorable ou défavorable, ne compte que dans la majorité dite ci-dessus."
    )


def _reserve(campaign: Campaign) -> str:
    reserved = words.WITH_RESERVES.format(proposal=words.PROPOSALS[Proposal.LAUREATE])
    few = plural(campaign.scoring.min_reviews, "évaluation complète", "évaluations complètes")
    return (
        f"« {reserved} » : moins de {few}, ou une éligibilité à instruire. La place est proposée ; une personne lève "
        "la réserve, ou décide autrement."
    )


def _official_rank(campaign: Campaign) -> str:
    criteria = listed([campaign.labels[name] for name in campaign.ranking.tie_break], "puis")
    tie = f"à égalité, la moyenne du critère {criteria} décide ; sinon, ex aequo" if criteria else "à égalité, ex aequo"
    if campaign.ranking.method == "expected_rank":
        return f"Rang officiel : par rang attendu (classement corrigé) s’il est calculé, par note sinon ; {tie}."
    return f"Rang officiel : de la note la plus haute à la plus basse ; {tie}. Le classement corrigé ne le change pas."


def _proposal(campaign: Campaign) -> str:
    call, rules = campaign.campaign, campaign.ranking
    if campaign.selection is not None:
        text = "Proposition : parmi les dossiers classés, l’ensemble qui vaut le plus sous les limites publiées"
    else:
        text = "Proposition : « Lauréat »"
    text += f", pour {plural(call.target, 'place')}"
    text += f" ; « Liste d’attente » pour {plural(rules.waiting_list, 'dossier suivant', 'dossiers suivants')}"
    text += " ; « Non retenu » ensuite ; « Délibération » pour des ex aequo à la dernière place"
    text += ", ou dans la zone de délibération" if rules.method == "expected_rank" else ""
    if rules.min_note is not None:
        text += f". Sous la note minimale de {number(rules.min_note)} sur 20, « Non retenu »"
    return f"{text}. S’il y a autant de places que de projets, c’est la majorité des avis du jury qui la fait."


REQUIRED: Final = {
    "purpose": "la finalité du classement",
    "decided_by": "qui décide",
    "contact": "à qui demander ses règles",
}
"""What only the administration can say: the key of `[algorithm]`, and what it is."""

FILED: Final = "le dossier déposé par son porteur"
READ_IN_FICHE: Final = "la fiche détaillée du dossier, lue par l’équipe"


class UnsaidError(Exception):
    """The configuration does not say what an explanation must say. The text is French and names the keys."""


def require(campaign: Campaign, *keys: str) -> None:
    """Raise UnsaidError for those of these keys of `[algorithm]` that are blank."""
    blank = [f"algorithm.{key} ({REQUIRED[key]})" for key in keys if not getattr(campaign.algorithm, key).strip()]
    if blank:
        raise UnsaidError(
            typographic(
                f"À compléter dans {campaign.to_edit}, que personne ne peut écrire à votre place : {', '.join(blank)}."
            )
        )


def require_sources(campaign: Campaign, source_of: RuleSources) -> None:
    """Raise UnsaidError for the values that were told, and whose source is not written beside them."""
    if not source_of.unsourced:
        return
    keys = [f"{key} (weight)" if key.startswith("criteria.") else key for key in source_of.unsourced]
    [named] = campaign.provenance.located([", ".join(keys)])
    raise UnsaidError(
        typographic(
            f"Rien ne dit d’où viennent ces valeurs de {campaign.path} : {named}. Écrivez-le en commentaire, à la fin "
            "de la ligne de chacune (par exemple weight = 3  # Règlement, 5), ou que c’est une hypothèse."
        )
    )


def contribution(campaign: Campaign) -> Iterator[str]:
    """What the treatment is for, how much it weighs in a decision, what people decide alone."""
    algorithm, is_public = campaign.algorithm, campaign.decisions.public_law
    who = "L’administration" if is_public else "L’organisme"
    yield f"Finalité : {_sentence(algorithm.purpose)}"
    yield f"Qui décide : {_sentence(algorithm.decided_by)}"
    if algorithm.founds_decisions:
        said = (
            " : les messages qui les annoncent le disent (code des relations entre le public et l’administration, "
            "L. 311-3-1)"
        )
        yield f"{who} considère que ses décisions sont prises sur le fondement de ce classement{said * is_public}."
    else:
        yield (
            f"{who} considère que ses décisions ne sont pas prises sur le fondement de ce classement : il éclaire la "
            "délibération du jury, qui n’est pas tenu de le suivre."
        )
    yield (
        "Le calcul classe et propose, il ne décide jamais. Les notes, les avis et les coups de cœur sont ceux des "
        "jurés ; la présélection et chaque décision sont saisies par des personnes, qui peuvent s’écarter de la "
        "proposition en écrivant pourquoi. Aucun message n’annonce une décision qui n’a pas été saisie, relue et "
        "validée."
    )


def rights(campaign: Campaign) -> Iterator[str]:
    """How to ask for more, and to whom.

    Decisions of private law are not those of CRPA; L. 311-3-1 is only of those that the ranking founds.
    """
    contact = _sentence(campaign.algorithm.contact)
    if not campaign.decisions.public_law:
        yield (
            "Toute personne peut demander les règles de ce traitement, et le porteur d’un projet, une fois la décision "
            f"connue, ce qu’elles ont donné pour son dossier : {contact}"
        )
        return
    founded = campaign.algorithm.founds_decisions
    told = "les principales caractéristiques de sa mise en œuvre" if founded else "ce qu’elles ont donné"
    article = "L. 311-3-1" if founded else "L. 311-1, sur les documents administratifs"
    yield (
        "Toute personne peut demander les règles de ce traitement ; le porteur d’un projet peut aussi demander, une "
        f"fois la décision connue, {told} pour son dossier (code des relations entre le public et l’administration, "
        f"{article}) : {contact}"
    )
    yield (
        "Un mois sans réponse vaut refus ; la Commission d’accès aux documents administratifs (CADA, www.cada.fr) peut "
        "alors être saisie dans les deux mois."
    )


def _sentence(text: str) -> str:
    return " ".join(text.split()).removesuffix(".") + "."
