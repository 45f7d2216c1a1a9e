"""Cells whose value cannot be read, and their anomalies. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from eig_sheets.text.invisible import revealed
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import described
from eig_sheets.workbook.codes import Code
from eig_sheets.workbook.fields import Field, Kind
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.quoting import did_you_mean, quoted
from eig_sheets.workbook.value_codes import KEY_IS_DATE, NUMBER_IS_DATE, SCORE_IS_DATE, UNKNOWN_CHOICE
from eig_sheets.workbook.values import Scale


@dataclass(frozen=True, slots=True)
class Failure:
    """A cell of a field in a (1-based) row, what it holds, and the code of why it cannot be read."""

    field: Field
    row: int
    value: CellValue
    code: Code
    hint: str


def leaves_out(field_: Field) -> bool:
    """Whether a row of which this field cannot be read is left out of every result."""
    return field_.required or field_.kind is Kind.SCORE or (field_.guarded and field_.kind is Kind.CHOICE)


def failure_anomalies(
    failures: Sequence[Failure], layout: TabLayout, frame: pd.DataFrame, scale: Scale, decisive: Collection[str]
) -> Iterator[Anomaly]:
    """One anomaly a cell, those of one kind together; `decisive`: the fields that a rule of the call rests on."""
    kinds: dict[tuple[Code, bool], list[Failure]] = {}
    for failure in failures:
        blocks = leaves_out(failure.field) or failure.field.id in decisive
        kinds.setdefault((failure.code, blocks), []).append(failure)
    for (_, blocks), alike in kinds.items():
        yield from described(alike, partial(_failure_anomaly, layout, frame, scale, blocks))


def _failure_anomaly(layout: TabLayout, frame: pd.DataFrame, scale: Scale, blocks: bool, failure: Failure) -> Anomaly:
    field_ = failure.field
    return anomaly(
        failure.code,
        layout.name,
        layout.cell(field_.id, failure.row),
        dossier_of(frame, failure.row),
        blocks=blocks,
        header=layout.header(field_.id),
        value=revealed(quoted(failure.value)),
        area=failure.hint,
        who=failure.hint,
        choices=", ".join(field_.choices),
        suggestion=_suggestion(failure),
        low=quoted(scale.low),
        high=quoted(scale.high),
    )


_DATES: Final = (NUMBER_IS_DATE, SCORE_IS_DATE, KEY_IS_DATE)


def _suggestion(failure: Failure) -> str:
    if failure.code in _DATES and failure.hint:
        return f" (sans doute {failure.hint})"
    return did_you_mean(failure.value, failure.field.choices) if failure.code == UNKNOWN_CHOICE else ""


def dossier_of(frame: pd.DataFrame, row: int) -> str | None:
    """The number of the dossier of a row, when it can be read."""
    if "numero" not in frame:
        return None
    index = int(np.searchsorted(frame["row"].to_numpy(), row))
    value = frame["numero"].iat[index]
    return value if isinstance(value, str) else None
