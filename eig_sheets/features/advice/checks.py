"""Anomalies of advice slots, on a day: taken twice, past without an outcome, free though in somebody's name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.features.advice.rules import BOOKED, CANCELLED, FREE, HELD, REQUESTED, TAKEN, overlapping, same_day
from eig_sheets.features.advice.settings import SlotSettings
from eig_sheets.features.advice.tabs import SLOTS
from eig_sheets.text.french import moment, plural
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly, described, warning
from eig_sheets.workbook.layout import TabLayout

SLOT_TWICE: Final = warning(
    "creneau_double",
    "Le créneau du {value} en chevauche un autre, pris aussi, {rows}.",
    "Proposez une autre heure à l’une des deux personnes, ou corrigez « {header} ».",
)
SLOTS_ON_ONE_DAY: Final = warning(
    "creneau_meme_jour",
    "{value} a aussi un créneau le même jour, {rows}.",
    "Libérez l’un des deux, ou laissez-les si c’est voulu.",
)
SLOT_WITHOUT_OUTCOME: Final = warning(
    "creneau_sans_issue",
    f"Le créneau du {{value}} est passé, et « {{header}} » dit toujours « {BOOKED} ».",
    f"Saisissez « {HELD} » si la personne est venue, « {CANCELLED} » sinon : seul « {HELD} » permet de la relancer "
    "si elle ne dépose pas de dossier.",
)
FREE_SLOTS_PAST: Final = warning(
    "creneaux_libres_passes",
    "{count} jusqu’au {value}, passés sans que personne les prenne : ils ne sont plus proposés.",
    f"Supprimez leurs lignes, ou saisissez « {CANCELLED} » en « {{header}} ».",
)
FREE_SLOT_TAKEN: Final = warning(
    "creneau_libre_occupe",
    f"« {{header}} » est rempli, mais le statut n’est pas « {BOOKED} » : rien ne confirme ce créneau, et il n’est "
    "plus proposé.",
    f"Saisissez « {BOOKED} » en « {{column}} », ou videz le nom et l’adresse.",
)
SLOT_WITHOUT_HOUR: Final = warning(
    "creneau_sans_heure",
    "« {header} » n’a pas d’heure ({value}) : ce créneau n’est ni proposé ni confirmé à la bonne heure.",
    "Ajoutez l’heure, par exemple {value} 14:00.",
)


def slot_anomalies(reading: Reading, today: date) -> Iterator[Anomaly]:
    """Every anomaly of the advice slots; a slot is past once its day is."""
    if not reading.has(SLOTS) or SLOTS not in reading.layout.tabs:
        return
    checks = _Checks(
        reading.layout.tabs[SLOTS], reading.valid_rows(SLOTS), reading.campaign.section(SlotSettings).minutes
    )
    yield from checks.doubles()
    yield from checks.past(today)
    yield from checks.occupied()
    yield from checks.without_hour()


class _Checks:
    def __init__(self, tab: TabLayout, slots: pd.DataFrame, minutes: int) -> None:
        self._tab, self._slots, self._minutes = tab, slots, minutes
        starts = zip(slots["row"].astype(int), slots["debut"], strict=True)
        self._starts: Mapping[int, str] = {row: moment(start) for row, start in starts if pd.notna(start)}

    def doubles(self) -> Iterator[Anomaly]:
        """Slots that overlap, then those of one person on one day that do not."""
        pairs = overlapping(self._slots, self._minutes)
        yield from self._of_pairs(SLOT_TWICE, pairs, "debut", self._starts.__getitem__)
        emails = dict(zip(self._slots["row"].astype(int), self._slots["email"], strict=True))
        others = [pair for pair in same_day(self._slots) if pair not in pairs and pair[::-1] not in pairs]
        yield from self._of_pairs(SLOTS_ON_ONE_DAY, others, "email", emails.__getitem__)

    def _of_pairs(
        self, code: Code, pairs: list[tuple[int, int]], field: str, value: Callable[[int], str]
    ) -> Iterator[Anomaly]:
        def describe(pair: tuple[int, int]) -> Anomaly:
            row, other = max(pair), min(pair)  # the row that was typed last, as far as their order tells
            return self._anomaly(code, field, row, value=value(row), rows=f"à la ligne {self._tab.row_name(other)}")

        yield from described(pairs, describe)

    def past(self, today: date) -> Iterator[Anomaly]:
        """Booked slots of which nobody said whether they were held; free ones together, at the last of them."""
        past = self._slots[self._slots["debut"] < pd.Timestamp(today)].sort_values(["debut", "row"])

        def describe(row: int) -> Anomaly:
            return self._anomaly(SLOT_WITHOUT_OUTCOME, "statut", row, value=self._starts[row])

        yield from described(_rows(past[past["statut"].isin([BOOKED])]), describe)
        if free := _rows(past[past["statut"].isin([FREE]) & ~_named(past)]):
            count = plural(len(free), "créneau libre", "créneaux libres")
            until = self._starts[free[-1]]
            yield self._anomaly(FREE_SLOTS_PAST, "statut", free[-1], value=until, count=count)

    def occupied(self) -> Iterator[Anomaly]:
        """Slots that have a name or an address, and are free or of no state."""
        free = self._slots["statut"].isna() | self._slots["statut"].isin([FREE])
        column = self._tab.header("statut")

        def describe(slot: Any) -> Anomaly:
            field = "reserve_par" if slot.email is None else "email"
            return self._anomaly(FREE_SLOT_TAKEN, field, int(slot.row), column=column)

        yield from described([*self._slots[free & _named(self._slots)].itertuples(index=False)], describe)

    def without_hour(self) -> Iterator[Anomaly]:
        """Slots whose cell has a day alone."""
        midnight = self._slots["debut"].dt.time == time.min
        concerned = self._slots[midnight & self._slots["statut"].isin([FREE, REQUESTED, *TAKEN])]

        def describe(slot: Any) -> Anomaly:
            return self._anomaly(SLOT_WITHOUT_HOUR, "debut", int(slot.row), value=f"{slot.debut:%d/%m/%Y}")

        yield from described([*concerned.itertuples(index=False)], describe)

    def _anomaly(self, code: Code, field: str, row: int, **words: Any) -> Anomaly:
        return anomaly(code, self._tab.name, self._tab.cell(field, row), header=self._tab.header(field), **words)


def _named(slots: pd.DataFrame) -> pd.Series:
    return slots["email"].notna() | slots["reserve_par"].notna()


def _rows(slots: pd.DataFrame) -> list[int]:
    return [int(row) for row in slots["row"]]


CHECK: Final = Check(lambda reading, _, today: slot_anomalies(reading, today))
