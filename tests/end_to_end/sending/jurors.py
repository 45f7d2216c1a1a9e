"""A campaign whose jurors were invited yesterday to note three dossiers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from eig_sheets.text.french import MONTHS
from tests.clock import today
from tests.end_to_end.sending.campaign import Team, made, opened_by_people, refused

ANNA, BORIS = JURORS = ("anna@example.org", "boris@example.org")
INVITED_ON, MEETING = date(2021, 4, 12), date(2021, 5, 5)
"""In the campaign that is supplied."""


def made_for_jurors(folder: Path) -> Team:
    """The campaign, on a file: nobody has a grille yet."""
    team = made(folder, [{**refused(one), "decision": None} for one in range(3)])
    team.config.write_text(_moved(team.config.read_text(encoding="utf-8")), encoding="utf-8")
    with opened_by_people(team.workbook) as book:
        _fill_in(book["Jury"], [{"Nom": "Anna", "E-mail": ANNA}, {"Nom": "Boris", "E-mail": BORIS}])
        received = {"Date de dépôt": datetime.combine(today() - timedelta(days=30), time(9))}
        _fill_in(book["Candidatures"], [received] * 3)
    return team


def _moved(text: str) -> str:
    """A configuration whose dates are all moved by as many days: jurors were invited yesterday."""
    moved = today() - timedelta(days=1) - INVITED_ON
    text = re.sub(r"\b\d{4}-\d\d-\d\d", lambda found: f"{date.fromisoformat(found[0]) + moved}", text)
    jury = MEETING + moved
    return re.sub(
        r'(?m)^jury_dates = ".*?"', f'jury_dates = "le {jury.day} {MONTHS[jury.month - 1]} {jury.year}"', text
    )


def _fill_in(sheet: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    headers = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, 2):
        for header, value in row.items():
            sheet.cell(number, headers.index(header) + 1).value = value
