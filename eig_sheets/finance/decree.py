"""The lines of the annexe of the décret de transfert: mission, programme, titre 2, number of EIG, AE = CP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.finance.annex import (
    Annex,
    Blanks,
    amount_text,
    count_text,
    eig_of,
    laureates_text,
    receiver_text,
    twice,
)
from eig_sheets.finance.lines import FinanceLine
from eig_sheets.finance.programmes import TITLE, ProgrammeLine, programme_number, programme_table
from eig_sheets.report.sections import Section
from eig_sheets.text.french import plural
from eig_sheets.workbook.cofinancing_texts import between


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
