"""The anomalies of a deliberation: decisions without a reason, jurors without a declaration, parts hardly compared."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

DELIBERATION_CODES: Final[dict[str, Code]] = {
    "decision_sans_motif": Code(
        _WARNING,
        "« {value} » s’écarte du classement ({reason}), sans motif.",
        "Écrivez pourquoi dans « {header} ».",
    ),
    "declaration_absente": Code(
        _WARNING,
        "{value} note des dossiers et sa déclaration d’intérêts n’est pas notée reçue.",
        "Remplissez « {header} » avec la date de réception, ou demandez-la.",
    ),
    "voies_recours_absentes": Code(
        _WARNING,
        "{count} sans voies ni délais de recours : decisions.voies_recours est vide dans la configuration, et les "
        "messages partent sans ce texte.",
        "Demandez-le à votre service juridique : il s’écrit dans decisions.voies_recours, ou public_law = false dans "
        "la configuration si ces décisions sont de droit privé. Sans lui, le délai de recours ne court pas.",
    ),
    "lien_faible": Code(
        _WARNING,
        "Deux parties du jury ({names}, d’un côté ; {others}, de l’autre) ne sont comparées que par {shared} : les "
        "intervalles du classement en tiennent compte.",
        "Remplissez « {header} » s’il s’agit de groupes, ou faites évaluer {count} d’un côté par des jurés de l’autre, "
        "par exemple {examples} par {readers}, s’ils n’ont pas à se déporter.",
    ),
}
