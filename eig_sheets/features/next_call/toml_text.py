"""The text of the configuration of the next call: `extends`, and what differs, each value with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from eig_sheets.config.coherence import MONTHS_ALONE
from eig_sheets.features.next_call.differences import NextCall
from eig_sheets.text.french import day, moment

_DECIDED: Final = "décidé pour cet appel"
_COLUMN: Final = 32


def configuration_text(call: NextCall, extends: str, settings: Mapping[str, str]) -> str:
    """The text of the file. `extends`: the last call's file; `settings`: other texts, by dotted key."""
    chosen, changes = call.chosen(), {**settings, **call.changes()}
    head = [
        f"# {call.id} : ce qui change par rapport à {call.last.campaign.id} ; tout le reste en est repris.",
        "# « hypothèse » : date décalée, à relire. Quand c’est fait, écrivez sa source à la place.",
        f"extends = {toml_value(extends)}",
    ]
    without = call.without()
    if without:
        head.append(f"without = {toml_value(tuple(without))}   # ce qui n’était que de l’appel d’avant")
    tables: dict[str, list[str]] = {}
    for key, value in changes.items():
        table, _, name = key.rpartition(".")
        comment = "" if key in settings else _DECIDED if key in chosen else _moved(call, key)
        tables.setdefault(table, []).append(_line(name, value, comment))
    of_no_table = ["\n".join(lines) for lines in [tables.pop("", [])] if lines]  # a list of tables of the whole file
    in_order = sorted(tables.items(), key=lambda table: (table[0] != "campaign", table[0]))
    parts = [f"[{table}]\n" + "\n".join(lines) for table, lines in in_order]
    return "\n\n".join(["\n".join(head), *of_no_table, *parts]) + "\n"


def _moved(call: NextCall, key: str) -> str:
    corrected = [correction.why for item, correction in call.corrections().items() if item.partition("[")[0] == key]
    return " ; ".join([_followed(call, key), *corrected])


def _followed(call: NextCall, key: str) -> str:
    value: Any = call.last.model_dump(by_alias=True)
    for part in key.split("."):
        value = value[part]
    if key in MONTHS_ALONE:
        return "hypothèse : mois décalés ; de ces dates, seuls le mois et l’année comptent"
    if isinstance(value, tuple):
        return "hypothèse : mêmes jours de la semaine que l’appel d’avant"
    return f"hypothèse : l’appel d’avant disait {_in_words(value)}"


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else f"« {value} »"


def _line(name: str, value: Any, comment: str) -> str:
    if isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value):
        items = "".join(f"  {toml_value(item)},\n" for item in value)
        return f"# {comment}\n{name} = [\n{items}]"
    line = f"{name} = {toml_value(value)}"
    return f"{line.ljust(_COLUMN)} # {comment}" if comment else line


def toml_value(value: Any) -> str:
    """A value in the syntax of TOML, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return value.isoformat()
        case time():
            return json.dumps(f"{value:%H:%M}")
        case tuple():
            return f"[{', '.join(map(toml_value, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{name} = {toml_value(item)}' for name, item in value.items())}}}"
        case _:
            return repr(value)
