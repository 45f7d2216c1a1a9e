"""Loading and validation of a campaign's configuration file."""

from __future__ import annotations

from functools import cached_property
from os.path import normpath
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, ValidationError

from eig_sheets.config import coherence, inheritance
from eig_sheets.config.addresses import is_online, lookalike_errors
from eig_sheets.config.demarche import DemarcheSettings, demarche_errors
from eig_sheets.config.errors import ConfigError, error_report, expectations, validation_messages
from eig_sheets.config.export_columns import ImportSettings
from eig_sheets.config.inheritance import ALONE, Provenance
from eig_sheets.config.names import name_errors
from eig_sheets.config.outlets import (
    GmailMailbox,
    ImapServer,
    SenderSettings,
    SmtpServer,
    address_errors,
    outlet_errors,
)
from eig_sheets.config.packaged import CONFIG_NAME, packaged
from eig_sheets.config.plausibility import (
    blank_word_errors,
    cofinancing_errors,
    empty_list_errors,
    year_errors,
    zone_errors,
)
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
from eig_sheets.text.french import typographic


class WorkbookSettings(Rules):
    """`[workbook]`: the location of the workbook, the people's tabs in use, other names of tabs and headers.

    `officers` are the Google accounts that may decide and approve, and edit the robot's tabs.
    """

    location: Words = "campagne.xlsx"
    people_tabs: tuple[str, ...] = ("talents", "evaluations_talents", "creneaux", "suivi", "parametres")
    tabs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    officers: tuple[Words, ...] = ()


class StateSettings(Rules):
    """`[state]`: the folder of the ledger, the last run, the lock and the previous versions."""

    dir: Words = ".eig-sheets"


class Campaign(Rules):
    """A valid configuration. Its relative paths start from `folder`; those of the workbook and state from `home`."""

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
    demarche: DemarcheSettings | None = None

    _path: Path = PrivateAttr(default=Path())
    _home: Path | None = PrivateAttr(default=None)
    _provenance: Provenance = PrivateAttr(default=ALONE)

    @property
    def provenance(self) -> Provenance:
        """The files that the configuration is made of, and the one in which each value stands."""
        return self._provenance

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """French sentences on the dates and texts that may be slips, for people to check."""
        return tuple(self.provenance.located(coherence.questions(self.model_dump(by_alias=True))))

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
        """The folder from which the paths of the workbook and state start: `folder`, unless `set_home` changed it."""
        return self._home or self.folder

    def set_home(self, home: Path) -> Self:
        """Set the folder from which the paths of the workbook and state start; returns the same campaign."""
        self._home = home
        return self

    def set_path(self, path: Path) -> Self:
        """Set the path of the configuration file; returns the same campaign."""
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
        """The folder of the e-mail templates."""
        return self.resolve(self.emails.templates)

    def resolve(self, path: str) -> Path:
        """The absolute path of one that the configuration gives, relative to its folder."""
        return Path(normpath(self.folder / path))

    def location(self, override: str | None = None) -> str:
        """The workbook's URL, key or absolute path.

        `override` is relative to the current folder, the setting to `home`.
        """
        chosen = self.workbook.location if override is None else override
        if is_online(chosen):
            return chosen
        start = self.home if override is None else Path()
        return normpath((start / chosen).absolute())

    def state_folder(self, override: str | None = None) -> Path:
        """The state folder. `override` is relative to the current folder, the setting to `home`."""
        chosen = Path(override).absolute() if override else (self.home / self.state.dir).absolute()
        return Path(normpath(chosen))


def find(start: Path) -> Path:
    """The path of `config/campaign.toml` in `start` or a parent folder, else of the packaged one."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
    return packaged()


def load_nearest(start: Path) -> Campaign:
    """Load the configuration found from `start`. Raises ConfigError.

    With the packaged one, the workbook and state are in `start`, as if it had `config/`, not beside the program.
    """
    path = find(start)
    campaign = load(path)
    own = path.parent.parent in (start, *start.parents)
    return campaign if own else campaign.set_home(start / CONFIG_NAME.parent)


def load(path: Path, unsaved: str | None = None) -> Campaign:
    """Load the configuration file `path`, and those that it extends. Raises ConfigError, which lists all errors.

    `unsaved`: the text of a file that is not written yet.
    """
    values, provenance = inheritance.merged(inheritance.layers(path, unsaved))
    return validated(values, path, provenance)


def validated(values: dict[str, Any], path: Path, provenance: Provenance = ALONE) -> Campaign:
    """Validate settings that were read from `path` and the files that it extends. Raises ConfigError."""
    try:
        campaign = Campaign.model_validate(_with_tuples(values), strict=True)
    except ValidationError as error:
        raise ConfigError(error_report(path, provenance.located(validation_messages(error, Campaign)))) from None
    unusable = [*_errors(campaign), *empty_list_errors(campaign.eligibility, campaign.imports.fields)]
    if errors := unusable or coherence.errors(campaign.model_dump(by_alias=True)):
        raise ConfigError(error_report(path, provenance.located(errors)))
    campaign._provenance = provenance  # noqa: SLF001 (of the same module)
    return campaign.set_path(path)


def _errors(campaign: Campaign) -> list[str]:
    errors = (
        *zone_errors(campaign.campaign.timezone),
        *cofinancing_errors(campaign.cofinancing),
        *year_errors(campaign.model_dump(by_alias=True)),
        *blank_word_errors(campaign.imports),
        *name_errors(campaign.criteria, campaign.ranking, campaign.eligibility, campaign.cofinancing, campaign.emails),
        *outlet_errors(campaign.sender, campaign.smtp, campaign.imap, campaign.gmail),
        *demarche_errors(campaign.demarche),
    )
    addresses = {"emails.contact": [campaign.emails.contact], "workbook.officers": campaign.workbook.officers}
    wrong = (sentence for key, written in addresses.items() for sentence in address_errors(key, written))
    return [*errors, *wrong, *lookalike_errors(_addresses(campaign))]


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


def with_sections(campaign: Campaign, sections: dict[str, Any]) -> Campaign:
    """A copy of the campaign with other values for whole sections. Raises ConfigError: all errors in one sentence."""
    values = {**campaign.model_dump(by_alias=True), **sections}
    try:
        validated_campaign = Campaign.model_validate(values, strict=True)
    except ValidationError as error:
        message = " ; ".join(validation_messages(error, Campaign))
        raise ConfigError(typographic(message), typographic(expectations(error))) from None
    errors = _errors(validated_campaign)
    if errors:
        raise ConfigError(typographic(" ; ".join(errors)))
    validated_campaign._home = campaign._home  # noqa: SLF001 (of the same module)
    validated_campaign._provenance = campaign._provenance  # noqa: SLF001
    return validated_campaign.set_path(campaign.path)


def _with_tuples(value: Any) -> Any:
    """The settings with tuples in place of lists, because the models are immutable."""
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value
