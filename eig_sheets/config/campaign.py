"""A campaign: all the sections of its configuration, and the paths that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from os.path import normpath
from pathlib import Path
from typing import ClassVar, Self, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr

from eig_sheets.config import coherence
from eig_sheets.config.demarche import DemarcheSettings
from eig_sheets.config.export_columns import ImportSettings
from eig_sheets.config.inheritance import ALONE, Provenance
from eig_sheets.config.outlets import AlertSettings, GmailMailbox, ImapServer, SenderSettings, SmtpServer
from eig_sheets.config_file import PACKAGED_NAME
from eig_sheets.domain.cofinancing_rules import CofinancingRules, SalaryRules
from eig_sheets.domain.parts import Part
from eig_sheets.domain.rules import (
    AlgorithmRules,
    CallRules,
    Criterion,
    DecisionRules,
    EligibilityRules,
    EmailRules,
    FeatureRules,
    JuryRules,
    RankingRules,
    Rules,
    ScoringRules,
    WordRules,
    Words,
)
from eig_sheets.domain.selection_rules import SelectionRules
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.registry import Features
from eig_sheets.spreadsheet.locations import is_online


class WorkbookSettings(Rules):
    """`[workbook]`: the location of the workbook, the people's tabs in use, other names of tabs and headers.

    `people_tabs`: of those that a call may leave out, the ones that it has; all of them when it is not given.
    `talents`: the location of the candidates' own workbook; without it, their tabs are in the other one.
    `officers` are the accounts that may decide and approve, and edit the robot's tabs; `team`, on Grist, those
    that read everything besides them. `followed_by`, the first names that `Suivi par` offers.
    `without_columns`: the ids of columns of `Candidatures` that this call has no use for.
    """

    location: Words = "campagne.xlsx"
    talents: Words | None = None
    people_tabs: tuple[str, ...] | None = None
    tabs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    without_columns: tuple[str, ...] = ()
    officers: tuple[Words, ...] = ()
    team: tuple[Words, ...] = ()
    followed_by: tuple[Words, ...] = ()


class StateSettings(Rules):
    """`[state]`: the folder of the ledger, the last run, the lock and the previous versions."""

    dir: Words = ".eig-sheets"


def location_errors(workbook: WorkbookSettings) -> list[str]:
    """A French sentence when both workbooks are one."""
    if workbook.talents is None or normpath(workbook.talents) != normpath(workbook.location):
        return []
    return ["workbook.talents nomme le même classeur que workbook.location : donnez-en un autre, ou retirez cette clé"]


Own = TypeVar("Own", bound=Rules)


class Campaign(Rules):
    """A valid configuration. Its relative paths start from `folder`; those of the workbook and state from `home`."""

    campaign: CallRules
    workbook: WorkbookSettings = WorkbookSettings()
    state: StateSettings = StateSettings()
    scoring: ScoringRules
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    jury: JuryRules = JuryRules()
    ranking: RankingRules = RankingRules()
    eligibility: EligibilityRules = EligibilityRules()
    cofinancing: CofinancingRules
    salaries: SalaryRules = SalaryRules()
    selection: SelectionRules | None = None
    decisions: DecisionRules = DecisionRules()
    algorithm: AlgorithmRules = AlgorithmRules()
    words: WordRules = WordRules()
    emails: EmailRules = EmailRules()
    imports: ImportSettings = Field(default=ImportSettings(), alias="import")
    sender: SenderSettings | None = None
    smtp: SmtpServer | None = None
    imap: ImapServer | None = None
    gmail: GmailMailbox | None = None
    demarche: DemarcheSettings | None = None
    alerts: AlertSettings = AlertSettings()
    feature_rules: FeatureRules = Field(default=FeatureRules(), alias="features")

    section_keys: ClassVar[Mapping[type[Rules], tuple[str, ...]]] = {}
    """The sections of features, by their models: each by the attributes that lead to it."""
    section_orders: ClassVar[tuple[coherence.Order, ...]] = ()
    """The dates of these sections, in their orders."""
    section_questions: ClassVar[tuple[Callable[[Campaign], Iterable[str]], ...]] = ()
    """What is asked about the values of these sections."""

    _is_of_talents: bool = PrivateAttr(default=False)
    _path: Path = PrivateAttr(default=Path())
    _home: Path | None = PrivateAttr(default=None)
    _provenance: Provenance = PrivateAttr(default=ALONE)
    _features: Features = PrivateAttr(default=Features())

    @property
    def features(self) -> Features:
        """The features of this call, and those that the program has besides."""
        return self._features

    @property
    def orders(self) -> tuple[coherence.Order, ...]:
        """The dates that are compared, those of its features included."""
        return (*coherence.ORDERS, *self.section_orders)

    @property
    def messages(self) -> MessageSettings:
        """What it says of its messages."""
        return MessageSettings(self.emails, {model: self.section(model) for model in self.section_keys})

    def section(self, model: type[Own]) -> Own:
        """The section that a feature has in the configuration, by its model; its defaults where the feature is off."""
        path = self.section_keys.get(model)
        if path is None:
            return model()
        value: object = self
        for name in path:
            value = getattr(value, name)
        return cast("Own", value)

    @property
    def provenance(self) -> Provenance:
        """The files that the configuration is made of, and the one in which each value stands."""
        return self._provenance

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """French sentences on the dates and texts that may be slips, for people to check."""
        texts = (
            *coherence.questions(self.model_dump(by_alias=True), self.orders),
            *(question for ask in self.section_questions for question in ask(self)),
        )
        return (*self.provenance.located(texts), *self.provenance.moved)

    @property
    def part(self) -> Part:
        """What the workbook of this campaign holds of the call."""
        if self.workbook.talents is None:
            return Part.WHOLE
        return Part.TALENTS if self._is_of_talents else Part.PROJECTS

    def for_talents(self) -> Self:
        """The same campaign in the workbook of the candidates; itself when there is one workbook."""
        if self.part is not Part.PROJECTS:
            return self
        campaign = self.model_copy()
        campaign._is_of_talents = True  # noqa: SLF001 (of the same class)
        return campaign

    def with_every_feature(self) -> Self:
        """The same campaign with the features that it turns off: what it holds of people is more than what it uses."""
        campaign = self.model_copy()
        campaign._features = Features(tuple(self.features), own=self.features.own)  # noqa: SLF001 (of the same class)
        return campaign

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

    @property
    def to_edit(self) -> str:
        """The file where people write a setting, as a sentence names it: not the one that comes with the program."""
        if self.home == self.folder:
            return str(self.path)
        return f'{self.home / self.path.name}, à créer avec la ligne « extends = "{PACKAGED_NAME}" »'

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
        return self.path_of(self.emails.templates)

    def path_of(self, path: str) -> Path:
        """The absolute path of one that the configuration gives, relative to its folder."""
        return Path(normpath(self.folder / path))

    def at_home(self, path: str) -> Path:
        """The absolute path of one that is relative to `home`."""
        return Path(normpath((self.home / path).absolute()))

    def location(self, override: str | None = None) -> str:
        """The workbook's URL, key or absolute path.

        `override` is relative to the current folder, the setting to `home`.
        """
        own = self.workbook.talents if self.part is Part.TALENTS else None
        chosen = (own or self.workbook.location) if override is None else override
        if is_online(chosen):
            return chosen
        start = self.home if override is None else Path()
        return normpath((start / chosen).absolute())

    def state_folder(self, override: str | None = None) -> Path:
        """The state folder. `override` is relative to the current folder, the setting to `home`."""
        chosen = Path(override).absolute() if override else (self.home / self.state.dir).absolute()
        return Path(normpath(chosen))
