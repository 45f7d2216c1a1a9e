"""Who is announced and has not accepted: laureates whom everybody knows, jurors who sit, talents who began. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.frames import named_rows
from eig_sheets.features.acceptances.answers import concerned, declining, not_accepting
from eig_sheets.features.acceptances.asked import FIELD, Asked, asked_in
from eig_sheets.text.french import day
from eig_sheets.workbook.anomalies import Anomaly, anomaly, limited

_SILENT: Final = "rien ne dit que la réponse est oui"
_DECLINED: Final = "la réponse est non"


def _of_day(reading: Reading, _last_run: object, today: date) -> Iterator[Anomaly]:
    for asked in asked_in(reading.campaign):
        yield from limited([*_announced(reading, asked, today)])


def _announced(reading: Reading, asked: Asked, today: date) -> Iterator[Anomaly]:
    rows = not_accepting(concerned(reading, asked))
    if rows.empty:
        return
    layout, no = reading.layout.tabs[asked.tab], {*declining(rows)["row"]}
    since = asked.since(reading, rows)
    for row, begun in zip(named_rows(rows[[asked.key, "row"]]), since, strict=True):
        if begun is not None and begun <= today and not (asked.refusal_is_over and row.row in no):
            answer = _DECLINED if row.row in no else _SILENT
            yield anomaly(asked.code, layout.name, layout.cell(FIELD, row.row), row[0] if asked.is_dossier else None,
                          value=row[0], day=day(begun), answer=answer, header=layout.header(FIELD))  # fmt: skip


CHECK: Final = Check(of_day=_of_day)
