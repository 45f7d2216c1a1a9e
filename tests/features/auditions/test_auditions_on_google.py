"""`jury schedule` on a Google Sheet: one write, looked at once; nothing of people's changed, the same after a night."""

from __future__ import annotations

import pytest

from tests.columns import cell_of
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk
from tests.end_to_end.google.test_two_runs import other_machine

PLANNING = "Planning des auditions"
RULES = """
[auditions]
minutes = 40
days = [{date = 2021-05-04, from = "09:00", to = "18:00"}]
"""


@pytest.mark.slow
def test_the_timetable_is_written_kept_and_put_back(desk: Desk):
    _hear(desk)
    done = desk.run("jury", "schedule", "--format", "json")
    checks.nothing_lost(desk)
    assert [one[0] for one in desk.calls] == ["GET", "POST", "GET"]
    heard = {one["dossier"]: one["start"] for one in done.object["slots"]}
    assert len(heard) > 2

    def shown() -> dict[str, object]:
        return {str(row["N° de dossier"]): row["Début"] for row in desk.rows(PLANNING)}

    before = shown()
    assert before.keys() == heard.keys()
    assert desk.sync().code == 0
    desk.edit("set", tab=PLANNING, cell=_first_start(desk), value="demain")
    assert shown() != before
    assert desk.sync().code == 0
    assert shown() == before
    assert desk.run("jury", "schedule", "--dry-run", "--format", "json").object["changes"] == []


def _hear(desk: Desk) -> None:
    path = desk.folder / "config" / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    if RULES not in text:  # the folder is that of all tests
        path.write_text(text + RULES, encoding="utf-8")


def _first_start(desk: Desk) -> str:
    top = next(place for place, row in enumerate(desk.values(PLANNING), 1) if "Début" in row)
    return f"A{top + 1}"


def _juror_away(desk: Desk) -> None:
    rows = desk.rows("Jury")
    row = next(place for place, row in enumerate(desk.values("Jury"), 1) if rows[0]["E-mail"] in row)
    desk.edit("set", tab="Jury", cell=cell_of("jury", "disponibilites", row), value="04/05/2021 14:00–18:00")


def _dossier_out(desk: Desk) -> None:
    numero = desk.rows(PLANNING)[0]["N° de dossier"]
    row = next(place for place, row in enumerate(desk.values("Candidatures"), 1) if numero in row)
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", row), value="Désisté")


MEANWHILE = {
    "nothing": lambda desk: None,
    "a juror is away": _juror_away,
    "a dossier is out": _dossier_out,
    "an hour typed over": lambda desk: desk.edit("set", tab=PLANNING, cell=_first_start(desk), value="demain"),
    "a row of the tab deleted": lambda desk: desk.edit("delete_row", tab=PLANNING, at=int(_first_start(desk)[1:])),
    "the tab deleted": lambda desk: desk.edit("delete_tab", tab=PLANNING),
}


@pytest.mark.slow
@pytest.mark.parametrize("act", MEANWHILE.values(), ids=MEANWHILE)
def test_another_machine_writes_what_differs_once(desk: Desk, act):
    _hear(desk)
    assert desk.run("jury", "schedule").code == 0
    other = other_machine(desk)
    act(desk)
    assert other.run("jury", "schedule").code in (0, 1)
    first = other.calls
    for each in (other, other, desk, desk):
        assert each.run("jury", "schedule").code in (0, 1)
        print(first, each.calls)
        assert [one[0] for one in each.calls] == ["GET"]
