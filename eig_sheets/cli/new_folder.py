"""A folder that a command makes: it holds nothing yet, so that nothing of anybody's is replaced."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.cli.refusal import Refusal


def refuse_other_contents(target: Path) -> None:
    """Raise Refusal when the folder is a file, or holds anything."""
    if target.is_file():
        raise Refusal(f"{target} est un fichier : indiquez un dossier.")
    if target.exists() and any(target.iterdir()):
        raise Refusal(f"{target} contient déjà autre chose : indiquez un dossier vide ou nouveau.")
