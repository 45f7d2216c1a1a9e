"""The minutes as a .docx that Word and LibreOffice open, and that people complete."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.call.report.minutes.selection import MinutedSelection, write_open_points
from eig_sheets.call.report.minutes.stated_rules import RuleChanges
from eig_sheets.call.report.minutes.view import DecidedDossier, Minutes, RankedDossier, totals
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.call.scoring.words import ProbabilityStyle
from eig_sheets.documents.checksum import archive_with_checksum
from eig_sheets.documents.paper import Paper, amount
from eig_sheets.text.french import day, listed, number, plural, typographic

_BLANK = "………………"
_TO_JUSTIFY = f"à motiver : {_BLANK}"
_MEMBERS = ("Nom", "Organisation", "Groupe", "Déclaration d’intérêts reçue le", "Présence")
_RANKING = (
    "Rang", "N°", "Projet et organisme", "Note /20", "Note corrigée", "Rang attendu",
    "Probabilité de sélection", "Proposition",
)  # fmt: skip
_RECORDED = ("Règle enregistrée", "Valeur", "Enregistrée le", "Valeur actuelle")
_DECISIONS = ("Projet", "Décision", "Motif", "Décidé par, le")


def document(minutes: Minutes) -> bytes:
    """The .docx: the same bytes for the same minutes, with their checksum."""
    paper = Paper(f"Procès-verbal – {minutes.title}", minutes.day)
    _heading(paper, minutes)
    _composition(paper, minutes)
    _rules(paper, minutes)
    write_open_points(paper, minutes.open_points)
    _ranking(paper, minutes)
    _decisions(paper, minutes)
    _digest(paper, minutes)
    _signatures(paper)
    _annexes(paper, minutes)
    return archive_with_checksum(paper.saved())


def _heading(paper: Paper, minutes: Minutes) -> None:
    paper.title("Procès-verbal de la délibération du jury", minutes.title)
    if minutes.banner:
        paper.strong(minutes.banner)
    paper.sentence(f"Réunion tenue le {_BLANK} de {_BLANK} à {_BLANK}, à {_BLANK}.")
    paper.sentence(f"Présidence : {_BLANK}{_BLANK}. Secrétariat : {_BLANK}{_BLANK}.")
    paper.sentence(
        f"Présents : {_BLANK} sur {plural(len(minutes.members), 'membre')}. Excusés : {_BLANK}{_BLANK}. "
        f"Pouvoirs : {_BLANK}{_BLANK}. Quorum : {_BLANK} ☐ atteint ☐ non atteint."
    )
    paper.sentence(
        f"Document préparé par eig-sheets avec les données du {day(minutes.day)}. Les pointillés et les cases sont à "
        "compléter ; une proposition est celle du calcul, une décision n’est prise que par des personnes."
    )


def _annexes(paper: Paper, minutes: Minutes) -> None:
    for annex in minutes.annexes:
        paper.heading(f"Annexe. {annex.title}")
        rows = [(line.label, number(line.total), line.explained) for line in annex.lines]
        paper.table(("", annex.header, "Comment"), rows, (5.6, 3.4, 8.6))


def _composition(paper: Paper, minutes: Minutes) -> None:
    paper.heading("1. Composition du jury et déports")
    rows = [
        (member.name, member.organisation, member.group, member.declared or "non reçue", "☐")
        for member in minutes.members
    ]
    paper.table(_MEMBERS, rows, (4.4, 5.6, 1.7, 4.0, 1.9))
    if minutes.undeclared is not None:
        paper.sentence(_declarations_sentence(minutes.undeclared))
    if not minutes.recusals:
        paper.sentence("Aucun déport n’est enregistré.")
        return
    paper.sentence("Déports enregistrés : ces membres ne prennent pas part à la délibération sur ces dossiers.")
    recusals = [(name, ", ".join(dossiers)) for name, dossiers in minutes.recusals]
    paper.table(("Membre", "Dossiers"), recusals, (5.0, 12.6))


def _declarations_sentence(undeclared: Sequence[str]) -> str:
    if not undeclared:
        return "Chaque membre a adressé sa déclaration d’intérêts."
    return f"N’ont jamais adressé de déclaration d’intérêts : {listed(undeclared)}."


def _rules(paper: Paper, minutes: Minutes) -> None:
    paper.heading("2. Règles appliquées")
    paper.table(("Règle", "Valeur", "Source"), minutes.rules, (4.6, 5.0, 8.0))
    paper.sentence(
        "Un critère « NSP » (ne se prononce pas) quitte les deux sommes de cette évaluation ; une évaluation "
        "incomplète et un déport ne comptent pas. Note corrigée, rang attendu et probabilité de sélection : modèle de "
        "Heyard, Ott, Salanti et Egger, Statistics and Public Policy 9(1), 2022."
    )
    _rule_changes(paper, minutes.changes)


def _rule_changes(paper: Paper, changes: RuleChanges) -> None:
    if not changes.rules:
        paper.sentence(
            f"Aucune règle n’est enregistrée dans « {changes.tab} » : la première synchronisation qui suit la première "
            "évaluation les enregistre."
        )
        return
    paper.sentence(
        f"Ce que « {changes.tab} » a enregistré, à la première évaluation ou quand une règle a été rouverte :"
    )
    paper.table(_RECORDED, map(_recorded, changes.rules), (5.6, 4.4, 3.6, 4.0))
    _notes(paper, changes)
    if changes.reopenings:
        paper.sentence("Réouvertures et leurs motifs :")
        paper.table(("Rouvert le", "Motif", "Ce qui a changé"), map(_reopened, changes.reopenings), (3.6, 6.0, 8.0))
    paper.sentence(_conclusion_sentence(changes))


def _recorded(rule: RecordedRule) -> tuple[str, ...]:
    when = "–" if rule.since is None else day(rule.since)
    return (rule.name, rule.recorded, when, (rule.now or "") if rule.changed else "inchangé")


def _notes(paper: Paper, changes: RuleChanges) -> None:
    first = "Enregistré"
    if changes.noted:
        changed = "voici ce qui a changé :" if changes.moved else "aucun n’a changé."
        noted = plural(changes.noted, "dossier")
        paper.sentence(f"Rangs et notes enregistrés à la clôture du jury, pour {noted} ; {changed}")
    elif changes.moved:
        first = "Selon les règles enregistrées"
        paper.sentence("Les règles enregistrées donneraient à ces dossiers un autre rang ou une autre note :")
    else:
        paper.sentence("Ni rang ni note ne sont enregistrés.")
    if changes.moved:
        rows = [(rule.name, rule.recorded, rule.now or "") for rule in changes.moved]
        paper.table(("Dossier", first, "Actuel"), rows, (5.6, 6.0, 6.0))


def _reopened(rule: RecordedRule) -> tuple[str, ...]:
    return ("pas encore enregistré" if rule.since is None else day(rule.since), rule.recorded, rule.detail)


def _conclusion_sentence(changes: RuleChanges) -> str:
    if not changes.changed:
        return "Rien n’a changé depuis."
    if changes.unexplained:
        waiting = plural(changes.unexplained, "changement est sans motif", "changements sont sans motif")
        return f"{waiting} : à motiver par une « Réouverture » dans le classeur, ou ici : {_BLANK}{_BLANK}"
    if changes.reopenings:
        return "Aucun changement n’est sans motif."
    return "Ni les règles ni les notes n’ont changé : des rangs ont bougé, ou un dossier n’est plus classé."


def _ranking(paper: Paper, minutes: Minutes) -> None:
    paper.heading("4. Classement")
    if minutes.everyone_fits and minutes.placed:
        paper.sentence(f"{minutes.everyone_fits.capitalize()} : le rang n’élimine personne.")
    for sentence in minutes.said_once:
        paper.sentence(sentence)
    if minutes.uncorrected:
        paper.sentence(f"Pas de classement corrigé : {minutes.uncorrected}. Le classement par la note fait foi.")
    elif minutes.placed:
        method = "le rang attendu" if minutes.by_expected_rank else "la note"
        paper.sentence(f"Le rang officiel suit {method} ; brut et corrigé sont côte à côte.")
    if minutes.placed:
        paper.table(
            _RANKING,
            (_placed(placed, minutes.probability) for placed in minutes.placed),
            (1.2, 1.9, 5.1, 1.5, 1.8, 1.7, 2.2, 2.2),
        )
    else:
        paper.sentence("Aucun dossier n’est classé.")
    if minutes.selection is not None:
        _selection(paper, minutes.selection)
    if minutes.unranked:
        paper.sentence(f"{plural(len(minutes.unranked), 'dossier non classé', 'dossiers non classés')} :")
        paper.table(("N°", "Projet", "Raison"), minutes.unranked, (2.2, 6.6, 8.8))


def _selection(paper: Paper, selection: MinutedSelection) -> None:
    for sentence in selection.sentences:
        paper.sentence(sentence)
    if selection.limits:
        paper.table(("Limite", "Ce qu’elle coûte", "Source"), selection.limits, (7.6, 4.6, 5.4))
    if selection.swaps:
        paper.sentence("Écarts de la sélection proposée au classement, décisions saisies comprises :")
        paper.table(("Hors de la sélection", "Dans la sélection", "Raison"), selection.swaps, (4.4, 4.4, 8.8))
    else:
        paper.sentence("La sélection proposée suit le classement.")


def _placed(placed: RankedDossier, style: ProbabilityStyle) -> tuple[str, ...]:
    host = f"{placed.name}\n{placed.administration}" if placed.administration else placed.name
    chance = "–" if placed.p_selected is None else style.text(placed.p_selected)
    return (
        str(placed.rank), placed.numero, host, amount(placed.note, 2),
        amount(placed.corrected, 2), amount(placed.expected_rank, 1),
        chance, placed.proposal,
    )  # fmt: skip


def _decisions(paper: Paper, minutes: Minutes) -> None:
    paper.heading("5. Décisions et motifs")
    counts = [f"{decision} : {count}" for decision, count in totals(minutes.decided).items()]
    left = sum(not decided.decision for decided in minutes.decided)
    counts += [f"à compléter : {left}"] if left else []
    paper.sentence(f"{' ; '.join(counts)}." if counts else "Aucune décision n’est enregistrée.")
    laureates = sum(decided.is_laureate for decided in minutes.decided)
    if laureates > minutes.places:
        paper.strong(f"{plural(laureates, 'lauréat')} pour {plural(minutes.places, 'place')}.")
    if minutes.hardly_read:
        read = [f"{decided.name} ({decided.numero}) : {decided.reviews}" for decided in minutes.hardly_read]
        fewest = plural(minutes.min_reviews, "évaluation complète", "évaluations complètes")
        paper.sentence(f"Lauréats qui ont moins de {fewest} : {' ; '.join(read)}.")
    paper.table(_DECISIONS, map(_decided, minutes.decided), (4.6, 2.8, 6.4, 3.8))
    for sentence in minutes.costs:
        paper.sentence(sentence)
    paper.sentence(f"Votes, s’il y en a eu (dossier, pour, contre, abstentions) : {_BLANK}{_BLANK}{_BLANK}")
    _departures(paper, minutes.departures)
    _recused(paper, minutes.decided)


def _departures(paper: Paper, departures: Sequence[DecidedDossier]) -> None:
    """The decisions that follow no proposal, each with why, or a blank to say it."""
    if not departures:
        return
    paper.sentence("Décisions qui ne suivent pas le classement :")
    rows = [
        ("–" if one.rank is None else str(one.rank), one.name, one.departs, one.decision, one.reason or _TO_JUSTIFY)
        for one in departures
    ]
    paper.table(("Rang", "Projet", "Écart", "Décision", "Motif"), rows, (1.2, 4.2, 4.2, 2.8, 5.2))


def _recused(paper: Paper, decided: Sequence[DecidedDossier]) -> None:
    """Who has to step aside: that they did is for the meeting to say."""
    rows = [(f"{one.name} ({one.numero})", name, "☐", _BLANK) for one in decided for name in one.absent]
    if rows:
        paper.sentence("Déports, à confirmer en séance : cochez si le membre est sorti pendant l’examen du dossier.")
        paper.table(("Dossier", "Se déporte", "Sorti", "De … à …"), rows, (7.4, 5.4, 1.4, 3.4))


def _decided(decided: DecidedDossier) -> tuple[str, ...]:
    who = ", ".join(filter(None, (decided.who, decided.when)))
    return (f"{decided.name}\n{decided.numero}", decided.decision or _BLANK, decided.reason or _BLANK, who or _BLANK)


def _digest(paper: Paper, minutes: Minutes) -> None:
    paper.heading("6. Empreinte des données")
    paper.sentence("SHA-256 de ce dont le classement est issu :")
    paper.code(minutes.digest)
    paper.sentence(
        "Elle porte sur les règles (places, échelle, critères et poids, [ranking]), sur chaque dossier (n°, "
        "présélection, décision, éligibilité) et sur chaque évaluation (n°, numéro du juré dans l’ordre des adresses, "
        "déport, avis, coup de cœur, notes), écrits en JSON (UTF-8, clés triées, sans espaces), quel que soit l’ordre "
        "des lignes. La même commande sur les mêmes données donne la même empreinte, et « eig-sheets history verify » "
        "la retrouve sans aucun nom."
    )
    if minutes.selection is not None:
        paper.sentence(
            "Elle porte aussi sur les limites de la sélection et sur ce que chacune compte de chaque dossier."
        )


def _signatures(paper: Paper) -> None:
    paper.heading("7. Signatures")
    paper.sentence(f"Fait à {_BLANK}, le {_BLANK}.", keep_with_next=True)
    blank = typographic("Nom et qualité :\n\nDate :\n\nSignature :\n\n\n")
    paper.table(("La présidence du jury", "Pour l’équipe du programme"), [(blank, blank)], (8.8, 8.8))
