"""Findings about Python, the configuration, the workbook's location and its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.run.alerts import SetUpCheck
from eig_sheets.spreadsheet.model.diagnosis import Finding, attention, error, ok
from eig_sheets.text.french import plural

CHECK: Final = SetUpCheck(
    command="eig-sheets doctor", mail="eig-sheets doctor --mail", accounts="eig-sheets doctor --access"
)
PYTHON: Final = "Python"
CONFIGURATION: Final = "Configuration"
WORKBOOK: Final = "Classeur"
KEY: Final = "Clé du robot"
TEMPLATES: Final = "Modèles d’e-mails"
TABS: Final = "Onglets"
ACCESS: Final = "Accès"
_OLDEST, _NEWEST = (3, 11), (3, 13)


def of_python(version: tuple[int, int, int]) -> Finding:
    """Whether the tool works with this version of Python."""
    shown = ".".join(map(str, version))
    if version[:2] < _OLDEST:
        return error(
            PYTHON, f"Python {shown} est trop ancien.", "Installez Python 3.11 ou plus récent, et « make venv »."
        )
    if version[:2] > _NEWEST:
        return attention(
            PYTHON, f"L’outil n’a jamais été éprouvé avec Python {shown}.", "Installez plutôt Python 3.13."
        )
    return ok(PYTHON, f"Python {shown}.")


def of_configuration(path: str, setting: str, *, is_packaged: bool) -> Finding:
    """Which configuration was loaded; `setting` tells what chose it."""
    if is_packaged:
        return attention(
            CONFIGURATION,
            "Aucune configuration n’a été trouvée : les valeurs de la promotion EIG5 s’appliquent.",
            "Copiez le dossier config/, adaptez-le à votre appel, et lancez les commandes de son dossier parent.",
        )
    return ok(CONFIGURATION, f"{path} se lit, et ses valeurs se tiennent ({setting}).")


def of_location(location: str, setting: str) -> Finding:
    """Where the workbook is; `setting` tells what says so."""
    return ok(WORKBOOK, f"{location} ({setting}).")


def of_talents(check: str) -> str:
    """The name of a check, when it is about the candidates' own workbook."""
    return f"{check} (candidats)"


def of_templates(count: int, folder: str) -> Finding:
    """How many templates were read without a mistake."""
    return ok(TEMPLATES, f"{plural(count, 'modèle')} sans faute dans {folder}.")


def of_tabs(problems: int, blocking: int) -> Finding:
    """What reading the tabs found: problems of tabs and headers, and rows that a blocking anomaly leaves out."""
    if problems:
        counted = plural(
            problems, "problème d’onglet ou d’en-tête empêche", "problèmes d’onglets ou d’en-têtes empêchent"
        )
        return error(
            TABS,
            f"{counted} de lire le classeur.",
            "« eig-sheets check » les dit ; « eig-sheets init » crée ce qui manque.",
        )
    if blocking:
        counted = plural(blocking, "anomalie bloquante écarte", "anomalies bloquantes écartent")
        return attention(
            TABS, f"{counted} des lignes des résultats.", "« eig-sheets check » dit lesquelles, et que faire."
        )
    return ok(TABS, "Tous les onglets et leurs en-têtes se lisent, et aucune anomalie ne bloque.")


def of_alteration(message: str, remedy: str) -> Finding:
    """What others changed of the workbook, while which nothing is sent."""
    return error("Classeur altéré", message, remedy)


def of_access(sentences: Sequence[str]) -> Finding:
    """What is wrong with who may read the workbook: how many anomalies, and the first of them."""
    counted = plural(len(sentences), "anomalie d’accès", "anomalies d’accès")
    return attention(ACCESS, f"{counted}. {sentences[0]}", "« eig-sheets check » dit chacune, et que faire.")
