"""The settings that officers type in the tab `Paramètres`: each replaces the configuration's value, or is refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from eig_sheets.campaign import limits
from eig_sheets.config import Campaign, ConfigError, with_sections
from eig_sheets.text.french import asserted, number, percent, plain
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import MOST_LISTED, Anomaly, Code, anomaly, blocking, limited, warning
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import did_you_mean, quoted
from eig_sheets.workbook.value_codes import NOT_WHOLE, UNKNOWN_CHOICE, UNREADABLE_NUMBER

UNKNOWN_SETTING: Final = blocking(
    "reglage_inconnu",
    "« {value} » n’est pas un réglage que l’on puisse changer ici.{hint}",
    "Choisissez dans la liste, ou supprimez la ligne.",
)
SETTING_TWICE: Final = blocking(
    "reglage_en_double",
    "Le réglage « {value} » a plusieurs lignes : aucune ne vaut, la valeur de la configuration est gardée.",
    "Gardez une seule ligne pour ce réglage.",
)
SETTING_REFUSED: Final = blocking(
    "reglage_refuse",
    "« {value} » ne convient pas pour « {header} » ({reason}) : la configuration, {limit}, reste en vigueur.",
    "Corrigez la valeur, ou videz-la.",
)
REOPENED_WITHOUT_REASON: Final = warning(
    "reouverture_sans_raison",
    "« Réouverture » n’a pas de raison : elle ne rouvre rien.",
    "Écrivez la raison dans la colonne Valeur.",
)

REOPENING: Final = "Réouverture"
"""The setting in which officers say why the rules change once evaluations have begun."""
WEIGHT: Final = "Poids – "
NONE: Final = "aucun"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that officers may type: its label, its key in the configuration, how its value is read and written."""

    label: str
    key: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a setting that officers typed: its tab and cell, its value and the configured value.

    `name` is the one by which people know the cell, with that of its tab.
    """

    label: str
    tab: str
    cell: str
    name: str
    value: str
    configured: str

    def __str__(self) -> str:
        """The name of the cell of the setting, and the configured value."""
        return f"{self.name} (configuration : {self.configured})"


@dataclass(frozen=True, slots=True)
class Overrides:
    """The campaign with the officers' settings, the origin of each by key, and the reasons to reopen the rules.

    `reopenings`: cell and reason, in the order of the rows.
    """

    campaign: Campaign
    origins: Mapping[str, Origin] = field(default_factory=dict)
    reopenings: tuple[tuple[str, str], ...] = ()
    anomalies: tuple[Anomaly, ...] = ()


_ENVELOPE: Final = "cofinancing.envelope"
FEWEST_REVIEWS: Final = "Nombre minimal d’évaluations par dossier"
READERS: Final = "Lecteurs par dossier"
_FORMER_LABELS: Final = {"Évaluations attendues par dossier": FEWEST_REVIEWS}
"""Labels of settings in older workbooks, whose lines still set them."""


def settings_of(campaign: Campaign) -> dict[str, Setting]:
    """Every setting that officers may set, by its key. A criterion's weight has a key of its own."""
    unused = _ENVELOPE if campaign.cofinancing.rule == "none" else ""
    return {key: setting for key, setting in _known_settings(campaign).items() if key != unused}


def _known_settings(campaign: Campaign) -> dict[str, Setting]:
    """Those that officers may set, and those that say nothing in this call: a row of one is no mistake."""
    settings = (
        Setting("Places", "campaign.target", _whole, number),
        Setting(FEWEST_REVIEWS, "scoring.min_reviews", _whole, number),
        Setting(READERS, "jury.reads", _whole, lambda reads: number(reads or campaign.jury.readers)),
        Setting("Départage", "ranking.tie_break", _criteria_of(campaign), _labels_of(campaign)),
        Setting("Note minimale", "ranking.min_note", _number_or_none, _optional),
        Setting("Places en liste d’attente", "ranking.waiting_list", _whole, number),
        Setting("Zone de délibération", "ranking.zone", _probabilities, _between),
        Setting("Enveloppe de co-financement", _ENVELOPE, _number_or_none, _optional),
        *(
            Setting(WEIGHT + criterion.label, f"criteria.{criterion.id}", values.number, number)
            for criterion in campaign.criteria
        ),
        *_of_selection(campaign),
    )
    return {setting.key: setting for setting in settings}


def _of_selection(campaign: Campaign) -> Iterator[Setting]:
    """The settings of a call that has a selection under limits: its envelope, and the numbers of its limits."""
    if campaign.selection is None:
        return
    yield Setting(limits.ENVELOPE, f"{limits.SECTION}.envelope", _number_or_none, _optional)
    yield from (Setting(label, key, _whole, number) for key, label in limits.limit_keys(campaign).items())


def labels(campaign: Campaign) -> tuple[str, ...]:
    """The choices of the drop-down of `Paramètres`."""
    return (*(setting.label for setting in settings_of(campaign).values()), REOPENING)


def value_of(campaign: Campaign, key: str) -> Any:
    """The value of a setting."""
    if limits.is_limit(key):
        return limits.limit_value(campaign, key)
    section, name = key.split(".")
    if section == "criteria":
        return next(criterion.weight for criterion in campaign.criteria if criterion.id == name)
    return getattr(getattr(campaign, section), name)


def with_value(campaign: Campaign, key: str, value: Any) -> Campaign:
    """The campaign with another value for a setting. Raises ConfigError, in a sentence that says what is wrong."""
    if limits.is_limit(key):
        return limits.with_limit_value(campaign, key, value)
    section, name = key.split(".")
    if section == "criteria":
        weights = [
            {**criterion.model_dump(), **({"weight": value} if criterion.id == name else {})}
            for criterion in campaign.criteria
        ]
        return with_sections(campaign, {"criteria": tuple(weights)})
    return with_sections(campaign, {section: {**getattr(campaign, section).model_dump(), name: value}})


def overridden(campaign: Campaign, table: Table | None) -> Overrides:
    """The campaign with the settings of the tab; a line that cannot be used is an anomaly, and changes nothing."""
    if table is None:
        return Overrides(campaign)
    return _Reader(campaign, table).overrides()


_PROBABILITIES: Final = "il faut deux probabilités, de la plus petite à la plus grande : « 25 % à 75 % »"
_UNREADABLE: Final = {
    UNKNOWN_CHOICE: f"il faut des noms de critères, séparés par « ; », ou « {NONE} »",
    NOT_WHOLE: "il faut un nombre entier",
    UNREADABLE_NUMBER: "il faut un nombre",
}
"""Why a value cannot be read, by the code of the anomaly that it would be in another tab."""


class _Reader:
    def __init__(self, campaign: Campaign, table: Table) -> None:
        self._configured, self._table = campaign, table
        self._known = {squeezed(setting.label): setting for setting in _known_settings(campaign).values()}
        self._known |= {squeezed(old): self._known[squeezed(new)] for old, new in _FORMER_LABELS.items()}
        self._campaign = campaign
        self._origins: dict[str, Origin] = {}
        self._reopenings: list[tuple[str, str]] = []

    def overrides(self) -> Overrides:
        anomalies = limited(self._read())
        return Overrides(self._campaign, self._origins, tuple(self._reopenings), tuple(anomalies))

    def _read(self) -> Iterator[Anomaly]:
        rows = self._table.frame.dropna(subset="reglage").to_dict("records")
        unknown: list[str] = []
        set_here = [squeezed(row["reglage"]) for row in rows if row["valeur"] is not None]
        times = Counter(self._known[name].key for name in set_here if name in self._known)
        for row in rows:
            name = squeezed(row["reglage"])
            if name == squeezed(REOPENING):
                yield from self._reopened(row)
            elif name not in self._known:
                hint = did_you_mean(row["reglage"], labels(self._configured)) if len(unknown) < MOST_LISTED else ""
                unknown.append(name)
                yield self._anomaly(UNKNOWN_SETTING, row, "reglage", value=quoted(row["reglage"]), hint=hint)
            elif row["valeur"] is None:
                continue
            elif times[self._known[name].key] > 1:
                yield self._anomaly(SETTING_TWICE, row, "reglage", value=self._known[name].label)
            else:
                yield from self._set(self._known[name], row)

    def _reopened(self, row: Mapping[Any, Any]) -> Iterator[Anomaly]:
        if row["valeur"] is None:
            yield self._anomaly(REOPENED_WITHOUT_REASON, row, "valeur")
        else:
            self._reopenings.append((self._cell(row, "valeur"), row["valeur"]))

    def _set(self, setting: Setting, row: Mapping[Any, Any]) -> Iterator[Anomaly]:
        try:
            value = setting.read(row["valeur"])
            self._campaign = with_value(self._campaign, setting.key, value)
        except values.UnreadableError as error:
            yield self._refused(setting, row, error.hint or _UNREADABLE.get(error.code, "ne se lit pas"))
        except ConfigError as error:
            yield self._refused(setting, row, error.expected or str(error))
        else:
            configured = setting.write(value_of(self._configured, setting.key))
            layout, cell = self._table.layout, self._cell(row, "valeur")
            name = layout.reference("valeur", int(row["row"])) or layout.name
            written = setting.write(value)
            self._origins[setting.key] = Origin(setting.label, layout.name, cell, name, written, configured)

    def _refused(self, setting: Setting, row: Mapping[Any, Any], why: str) -> Anomaly:
        configured = setting.write(value_of(self._configured, setting.key))
        words = {"value": quoted(row["valeur"]), "header": setting.label, "reason": why, "limit": configured}
        return self._anomaly(SETTING_REFUSED, row, "valeur", **words)

    def _cell(self, row: Mapping[Any, Any], column: str) -> str:
        return self._table.layout.cell(column, int(row["row"])) or ""

    def _anomaly(self, code: Code, row: Mapping[Any, Any], column: str, **words: str) -> Anomaly:
        return anomaly(code, self._table.layout.name, self._cell(row, column) or None, None, blocks=False, **words)


def _whole(text: str) -> int:
    value = values.number(text)
    if value is None or not value.is_integer():
        raise values.UnreadableError(NOT_WHOLE)
    return int(value)


def _criteria_of(campaign: Campaign) -> Callable[[str], tuple[str, ...]]:
    ids = {
        spelled: criterion.id
        for criterion in campaign.criteria
        for spelled in (plain(criterion.label), asserted(criterion.label), criterion.id)
    }

    def read(text: str) -> tuple[str, ...]:
        words = [word for word in map(str.strip, text.split(";")) if word]
        if [asserted(word) for word in words] == [plain(NONE)]:
            return ()
        if any(asserted(word) not in ids for word in words):
            raise values.UnreadableError(UNKNOWN_CHOICE)
        return tuple(ids[asserted(word)] for word in words)

    return read


def _labels_of(campaign: Campaign) -> Callable[[Sequence[str]], str]:
    return lambda ids: " ; ".join(campaign.labels[id_] for id_ in ids) or NONE


def _number_or_none(text: str) -> float | None:
    return None if asserted(text) == plain(NONE) else values.number(text)


def _optional(value: float | None) -> str:
    return NONE if value is None else number(value)


def _probabilities(text: str) -> tuple[float, float]:
    words = [word for word in re.split(r"\bà\b|;", text) if word.strip()]
    try:
        low, high = (values.number(word) or 0.0 for word in words)
    except (ValueError, values.UnreadableError):
        raise values.UnreadableError(UNREADABLE_NUMBER, _PROBABILITIES) from None
    if not 0 <= low < high <= 1:
        raise values.UnreadableError(UNREADABLE_NUMBER, _PROBABILITIES)
    return low, high


def _between(bounds: tuple[float, float]) -> str:
    return " à ".join(map(percent, bounds))


def of_key(origins: Mapping[str, Origin], key: str) -> list[Origin]:
    """The origins of the value of a key of the configuration; « criteria.weight » is the key of every criterion."""
    if key == "criteria.weight":
        return [origin for name, origin in origins.items() if name.startswith("criteria.")]
    return [origins[key]] if key in origins else []
