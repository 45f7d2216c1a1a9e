"""The conventions of portage, each of which binds a host and its porteur, and which the programme only tracks."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.finance.annex import Annex, Blanks, agreement_text, amount_text, count_text, laureates_text
from eig_sheets.finance.lines import FinanceLine
from eig_sheets.report.sections import Section
from eig_sheets.text.french import plural


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
