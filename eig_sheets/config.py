"""Loads and validates a campaign's configuration: the only reader of settings."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cached_property
from os.path import normpath
from pathlib import Path
from typing import Any, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, PrivateAttr, ValidationError, model_validator

from eig_sheets.domain.rules import (
    CallRules,
    CofinancingRules,
    Criterion,
    EligibilityRules,
    EmailRules,
    RankingRules,
    Rules,
    SalaryRules,
    ScoringRules,
    WordRules,
)
from eig_sheets.french import why

CONFIG_NAME = Path("config") / "campaign.toml"
_GOOGLE_KEY = re.compile(r"[A-Za-z0-9_-]{30,}")


class ConfigError(Exception):
    """The configuration cannot be used. The message is in French and names the key and the remedy."""


class WorkbookSettings(Rules):
    """`[workbook]`: where the campaign lives, the people's tabs in use, other names people give."""

    location: str = "campagne.xlsx"
    people_tabs: tuple[str, ...] = ("talents", "evaluations_talents", "creneaux", "suivi")
    tabs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class StateSettings(Rules):
    """`[state]`: the folder of the ledger, the snapshots, the lock and the previous versions."""

    dir: str = ".eig-sheets"


class ImportSettings(Rules):
    """`[import]`: headers of a Démarches Simplifiées export, for each field of `Candidatures`."""

    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ignored_states: tuple[str, ...] = ()


class Campaign(Rules):
    """A whole configuration, valid. `folder` is where its relative paths start from."""

    campaign: CallRules
    workbook: WorkbookSettings = WorkbookSettings()
    state: StateSettings = StateSettings()
    scoring: ScoringRules
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    ranking: RankingRules = RankingRules()
    eligibility: EligibilityRules = EligibilityRules()
    cofinancing: CofinancingRules
    salaries: SalaryRules = SalaryRules()
    words: WordRules = WordRules()
    emails: EmailRules = EmailRules()
    imports: ImportSettings = Field(default=ImportSettings(), alias="import")

    _path: Path = PrivateAttr(default=Path())

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        ids = [criterion.id for criterion in self.criteria]
        if len(set(ids)) < len(ids):
            raise ValueError("criteria_twice")
        if not set(self.ranking.tie_break) <= set(ids):
            raise ValueError("tie_break_unknown")
        return self

    @property
    def path(self) -> Path:
        """The configuration file."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder of the configuration file."""
        return self._path.parent

    def read_from(self, path: Path) -> Self:
        """The same campaign, which knows its file."""
        self._path = path.absolute()
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The campaign's time zone."""
        return ZoneInfo(self.campaign.timezone)

    @property
    def templates_folder(self) -> Path:
        """Where the e-mail templates are."""
        return self.folder / self.emails.templates

    def location(self, override: str | None = None) -> str:
        """The workbook's URL or key, or its absolute path: the override's (from here) or the config's (from it)."""
        if override is not None:
            return override if is_google(override) else normpath(Path(override).absolute())
        chosen = self.workbook.location
        return chosen if is_google(chosen) else normpath((self.folder / chosen).absolute())

    def state_folder(self, override: str | None = None) -> Path:
        """The state folder: the override's (from here) or the config's (from it)."""
        chosen = Path(override).absolute() if override else (self.folder / self.state.dir).absolute()
        return Path(normpath(chosen))


def is_google(location: str) -> bool:
    """Whether a location is a Google Sheet's URL or key rather than a path."""
    return location.startswith(("http://", "https://")) or bool(_GOOGLE_KEY.fullmatch(location))


def packaged() -> Path:
    """The EIG5 configuration that comes with the tool."""
    here = Path(__file__).parent
    installed = here / "_config" / "campaign.toml"
    return installed if installed.exists() else here.parent / CONFIG_NAME


def find(start: Path) -> Path:
    """`config/campaign.toml` in `start` or a parent folder, else the packaged one."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
    return packaged()


def load(path: Path) -> Campaign:
    """The campaign that `path` describes. Raises ConfigError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"Configuration introuvable : {path}. Vérifiez --config ou EIG_SHEETS_CONFIG.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"Configuration illisible : {path} ({_cause(error)}). Elle doit être un texte en UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} n’est pas un fichier TOML valable{_line_of(error)} : corrigez-le.") from None
    try:
        campaign = Campaign.model_validate(data)
        ZoneInfo(campaign.campaign.timezone)
    except ValidationError as error:
        raise ConfigError(_explain(path, error)) from None
    except (KeyError, ValueError):
        zone = data["campaign"]["timezone"]
        raise ConfigError(
            f"{path} : campaign.timezone « {zone} » n’est pas un fuseau connu. Exemple : Europe/Paris."
        ) from None
    return campaign.read_from(path)


_SECTION = re.compile(r"\[+([\w.]+)\]+")
_SOURCED = re.compile(r"(\w+)\s*=[^#]*#\s*(.+)")


def sources(path: Path) -> dict[str, str]:
    """What the file's comments say of its values: `section.key` → the comment at the end of its line."""
    found: dict[str, str] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if header := _SECTION.match(line):
            section = header[1]
        elif sourced := _SOURCED.match(line):
            found.setdefault(f"{section}.{sourced[1]}", sourced[2].strip())
    return found


def _line_of(error: tomllib.TOMLDecodeError) -> str:
    """Where the parser stopped, which it says in English."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    return f", ligne {place[1]}, colonne {place[2]}" if place else ", à la fin"


def _cause(error: Exception) -> str:
    return why(error) if isinstance(error, OSError) else "encodage"


_RULES_BROKEN = {
    "closes_before_opens": "campaign.closes est avant campaign.opens : corrigez l’une des deux dates",
    "scale_upside_down": "scoring.min doit être plus petit que scoring.max",
    "eliminating_unknown": "eligibility.eliminating ne peut nommer que des champs listés dans eligibility.attestations",
    "criteria_twice": "deux critères ont le même id dans [[criteria]] : donnez-leur des id différents",
    "tie_break_unknown": "ranking.tie_break ne peut nommer que des id de [[criteria]]",
}

_TYPES = {
    "int_parsing": "un nombre entier", "int_type": "un nombre entier", "int_from_float": "un nombre entier",
    "float_type": "un nombre", "float_parsing": "un nombre", "string_type": "un texte entre guillemets",
    "bool_type": "true ou false", "tuple_type": "une liste entre crochets", "dict_type": "une table",
    "date_type": "une date (2021-02-01)", "datetime_type": "une date et heure (2021-04-07T23:59:59)",
    "date_from_datetime_parsing": "une date (2021-02-01)", "date_parsing": "une date (2021-02-01)",
    "datetime_parsing": "une date (2021-04-07T23:59:59)",
    "datetime_from_date_parsing": "une date (2021-04-07T23:59:59)",
    "model_type": "une table", "model_attributes_type": "une table",
}  # fmt: skip


def _explain(path: Path, error: ValidationError) -> str:
    lines = dict.fromkeys(_explain_one(detail) for detail in error.errors())
    return f"{path} : configuration refusée.\n" + "\n".join(f"  • {line}." for line in lines)


def _explain_one(detail: Any) -> str:
    location = tuple(part for part in detail["loc"] if part not in ("date", "datetime"))
    key, kind, context = _dotted(location), detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"clé inconnue « {key} »{_closest(location)}"
    if kind == "missing":
        return f"il manque « {key} »"
    if kind == "literal_error":
        accepted = context["expected"].replace(" or ", " ou ").replace("'", "")
        return f"{key} = {detail['input']!r} n’est pas accepté ; valeurs possibles : {accepted}"
    if kind == "value_error":
        return _RULES_BROKEN[str(context["error"])]
    if kind in _TYPES:
        return f"{key} = {detail['input']!r} n’est pas accepté : il faut {_TYPES[kind]}"
    return f"{key} = {detail['input']!r} n’est pas accepté : {_bound(kind, context)}"


def _bound(kind: str, context: dict[str, Any]) -> str:
    bounds = {"greater_than": "plus de {gt}", "greater_than_equal": "au moins {ge}", "less_than_equal": "au plus {le}"}
    if kind in bounds:
        return "il faut " + bounds[kind].format(**context)
    if kind == "string_pattern_mismatch":
        return "il faut des lettres minuscules, des chiffres et « _ »"
    return "il faut au moins une valeur" if kind.startswith(("too_short", "string_too_short")) else "valeur refusée"


def _dotted(location: tuple[Any, ...]) -> str:
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _closest(location: tuple[Any, ...]) -> str:
    known = _known_keys(location[:-1])
    close = difflib.get_close_matches(str(location[-1]), known, 1, 0.5)
    if close:
        return f" ; vouliez-vous dire « {close[0]} » ?"
    return f" ; clés connues : {', '.join(sorted(known))}"


def _known_keys(location: tuple[Any, ...]) -> list[str]:
    model: Any = Campaign
    for part in location:
        if isinstance(part, str):
            model = _model_of(_field_named(model, part).annotation)
    return [info.alias or name for name, info in model.model_fields.items()]


def _field_named(model: type[BaseModel], key: str) -> Any:
    return next(info for name, info in model.model_fields.items() if key in (name, info.alias))


def _model_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(_model_of(part) for part in get_args(annotation) if part is not Ellipsis)
