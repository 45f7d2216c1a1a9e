"""The lines of the annexe of the décret de transfert: mission, programme, titre 2, number of EIG, AE = CP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eig_sheets.finance.annex import (
    Annex,
    Blanks,
    Part,
    amount_text,
    count_text,
    eig_of,
    laureates_text,
    receiver_text,
    total_text,
    twice,
)
from eig_sheets.finance.lines import FinanceLine


def decree_annex(lines: Sequence[FinanceLine], programme: str) -> Annex:
    """The lines of the annexe of the décret: mission, programme, titre 2, number of EIG, AE = CP."""
    blanks = Blanks()
    number_of = f"programme {programme}" if programme else "programme qui paie"
    cancelled = (
        blanks.filled("", f"mission du {number_of}"), blanks.filled(programme, "n° du programme qui paie"), "2",
        *twice(total_text(lines)),
    )  # fmt: skip
    opened = [_opened(group, blanks) for group in by_programme(lines)]
    total = ("Total", "", "", str(eig_of(lines)), *twice(total_text(lines)))
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
            Part("1. Crédits annulés", (), (*headers, "AE", "CP"), (cancelled,), (4.6, 3.0, 1.2, 4.4, 4.4)),
            Part(
                "2. Crédits ouverts",
                (),
                (*headers, "EIG", "AE", "CP"),
                (*opened, total),
                (3.7, 2.9, 1.2, 1.0, 4.4, 4.4),
            ),
            Part(
                "3. Détail par dossier",
                ("Chaque ligne du tableau 2 est la somme, exacte au centime, des dossiers de son programme.",),
                ("Dossier", "Qui reçoit les crédits", "Programme", "EIG", "AE = CP", "Contact gestion"),
                tuple(detail),
                (3.2, 3.9, 2.4, 1.0, 3.8, 3.3),
            ),
        ),
        tuple(blanks.found),
    )


def by_programme(lines: Iterable[FinanceLine]) -> list[list[FinanceLine]]:
    """The lines of each programme together, by its number; each line without programme alone, last."""
    groups: dict[str, list[FinanceLine]] = {}
    for line in lines:
        groups.setdefault(line.programme or f"\uffff{line.numero}", []).append(line)
    return [groups[key] for key in sorted(groups)]


def _opened(group: Sequence[FinanceLine], blanks: Blanks) -> tuple[str, ...]:
    first, alone = group[0], group[0] if len(group) == 1 else None
    mission = blanks.filled("", f"mission du programme {first.programme}" if first.programme else "mission", alone)
    programme = blanks.filled(first.programme, "n° de programme", first)
    return (mission, programme, "2", str(eig_of(group)), *twice(total_text(group)))


def _detail(line: FinanceLine, blanks: Blanks) -> tuple[str, ...]:
    return (
        f"{line.name}\n{line.numero}",
        receiver_text(line, blanks),
        line.programme or "–",
        count_text(line, blanks),
        amount_text(line, blanks),
        blanks.filled(line.contact, "contact gestion", line),
    )
