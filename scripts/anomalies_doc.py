"""Writes docs/anomalies.fr.md from the codes of all modules: `python scripts/anomalies_doc.py`."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Code

PACKAGE = Path(__file__).parents[1] / "eig_sheets"
TARGET = PACKAGE.parent / "docs" / "anomalies.fr.md"
_NOT_MODULES = ("__init__", "__main__")

INTRODUCTION = """\
# Anomalies du classeur

Tout ce que « eig-sheets check » et l’onglet « Anomalies » peuvent signaler. Chaque anomalie nomme l’onglet, la cellule
et le dossier ; ce qui est écrit {ainsi} y est remplacé par ce qui est dans le classeur. Celles d’une même cause, dès
trois cellules d’une colonne qui disent la même chose, sont une seule ligne, qui nomme les premières cellules et compte
les autres.

L’ordre : ce qui bloque, puis ce qui avertit, dans l’ordre des onglets, celles d’un même code à la suite. Celles que
l’équipe ne peut pas corriger (la configuration, les accès du classeur) viennent après toutes les autres.

| gravité | conséquence |
|---|---|
| structurel | Rien n’est écrit, sauf une ligne dans « Journal », tant que le problème n’est pas résolu. |
| bloquant | La ligne est laissée de côté et nommée ; les autres comptent. |
| avertissement | La ligne compte ; une cellule illisible y est tenue pour vide. |
| selon la colonne | Bloquant pour ce qui nomme la ligne, une note, un déport ou une décision ; sinon avertissement. |
"""

WORDS = {
    "address": "adresse", "id": "e-mail", "title": "objet", "when": "jour et heure", "why": "raison",
    "area": "cellules", "before": "valeur d’avant", "cells": "cellules", "choices": "choix possibles", "day": "date",
    "column": "colonne", "count": "nombre", "other": "autre onglet",
    "comment": "Commentaire", "second": "autre colonne", "second_cell": "autre cellule",
    "header": "colonne", "hint": "", "high": "maximum", "limit": "limite", "low": "minimum", "names": "noms",
    "now": "valeur actuelle", "reason": "raison", "rows": "à telle ligne", "suggestion": "", "tab": "onglet",
    "source": "onglet du robot", "value": "valeur", "expected": "valeur attendue", "shared": "évaluations communes",
    "holder": "fichier, feuille ou robot", "program": "tableur",
    "others": "autres noms", "known": "numéro ou nom connu", "setting": "réglage", "command": "commande",
    "received": "jour et heure", "moment": "jour et heure", "answer": "ce que dit la réponse", "rival": "autre fichier",
    "place": "fichier ou cellule", "page": "fichier", "advice": "que faire", "counted": "ce qui compte",
    "examples": "exemples", "readers": "autres jurés", "what": "dossier", "where": "onglet",
    "who": "par qui, quand", "given": "ce que dit la réponse", "state": "statut",
    "position": "place dans la configuration", "withdrawn": "« Désisté » saisi pour un dossier",
}  # fmt: skip


def codes() -> list[Code]:
    """Every code that a module of the program declares, by name."""
    paths = (path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py")))
    loaded = (importlib.import_module(".".join(path.parts)) for path in paths if path.name not in _NOT_MODULES)
    declared = {id(value): value for module in loaded for value in vars(module).values() if isinstance(value, Code)}
    return sorted(declared.values(), key=lambda code: code.name)


def document() -> str:
    """The whole page."""
    of_workbook, of_cells = ([one for one in codes() if one.stops is stops] for stops in (True, False))
    parts = [typographic(INTRODUCTION), _table("Problèmes de tout le classeur", of_workbook)]
    return "\n".join([*parts, _table("Anomalies d’une ligne, d’une cellule ou d’une colonne", of_cells)])


def _table(title: str, listed: Iterable[Code]) -> str:
    lines = [f"## {title}", "", "| code | gravité | ce qui ne va pas | que faire |", "|---|---|---|---|"]
    for code in listed:
        severity = "structurel" if code.stops else code.severity or "selon la colonne"
        lines.append(f"| `{code.name}` | {severity} | {_spoken(code.message)} | {_spoken(code.remedy)} |")
    return "\n".join(lines) + "\n"


def _spoken(sentence: str) -> str:
    named = re.sub(r"\{(\w+)\}", lambda match: _blank(WORDS[match[1]]), sentence)
    return typographic(named)


def _blank(word: str) -> str:
    return f"{{{word}}}" if word else ""


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
