"""Error messages of the configuration, in French: the key, its value, what is accepted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import listed, number, plain, typographic


class ConfigError(ExpectedError):
    """The configuration cannot be used. The message is in French and names the key and the remedy.

    `expected`: what values must be, in French and without any key, when that is all that is wrong; else ''.
    """

    def __init__(self, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.expected = expected


def error_report(path: Path, sentences: Iterable[str]) -> str:
    """The whole error message: one line for each thing to correct."""
    lines = [line if line.endswith("?") else f"{line}." for line in dict.fromkeys(sentences)]
    return typographic(f"{path} : configuration refusée.\n" + "\n".join(f"  • {line}" for line in lines))


def validation_messages(error: ValidationError, root: type[BaseModel]) -> list[str]:
    """A French sentence for each error of pydantic; `root` is the model of the configuration."""
    return [_message(detail, root) for detail in _details(error)]


def expectations(error: ValidationError) -> str:
    """What the values must be, in French, without their keys; '' when an error is about more than a value."""
    details = _details(error)
    if any(detail["type"] in ("extra_forbidden", "missing", "value_error") for detail in details):
        return ""
    return " ; ".join(dict.fromkeys(_expected(_kind(detail), detail.get("ctx", {})) for detail in details))


def _details(error: ValidationError) -> list[Any]:
    """The errors of pydantic, without those of a whole list or table that has some of its own inside."""
    details = error.errors()
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if not any(place[: len(detail["loc"])] == detail["loc"] != place for place in places)
    ]


def unknown_name_errors(key: str, used: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """A French sentence for each used name that is not known, with the closest known one."""
    accepted = [*known]
    for name in used:
        if name not in accepted:
            yield f"{key} : « {name} » est inconnu{_closest(name, accepted)}"


def _closest(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, 1, 0.6)
    if close:
        return f" ; vouliez-vous dire « {close[0]} » ?"
    return f" ; valeurs possibles : {listed(sorted(known), 'ou')}" if known else " ; aucune valeur n’est possible ici"


_RULE_ERRORS = {
    "closes_before_opens": "campaign.closes est avant campaign.opens : corrigez l’une des deux dates",
    "experimentation_upside_down": "emails.experimentation.ends est avant starts : corrigez l’une des deux dates",
    "zone_upside_down": "ranking.zone doit aller de la plus petite probabilité à la plus grande, par exemple "
    "[0.25, 0.75]",
    "scale_upside_down": "scoring.min doit être plus petit que scoring.max",
    "column_of_nothing": "dans [import.fields], une table a header (avec nth ou after, ou sans), ou join seul : "
    '{ header = "Email", after = "Nom du porteur" } ou { join = ["Prénom", "Nom"] }',
    "column_found_twice": "dans [import.fields], nth et after ne vont pas ensemble : gardez l’un des deux",
    "hours_upside_down": "dans [SECTION], les heures vont de la première à la dernière : from est avant to, par "
    'exemple { from = "12:00", to = "13:00" }',
    "eliminating_unknown": "eligibility.eliminating ne peut nommer que des champs listés dans eligibility.attestations",
}
_A_DAY = "une date sans guillemets (2021-02-01)"
_A_MOMENT = "une date, avec ou sans heure, sans guillemets (2021-04-07T23:59:59)"
_AN_HOUR = "une date et une heure sans guillemets (2021-04-07T23:59:59)"
_A_NAIVE_MOMENT = "une date et une heure sans décalage (2021-04-07T23:59:59), celles du fuseau campaign.timezone"
_TYPES = {
    "int_type": "un nombre entier", "int_from_float": "un nombre entier", "float_type": "un nombre",
    "finite_number": "un nombre fini", "string_type": "un texte entre guillemets", "bool_type": "true ou false",
    "tuple_type": "une liste entre crochets", "dict_type": "une table", "model_type": "une table",
    "date_type": _A_DAY, "datetime_type": _A_MOMENT, "hour_type": _AN_HOUR,
    "timezone_naive": _A_NAIVE_MOMENT, "clock_type": "une heure entre guillemets (\"09:00\")",
}  # fmt: skip
_BOUNDS = {
    "greater_than": ("gt", "plus de {}"), "greater_than_equal": ("ge", "au moins {}"),
    "less_than_equal": ("le", "au plus {}"), "too_long": ("max_length", "au plus {} valeurs"),
    "too_short": ("min_length", "au moins {} valeur"),
}  # fmt: skip
_SECRETS = {"password", "passwd", "mot de passe", "secret", "token"}
_SECRET_VALUES = {"alerts.health_url"}
"""Keys whose values are secrets: errors, which logs keep, do not quote them."""
_ELSEWHERE = (
    "ne l’écrivez pas ici. [smtp] et [imap] disent où il est : password_variable, le nom d’une variable "
    "d’environnement, ou password_file, un fichier que vous seul pouvez lire"
)
_TOKEN_PLACE = "ne l’écrivez pas ici. demarche.token_file dit où il est : un fichier que vous seul pouvez lire"  # noqa: S105 (a sentence)
_MOMENT_ERRORS = ("date_type", "datetime_type")


def _message(detail: Any, root: type[BaseModel]) -> str:
    location = _location(detail)
    key, kind = _dotted(location), _kind(detail)
    if kind == "extra_forbidden" and plain(str(location[-1])) in _SECRETS:
        return f"« {key} » est un secret : {_TOKEN_PLACE if location[0] == 'demarche' else _ELSEWHERE}"
    if kind == "extra_forbidden":
        return f"clé inconnue « {key} »{_closest_key(location, root)}"
    if kind == "missing":
        return f"il manque « {key} »"
    if kind == "value_error":
        return _RULE_ERRORS[str(detail["ctx"]["error"])].replace("[SECTION]", f"[{location[0]}]")
    written = "" if key in _SECRET_VALUES else f" = {_written(detail['input'])}"
    return f"{key}{written} n’est pas accepté : {_expected(kind, detail.get('ctx', {}))}"


def _location(detail: Any) -> tuple[Any, ...]:
    parts = detail["loc"]
    return tuple(part for part, before in zip(parts, (None, *parts), strict=False) if not _is_alternative(part, before))


def _kind(detail: Any) -> str:
    """The kind of an error, which for a date also depends on whether an hour may, or must, be there."""
    kind = str(detail["type"])
    if kind in _MOMENT_ERRORS and _location(detail) != tuple(detail["loc"]):
        return "datetime_type" if not isinstance(detail["input"], datetime) else "timezone_naive"
    return "hour_type" if kind == "datetime_type" else kind


def _is_alternative(part: Any, before: Any) -> bool:
    """Whether a part of pydantic's location is not a key but one of the types of a union; `before`: the part before it.

    In a table of a list, `date` is a key.
    """
    is_date = part == "date" and not isinstance(before, int)
    return isinstance(part, str) and (is_date or part.startswith(("datetime", "function-", "header-")))


def _expected(kind: str, context: dict[str, Any]) -> str:
    if kind == "literal_error":
        accepted = str(context["expected"]).replace(" or ", " ou ").replace("'", "")
        return f"valeurs possibles : {accepted}"
    if kind == "string_pattern_mismatch":
        return "il faut une lettre minuscule, puis des lettres minuscules sans accent, des chiffres ou « _ »"
    if kind == "string_too_short":
        return "il faut un texte qui ne soit pas vide"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return "il faut " + words.format(number(context[name]))
    return f"il faut {_TYPES[kind]}"


def _written(value: Any) -> str:
    """A value in TOML syntax, with texts in French quotes."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f"« {value} »" if value else "« »"
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(map(_written, value))}]"
        case dict():
            return "une table"
        case float():
            return repr(value).removesuffix(".0")
        case _:
            return str(value)


def _dotted(location: tuple[Any, ...]) -> str:
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _closest_key(location: tuple[Any, ...], root: type[BaseModel]) -> str:
    model: Any = root
    for part in location[:-1]:
        if isinstance(part, str) and (named := _field_named(model, part)) is not None:
            model = _model_of(named.annotation)
    return _closest(str(location[-1]), [info.alias or name for name, info in model.model_fields.items()])


def _field_named(model: type[BaseModel], key: str) -> Any:
    return next((info for name, info in model.model_fields.items() if key in (name, info.alias)), None)


def _model_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = (_model_of(part) for part in get_args(annotation) if part is not Ellipsis)
    return next((part for part in parts if part is not None), None)
