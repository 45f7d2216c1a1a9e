"""The anomalies of what jurors' pages say: pages not understood, versions that compete, lines of the robot's edited."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

_WARNING = Severity.WARNING

RECEIVED_CODES: Final[dict[str, Code]] = {
    "note_recue_differente": Code(
        _WARNING,
        "{value} : la saisie d’ici ({before}) et sa page ({now}, en {place}) ne disent pas la même chose. La saisie "
        "d’ici compte.",
        "Corrigez-la si elle est fausse ; pour que la page compte, effacez les notes, le Déport et l’Avis de cette "
        "ligne.",
    ),
    "note_recue_modifiee": Code(
        _WARNING,
        "Cette ligne n’est plus comme le robot l’a écrite : elle ne compte pas.",
        "Lancez « eig-sheets sync » : il remet ce que la page du juré disait. Si elle ne revient pas, lancez-le sur la "
        "machine qui a collecté les pages. Une correction se fait sur la page du juré, ou dans {where}.",
    ),
    "versions_simultanees": Code(
        _WARNING,
        "{value} a enregistré deux versions au même moment : celle de « {page} » compte, pas celle de {place}.",
        "Demandez au juré laquelle est la bonne, et de l’enregistrer de nouveau ; ou saisissez-la dans {where}.",
    ),
    "version_tardive": Code(
        _WARNING,
        "{value} a changé sa page après la clôture du jury ({limit}) : {place}. {counted}",
        "Si elle doit compter, saisissez-la dans {where}, ou changez {setting} et relancez « eig-sheets {command} ».",
    ),
    "ordre_incertain": Code(
        _WARNING,
        "{value} : {place}, reçue le {received}, est arrivée la dernière mais se dit enregistrée le {moment}, avant "
        "{rival} ({before}) : elle ne compte pas.",
        "Si c’est bien la dernière (horloge en retard), ouvrez « {page} », enregistrez-la, puis relancez « eig-sheets "
        "{command} » : elle comptera. Si c’est une ancienne, retirez-la du dossier.",
    ),
    "deport_d_ordre_incertain": Code(
        Severity.BLOCKING,
        "{value} : {place}, reçue le {received}, est arrivée la dernière mais se dit enregistrée le {moment}, avant "
        "{rival} ({before}). Dans le doute, son déport compte.",
        "Demandez au juré. S’il ne se déporte pas, ouvrez sa bonne page, enregistrez-la, puis relancez « eig-sheets "
        "{command} » : elle comptera, et retirez « {page} » du dossier.",
    ),
    "page_de_jure": Code(_WARNING, "{place} : {reason}", "{advice}"),
    "declaration_differente": Code(
        _WARNING,
        "{value} : « {header} » ({before}) et la déclaration reçue ({now}) ne disent pas la même chose. {counted}",
        "Mettez la cellule d’accord avec la déclaration, ou videz-la : la déclaration suffit.",
    ),
}
REMEDY_OF_A_PAGE: Final = (
    "Demandez au juré de corriger sa page, puis relancez « eig-sheets {command} » ; ou saisissez cette évaluation dans "
    "{where}, qui compte alors seule."
)
"""What to do about a cell of `Notes reçues`, which nobody corrects there; `where`: the tab that people type."""
_A_RECUSAL: Final = (
    "Ces notes ne comptent pas : il n’y a rien à faire, et elles ne se saisissent pas dans {where}. Si ce n’est "
    "pas un déport, corrigez les Déports ou l’Organisation de ce juré dans l’onglet Jury, ou sa déclaration."
)
RECUSALS_OF_A_PAGE: Final = frozenset({"conflit_deport", "conflit_organisation", "conflit_possible"})
"""Codes of notes of somebody who stood aside since: the page is not to be corrected."""
NAMES_ON_MANY_PAGES: Final = frozenset({"jure_inconnu", "dossier_inconnu", "candidature_inconnue"})
"""Codes of a name that rows of many pages may have: no page is at fault, and one sentence says them all."""
REMEDIES_OF_A_PAGE: Final = {
    **dict.fromkeys(RECUSALS_OF_A_PAGE, _A_RECUSAL),
    "jure_inconnu": "Si l’adresse de ce juré a changé, remettez dans l’onglet Jury celle de sa page : ses notes "
    "comptent de nouveau. S’il n’est plus du jury, il n’y a rien à faire.",
    "dossier_inconnu": "Si le numéro de ce dossier a été corrigé, remettez celui que les pages connaissent. Si le "
    "dossier a été retiré, il n’y a rien à faire.",
}
"""What to do, by code, where correcting the page would not help."""
