"""The annexes of the decided laureates, one for each route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from eig_sheets.call.cofinancing.finance.annex import (
    Annex,
    Blanks,
    agreement_text,
    amount_text,
    annex_of,
    count_text,
    eig_of,
    laureates_text,
    receiver_text,
    total_text,
    twice,
)
from eig_sheets.call.cofinancing.finance.lines import (
    TITLE,
    FinanceLine,
    ProgrammeLine,
    programme_number,
    programme_table,
)
from eig_sheets.call.cofinancing.words import between
from eig_sheets.documents.sections import Section
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.text.french import NARROW, number, plural


def annexes_of(lines: Sequence[FinanceLine], rules: CofinancingRules) -> tuple[Annex, ...]:
    """The three annexes, whether or not a laureate goes by that route."""
    by_decree = [line for line in lines if line.by_decree]
    delegated, carried = [line for line in lines if line.by_delegation], [line for line in lines if line.carried]
    return (
        annex_of(by_decree, decree_annex(by_decree, rules)),
        annex_of(delegated, delegation_annex(delegated, rules.programme)),
        annex_of(carried, agreement_annex(carried)),
    )


def decree_annex(lines: Sequence[FinanceLine], rules: CofinancingRules) -> Annex:
    """The lines of the annexe of the décret: mission, programme, titre 2, number of EIG, AE = CP, in whole euros."""
    blanks = Blanks()
    table = programme_table(lines, rules)
    number_of = f"programme {table.payer}" if table.payer else "programme qui paie"
    given_up = whole_text(table.least, table.most, table.unknown)
    cancelled = (
        blanks.filled(table.payer_mission, f"mission du {number_of}"),
        blanks.filled(table.payer, "n° du programme qui paie"), TITLE, *twice(given_up),
    )  # fmt: skip
    by_numero = {line.numero: line for line in lines}
    opened = [_opened(line, by_numero, blanks) for line in table.lines]
    total = ("Total", "", "", str(table.eig), *twice(given_up))
    detail = [_detail(line, blanks) for line in lines]
    headers = ("Mission", "Programme", "Titre")
    return Annex(
        "annexe-decret-de-transfert.docx",
        "Décret de transfert : lignes de l’annexe",
        (
            f"{laureates_text(lines)} par décret de transfert, pour {eig_of(lines)} EIG. Les crédits sont de titre 2 ; "
            "les autorisations d’engagement (AE) sont égales aux crédits de paiement (CP), en euros."
        ),
        (
            Section("1. Crédits annulés", (), (*headers, "AE", "CP"), (cancelled,), (4.6, 3.0, 1.2, 4.4, 4.4)),
            Section(
                "2. Crédits ouverts",
                (),
                (*headers, "EIG", "AE", "CP"),
                (*opened, total),
                (3.7, 2.9, 1.2, 1.0, 4.4, 4.4),
            ),
            Section(
                "3. Détail par dossier",
                (
                    (
                        "Les tableaux 1 et 2 sont en euros entiers, arrondis aux plus forts restes : aucune ligne ne "
                        "s’écarte d’un euro de la somme de ses dossiers, et leur total est exactement ce qui est "
                        "annulé. Ce tableau 3 est au centime."
                    ),
                ),
                ("Dossier", "Qui reçoit les crédits", "Programme", "EIG", "AE = CP", "Contact gestion"),
                tuple(detail),
                (3.2, 3.9, 2.4, 1.0, 3.8, 3.3),
            ),
        ),
        tuple(blanks.entries),
    )


def whole_text(least: int, most: int, unknown: int) -> str:
    """36 750 €, or « de 36 750 € à 42 000 € »; dossiers without amount are counted apart."""
    text = between(Decimal(least), Decimal(most))
    return f"{text}, plus {plural(unknown, 'montant à compléter', 'montants à compléter')}" if unknown else text


def _opened(line: ProgrammeLine, lines: Mapping[str, FinanceLine], blanks: Blanks) -> tuple[str, ...]:
    alone = lines[line.dossiers[0]] if len(line.dossiers) == 1 else None
    of = f"mission du programme {line.number}" if line.number else "mission"
    mission = blanks.filled(line.mission, of, alone)
    programme = blanks.filled(line.number, "n° de programme", lines[line.dossiers[0]])
    return (mission, programme, TITLE, str(line.eig), *twice(whole_text(line.least, line.most, line.unknown)))


def _detail(line: FinanceLine, blanks: Blanks) -> tuple[str, ...]:
    return (
        f"{line.name}\n{line.numero}",
        receiver_text(line, blanks),
        programme_number(line.programme) or "–",
        count_text(line, blanks),
        amount_text(line, blanks),
        blanks.filled(line.contact, "contact gestion", line),
    )


def delegation_annex(lines: Sequence[FinanceLine], programme: str) -> Annex:
    """A sheet for each délégation de gestion: its parties, its object, its credits, what its signatories write."""
    blanks = Blanks()
    parts = [_delegation(place, line, programme, blanks) for place, line in enumerate(lines, 1)]
    on = f" sur le programme {programme}" if programme else ""
    return Annex(
        "delegations-de-gestion.docx",
        "Délégations de gestion",
        (
            f"{laureates_text(lines)} par délégation de gestion{on}, pour {eig_of(lines)} EIG, {total_text(lines)} en "
            "tout. Les crédits restent sur le programme qui paie : il n’y a pas de décret."
        ),
        tuple(parts),
        tuple(blanks.entries),
    )


def _delegation(place: int, line: FinanceLine, programme: str, blanks: Blanks) -> Section:
    paying = f"programme {programme}" if programme else blanks.filled("", "n° du programme qui paie", line)
    months = "" if line.months is None else f", {number(line.months)} mois"
    rows = (
        (
            "Objet",
            f"Co-financer le recrutement des EIG du projet «{NARROW}{line.name}{NARROW}» (dossier {line.numero})",
        ),
        ("Délégant", blanks.filled("", "délégant, responsable du programme qui paie", line)),
        ("Délégataire", receiver_text(line, blanks)),
        ("SIRET du délégataire", blanks.filled(line.receiver_siret, "SIRET", line)),
        ("Contact gestion", blanks.filled(line.contact, "contact gestion", line)),
        ("Crédits", f"{paying[:1].upper()}{paying[1:]}, titre 2{months}"),
        ("Nombre d’EIG", count_text(line, blanks)),
        ("Montant (AE = CP)", amount_text(line, blanks)),
        ("Imputation", blanks.filled("", "imputation (centre financier, activité)", line)),
        ("Effet et durée", blanks.filled("", "dates d’effet et de fin", line)),
        ("Signataires", blanks.filled("", "signataires", line)),
    )
    return Section(f"{place}. {line.name}", (), ("Élément", "Valeur"), rows, (4.6, 13.0))


def agreement_annex(lines: Sequence[FinanceLine]) -> Annex:
    """The state of each convention of portage, which binds a host and its porteur, and which we only track."""
    blanks = Blanks()
    rows = [_agreement(line, blanks) for line in lines]
    signed = sum(line.agreement is True for line in lines)
    return Annex(
        "conventions-de-portage.docx",
        "Conventions de portage : où elles en sont",
        (
            f"{laureates_text(lines)} par portage ; {plural(signed, 'convention signée', 'conventions signées')}. Une "
            "convention lie l’administration d’accueil et son porteur administratif, qui reçoit les crédits pour "
            "elle : le programme n’en est pas partie, il la suit."
        ),
        (
            Section(
                "1. État des conventions",
                (),
                ("Dossier", "Accueil", "Porteur administratif", "Convention", "Crédits par", "EIG", "Montant"),
                tuple(rows),
                (2.8, 3.0, 3.2, 2.4, 2.1, 0.9, 3.2),
            ),
        ),
        tuple(blanks.entries),
    )


def _agreement(line: FinanceLine, blanks: Blanks) -> tuple[str, ...]:
    route = "Décret de transfert" if line.by_decree else "Délégation de gestion" if line.by_delegation else ""
    carrier = blanks.filled(line.carrier, "porteur administratif", line)
    kind = f"\n{line.carrier_type}" if line.carrier_type else ""
    return (
        f"{line.name}\n{line.numero}",
        blanks.filled(line.host, "administration d’accueil", line),
        carrier + kind,
        agreement_text(line, blanks),
        blanks.filled(route, "voie des crédits", line),
        count_text(line, blanks),
        amount_text(line, blanks),
    )
