"""French sentences about cells: their values quoted, the closest word suggested, remedies for officers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from eig_sheets.spreadsheet.model.cells import Uncomputed
from eig_sheets.text.french import NARROW, listed, moment_beside, number, plain, typographic

LONGEST_QUOTE: Final = 60


def quoted(value: object) -> str:
    """3.5 → 3,5; a date as it is typed; a long text cut with an ellipsis; line breaks as spaces; no formula's text."""
    if isinstance(value, Uncomputed):
        return "formule non calculée"
    if isinstance(value, (bool, int, float, date)):
        return shown(value)
    words = " ".join(str(value).split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"


def shown(value: object) -> str:
    """A whole value as people type it: 3.5 → 3,5; a date as in French; a text as it is."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time.min else _clock(value))
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _clock(value: datetime) -> str:
    return "%d/%m/%Y %H:%M:%S" if value.second else "%d/%m/%Y %H:%M"


def closest(value: object, accepted: Iterable[str]) -> str | None:
    """The accepted word that looks most like the value, if one does."""
    spelled = {plain(word): word for word in accepted}
    alike = 0.9 if "@" in str(value) else 0.75  # two addresses share their domain without being the same person's
    close = difflib.get_close_matches(plain(str(value)), list(spelled), 1, alike)
    return spelled[close[0]] if close else None


def did_you_mean(value: object, accepted: Iterable[str]) -> str:
    """« Vouliez-vous dire… », with its leading space; '' when nothing comes close."""
    close = closest(value, accepted)
    return f" Vouliez-vous dire « {close} » ?" if close else ""


def value_and_limit(value: object, limit: datetime | str | None) -> tuple[str, str]:
    """The texts of a value, and of the limit that it is beyond; two moments are written so that they differ."""
    if isinstance(value, datetime) and isinstance(limit, datetime):
        return moment_beside(value, limit), moment_beside(limit, value)
    return quoted(value), str(limit or "")


_COMMAND: Final = re.compile(r"«\s(eig-sheets [^»]+?)\s»")
_SETTING: Final = re.compile(r"\b(?:dans|de)\s(?:la|sa)\sconfiguration\b")

_WHOM: Final = "à demander à la personne qui exploite le robot"


_DONE: Final = "dans Demandes, fait de même"


def for_officers(text: str, offered: Mapping[str, str] = MappingProxyType({})) -> str:
    """The text, followed by whom to ask for the commands and settings that it names.

    `offered`: what officers ask for in their workbook instead of a command, by how the command begins. A text that
    already says so is unchanged, since texts read back from a tab are written again.
    """
    said = text.replace(NARROW, " ")
    if _WHOM in said or _DONE in said:
        return text
    commands = [command.replace(NARROW, " ") for command in dict.fromkeys(_COMMAND.findall(text))]
    done = dict.fromkeys(label for command in commands if (label := _instead(command, offered)))
    asked = [f"« {command} »" for command in commands if not _instead(command, offered)]
    asked += ["ce réglage"] if _SETTING.search(text) else []
    sentences = [f"« {label} », {_DONE}." for label in done]
    if asked:
        named, verb = listed(asked), "est" if len(asked) == 1 else "sont"
        sentences.append(f"{named[0].upper()}{named[1:]} {verb} {_WHOM}.")
    return " ".join([text, *map(typographic, sentences)])


def _instead(command: str, offered: Mapping[str, str]) -> str:
    """What officers ask for instead of a command: that of the longest beginning; '' when they cannot."""
    begun = [name for name in offered if f"{command} ".startswith(f"eig-sheets {name} ")]
    return offered[max(begun, key=len)] if begun else ""


CUT: Final = "La recherche s’est arrêtée avant de prouver que rien n’est meilleur."
"""About a solution that is not proved optimal."""
