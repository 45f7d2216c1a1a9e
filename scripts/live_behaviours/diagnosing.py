"""Behaviours that the diagnosis of a set-up rests on: what one reading tells of rights and of the hour."""

from __future__ import annotations

from datetime import UTC, datetime

from eig_sheets.spreadsheet.google import diagnosis, objects
from eig_sheets.spreadsheet.model.diagnosis import FindingStatus, clock
from live_behaviours.behaviour import behaviour, hold
from live_behaviours.scratch import Scratch

_DIAGNOSIS = "eig_sheets/spreadsheet/google/diagnosis.py"


@behaviour(
    "Une lecture dit au robot qu’il peut modifier ce que protège une protection qui le nomme, et porte l’heure de "
    "Google",
    f"{_DIAGNOSIS}, eig_sheets/spreadsheet/model/diagnosis.py (clock)",
    "le diagnostic se tromperait sur les droits du robot, ou ne dirait rien de l’horloge",
)
def _rights_and_hour(scratch: Scratch) -> str:
    sheet_id, add = scratch.new_tab("droits")
    editors = [scratch.client.account] if scratch.client.account else []
    scratch.send(add, objects.protection(sheet_id, "", editors))
    before = datetime.now(UTC)
    answer = scratch.client.read("GET", scratch.key, {"fields": diagnosis.FIELDS})
    hour = clock(answer.date, before, datetime.now(UTC))
    mine = [one.editable for one in diagnosis.protections(answer.json) if one.tab == "droits"]
    hold(mine == [True], f"protections relues : {mine}")
    hold(hour is not None and hour.status is FindingStatus.OK, f"date de la réponse : {answer.date}")
    return f"modifiable ; {answer.date}"
