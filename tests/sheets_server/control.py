"""`/_control`: what a test sees and directs. Not of Google's."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tests.sheets_server.errors import ApiError, invalid, missing_entity
from tests.sheets_server.formulas.calculation import calculation
from tests.sheets_server.model import Book, Json
from tests.sheets_server.people import EDITS, EditError, edited
from tests.sheets_server.render_values import value_rows
from tests.sheets_server.world import World

# How a call goes wrong, and what each kind has to say. `late_answer`: done, but whoever waits hangs up before the
# answer comes. `delivered_twice`: done two times in a row; the answer is that of the second, or of the first where
# `answer` says so. `delivered_late`: cut before it is done, and done just before the call that comes so many after it.
FAULTS: dict[str, set[str]] = {
    "status": {"status"},
    "html_502": set(),
    "drop_before_apply": set(),
    "drop_after_apply": set(),
    "truncated_json": set(),
    "late_answer": set(),
    "delivered_twice": set(),
    "delivered_late": {"calls"},
    "slow": {"seconds"},
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call to an API, as `/_control/calls` lists it.

    `bytes` counts both bodies as they were written, `bytes_wire` as they crossed: compressed, when they were.
    """

    call: int
    method: str
    path: str
    bytes: int
    bytes_in: int
    bytes_out: int
    bytes_wire: int
    status: int


class Script:
    """The calls since the script was posted, and what is to happen around them."""

    def __init__(self) -> None:
        self.calls: list[Recorded] = []
        self.begun = 0
        self.edits: list[tuple[int, Json]] = []
        self.faults: dict[int, Json] = {}
        self.failures: list[str] = []

    def post(self, steps: Any) -> None:
        """Replace the script; calls are counted anew."""
        edits, faults = [], {}
        for step in steps if isinstance(steps, list) else [steps]:
            if "edit" in step:
                _check(step["edit"].get("kind"), EDITS)
                edits.append((int(step["after_call"]), step["edit"]))
            else:
                fault = step["fault"]
                _check(fault.get("kind"), FAULTS)
                if FAULTS[fault["kind"]] - fault.keys():
                    raise invalid(f"the fault {fault['kind']} needs {FAULTS[fault['kind']]}")
                faults[int(step["on_call"])] = fault
        self.calls, self.begun, self.edits, self.faults, self.failures = [], 0, edits, faults, []

    def begin(self) -> tuple[int, Json]:
        """Count a call; return its number and the fault that is due on it."""
        self.begun += 1
        return self.begun, self.faults.pop(self.begun, {})

    def due(self, number: int) -> list[Json]:
        """Return the edits to make now that a call is over."""
        now = [edit for after, edit in self.edits if after <= number]
        self.edits = [(after, edit) for after, edit in self.edits if after > number]
        return now


def _check(kind: Any, known: Any) -> None:
    if kind not in known:
        raise invalid(f"{kind!r} is none of {', '.join(known)}")


def people_edit(world: World, script: Script, number: int) -> None:
    """Make the edits that are due; one that cannot be made is kept for `GET /_control/script`."""
    for edit in script.due(number):
        book_id = edit.get("spreadsheet_id") or next(iter(world.books), None)
        if book_id not in world.books:
            script.failures.append(f"{edit}: no spreadsheet")
            continue
        try:
            world.keep(edited(world.books[book_id], edit))
        except (EditError, ApiError, KeyError) as error:
            script.failures.append(f"{edit}: {error}")


def answer(world: World, script: Script, accounts: Any, verb: str, path: str, body: Any) -> Any:
    """Return the answer to a call under `/_control`."""
    parts = path.strip("/").split("/")[1:]
    if verb == "GET" and parts == ["calls"]:
        return [asdict(call) for call in script.calls]
    if verb == "GET" and parts == ["script"]:
        return {"edits_left": [edit for _, edit in script.edits], "failures": script.failures}
    if verb == "POST" and parts == ["script"]:
        script.post(body)
        people_edit(world, script, 0)
        return {"steps": len(body) if isinstance(body, list) else 1}
    if verb == "POST" and parts == ["settings"]:
        world.quotas = bool(body.get("quotas", world.quotas))
        accounts.lifetime = int(body.get("token_lifetime", accounts.lifetime))
        accounts.clock_offset = float(body.get("clock_offset", accounts.clock_offset))
        if body.get("revoke_tokens"):
            accounts.tokens.clear()
        return {"quotas": world.quotas, "token_lifetime": accounts.lifetime, "clock_offset": accounts.clock_offset}
    if verb == "GET" and len(parts) == 2 and parts[0] == "spreadsheets" and parts[1] in world.books:
        return dump(world.books[parts[1]])
    raise missing_entity()


RENDERINGS = {"values": "UNFORMATTED_VALUE", "formatted": "FORMATTED_VALUE", "formulas": "FORMULA"}


def dump(book: Book) -> Json:
    """Return a workbook's tabs: what they show, unformatted, and what was typed or is computed by a formula."""
    values = calculation(book)
    tabs = [
        {
            "title": sheet.title,
            "sheetId": sheet.id,
            "index": place,
            "hidden": bool(sheet.properties.get("hidden")),
            "rowCount": sheet.rows,
            "columnCount": sheet.columns,
            **{
                name: value_rows(values, sheet, sheet.extent, {"valueRenderOption": render})
                for name, render in RENDERINGS.items()
            },
        }
        for place, sheet in enumerate(book.sheets)
    ]
    return {"spreadsheetId": book.id, "title": book.title, "locale": book.locale, "tabs": tabs}
