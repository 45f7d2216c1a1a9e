"""Loads and validates a campaign's configuration: the only reader of settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from os.path import normpath
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, ValidationError

from eig_sheets.config_addresses import misleading
from eig_sheets.config_errors import explained, refusal
from eig_sheets.config_names import wrong_names
from eig_sheets.config_outlets import GmailMailbox, ImapServer, SenderSettings, SmtpServer, wrong_outlets
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
    Words,
)
from eig_sheets.french import typographic, why

CONFIG_NAME = Path("config") / "campaign.toml"
_GOOGLE_KEY = re.compile(r"[A-Za-z0-9_-]{30,}")


class ConfigError(Exception):
    """The configuration cannot be used. The message is in French and names the key and the remedy."""


class WorkbookSettings(Rules):
    """`[workbook]`: where the campaign lives, the people's tabs in use, other names people give.

    `officers` are the Google accounts that may decide and approve, and edit the robot's tabs.
    """

    location: Words = "campagne.xlsx"
    people_tabs: tuple[str, ...] = ("talents", "evaluations_talents", "creneaux", "suivi", "parametres")
    tabs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    officers: tuple[Words, ...] = ()


class StateSettings(Rules):
    """`[state]`: the folder of the ledger, the snapshots, the lock and the previous versions."""

    dir: Words = ".eig-sheets"


class ImportSettings(Rules):
    """`[import]`: headers of a Démarches Simplifiées export, for each field of `Candidatures`."""

    fields: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ignored_states: tuple[str, ...] = ()


class Campaign(Rules):
    """A whole configuration, valid. `folder` is where its relative paths start from, `home` those of what it makes."""

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
    sender: SenderSettings | None = None
    smtp: SmtpServer | None = None
    imap: ImapServer | None = None
    gmail: GmailMailbox | None = None

    _path: Path = PrivateAttr(default=Path())
    _home: Path | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path:
        """The configuration file."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder of the configuration file."""
        return self._path.parent

    @property
    def home(self) -> Path:
        """Where the paths of the workbook and of the state start from: `folder`, unless `used_in` says otherwise."""
        return self._home or self.folder

    def used_in(self, home: Path) -> Self:
        """The same campaign, whose workbook and state are found from `home`."""
        self._home = home
        return self

    def read_from(self, path: Path) -> Self:
        """The same campaign, which knows its file."""
        self._path = path.absolute()
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The campaign's time zone."""
        return ZoneInfo(self.campaign.timezone)

    @property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest score of a criterion."""
        return self.scoring.min, self.scoring.max

    @property
    def labels(self) -> dict[str, str]:
        """The criteria in the order of the columns: id → label."""
        return {criterion.id: criterion.label for criterion in self.criteria}

    @property
    def templates_folder(self) -> Path:
        """Where the e-mail templates are."""
        return self.beside(self.emails.templates)

    def beside(self, path: str) -> Path:
        """A path that the configuration gives: absolute, or from its folder."""
        return Path(normpath(self.folder / path))

    def location(self, override: str | None = None) -> str:
        """The workbook's URL or key, or its absolute path: the override's (from here) or the config's (from it)."""
        chosen = self.workbook.location if override is None else override
        if is_google(chosen):
            return chosen
        start = self.home if override is None else Path()
        return normpath((start / chosen).absolute())

    def state_folder(self, override: str | None = None) -> Path:
        """The state folder: the override's (from here) or the config's (from it)."""
        chosen = Path(override).absolute() if override else (self.home / self.state.dir).absolute()
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


def nearest(start: Path) -> Campaign:
    """The campaign of the configuration found from `start`. Raises ConfigError.

    The packaged values make their workbook as if `config/` stood in `start`, not beside the program.
    """
    path = find(start)
    campaign = load(path)
    own = path.parent.parent in (start, *start.parents)
    return campaign if own else campaign.used_in(start / CONFIG_NAME.parent)


def load(path: Path) -> Campaign:
    """The campaign that `path` describes. Raises ConfigError, which lists everything that is wrong."""
    return judged(_parsed(path), path)


def judged(values: dict[str, Any], path: Path) -> Campaign:
    """The campaign of these settings, read from `path`. Raises ConfigError."""
    try:
        campaign = Campaign.model_validate(_tuples(values), strict=True)
    except ValidationError as error:
        raise ConfigError(refusal(path, explained(error, Campaign))) from None
    mistakes = _mistakes(campaign)
    if mistakes:
        raise ConfigError(refusal(path, mistakes))
    return campaign.read_from(path)


def _mistakes(campaign: Campaign) -> list[str]:
    rules = (campaign.ranking, campaign.eligibility, campaign.cofinancing, campaign.emails)
    outlets = (campaign.sender, campaign.smtp, campaign.imap, campaign.gmail)
    wrong = (*_incoherent(campaign), *wrong_names(campaign.criteria, *rules), *wrong_outlets(*outlets))
    return [*wrong, *misleading(_addresses(campaign))]


def _addresses(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    emails, sender = campaign.emails, campaign.sender or SenderSettings()
    return {
        "emails.contact": (emails.contact,),
        "emails.allowed": emails.allowed,
        "emails.never": emails.never,
        "workbook.officers": campaign.workbook.officers,
        "sender.address": (sender.address,),
        "sender.reply_to": (sender.reply_to,),
        "sender.unsubscribe": (sender.unsubscribe,),
        "gmail.mailbox": (campaign.gmail.mailbox if campaign.gmail else "",),
    }


def changed(campaign: Campaign, sections: dict[str, Any]) -> Campaign:
    """The same campaign with other values for whole sections. Raises ConfigError: what is wrong, in one sentence."""
    values = {**campaign.model_dump(by_alias=True), **sections}
    try:
        made = Campaign.model_validate(values, strict=True)
    except ValidationError as error:
        raise ConfigError(typographic(" ; ".join(explained(error, Campaign)))) from None
    mistakes = _mistakes(made)
    if mistakes:
        raise ConfigError(typographic(" ; ".join(mistakes)))
    made._home = campaign._home  # noqa: SLF001 (of the same class)
    return made.read_from(campaign.path)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        said = f"Configuration introuvable : {path}. Vérifiez --config ou EIG_SHEETS_CONFIG."
    except (OSError, UnicodeDecodeError) as error:
        said = f"Configuration illisible : {path} ({_cause(error)}). Elle doit être un texte en UTF-8."
    except tomllib.TOMLDecodeError as error:
        said = f"{path} n’est pas un fichier TOML valable{_line_of(error)} : corrigez-le."
    raise ConfigError(typographic(said))


def _tuples(value: Any) -> Any:
    """The same settings with tuples for lists: what does not change is what the models hold."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _incoherent(campaign: Campaign) -> Iterator[str]:
    try:
        _ = campaign.zone
    except (KeyError, ValueError, OSError):  # unknown, not a name, a folder of zones
        zone = campaign.campaign.timezone
        yield f"campaign.timezone = « {zone} » n’est pas accepté : il faut un fuseau connu, par exemple Europe/Paris"
    rules = campaign.cofinancing
    low, high = rules.plausible
    if rules.months > rules.total_months:
        yield "cofinancing.months ne peut pas dépasser cofinancing.total_months"
    if not 0 <= low <= high:
        yield "cofinancing.plausible doit aller du plus petit au plus grand, par exemple [0.6, 1.6]"
    if rules.rule == "flat" and not rules.flat_amount:
        yield "cofinancing.rule = « flat » demande cofinancing.flat_amount : le montant pour un EIG, en euros"


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
