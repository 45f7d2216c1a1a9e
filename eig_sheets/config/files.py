"""Reading of a configuration file as TOML: what cannot be read is a French sentence that names the file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from eig_sheets.config.errors import ConfigError
from eig_sheets.storage import regular_files
from eig_sheets.text import toml
from eig_sheets.text.french import typographic, why
from eig_sheets.text.toml_errors import toml_mistake


def parsed(path: Path, unsaved: str | None = None) -> dict[str, Any]:
    """The values of a configuration file, not validated: of its text `unsaved`, if given. Raises ConfigError."""
    text = _read(path) if unsaved is None else unsaved
    try:
        return toml.parsed(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{path} n’est pas un fichier TOML valable, {toml_mistake(error, text)}."
    except toml.BoundsError as error:
        message = f"{path} : configuration refusée ({error}). Corrigez cette valeur."
    raise ConfigError(typographic(message))


def _read(path: Path) -> str:
    try:
        return regular_files.read_text(path, "utf-8-sig")
    except FileNotFoundError:
        message = f"Configuration introuvable : {path}. Vérifiez --config ou EIG_SHEETS_CONFIG."
    except (OSError, UnicodeDecodeError) as error:
        cause = why(error) if isinstance(error, OSError) else "encodage"
        message = f"Configuration illisible : {path} ({cause}). Elle doit être un texte en UTF-8."
    raise ConfigError(typographic(message))
