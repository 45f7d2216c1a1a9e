"""The sample campaign on any day: nothing is there before it exists, and e-mails are those of one step of the call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from eig_sheets import sample
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.catalogue.entries import CALL
from eig_sheets.emails.drafting.drafts import drafts, load_templates
from eig_sheets.sample.export import export_rows
from eig_sheets.workbook.fields import Kind
from tests.effort import first, slow, spread
from tests.program import Campaign, eig
from tests.sample.support import EIG5, schema, snapshot

JURY = EIG5.scoring.closes
WHOLE_YEAR = [date(2021, 2, 1) + timedelta(days=place) for place in range(300)]
STEPS = (
    {"pieces_manquantes", "ineligible", "non_preselectionne", "convocation_jury", "invitation_jury", "relance_jure"},
    {"remerciement_jure", "laureat", "liste_attente", "non_retenu", "cofinancement_a_completer"},
    {"bienvenue"},
)
"""Until the jury; once decisions are taken; during the experimentation."""


def sent(day: date) -> list[Delivery]:
    return sample.sent(day, EIG5.emails.experimentation)


@cache
def rows(tab_id: str, day: date) -> list[dict[str, object]]:
    sheet = next(sheet for sheet in sample.sheets(schema(), day=day) if sheet.id == tab_id)
    ids = [field.id for field in schema().tab(tab_id).fields]
    return [dict(zip(ids, row, strict=True)) for row in sheet.rows]


PLANNED = {"audition", "debut", "debut_contrat", "echeance"}
"""The fields of dates that are set beforehand, and may be of a day to come."""


def past_dates(day: date) -> Iterator[tuple[str, datetime]]:
    """The dates of what happened."""
    for tab in schema().tabs:
        fields = [
            field.id for field in tab.fields if field.kind in (Kind.DATE, Kind.DATETIME) and field.id not in PLANNED
        ]
        for row in rows(tab.id, day):
            yield from ((field, row[field]) for field in fields if isinstance(row[field], datetime))


@pytest.mark.slow
@pytest.mark.parametrize("day", first(4, [*WHOLE_YEAR[::80], *spread(75, WHOLE_YEAR)]), ids=str)
def test_nothing_is_there_before_it_exists(day: date):
    assert [(field, moment) for field, moment in past_dates(day) if moment.date() > day] == []
    dossiers, evaluations = rows("candidatures", day), rows("evaluations", day)
    assert JURY is not None
    decided = [row for row in dossiers if row["decision"] not in (None, "Désisté")]
    assert not decided or day > JURY
    assert all(row["decide_le"] is not None for row in dossiers if row["decision"] is not None)
    screened = [row for row in dossiers if row["preselection"] is not None]
    assert not screened or day > EIG5.campaign.last_moment.date()
    for row in dossiers:
        assert row["audition"] is None or row["preselection"] == "Présélectionné"
        assert row["retour"] is None or row["preselection"] is not None
    assert not evaluations or {str(row["numero"]) for row in evaluations} & {str(row["numero"]) for row in screened}
    assert all(row["declaration"] is not None or row["deports"] is None for row in rows("jury", day))
    assert not evaluations or all(row["declaration"] is not None for row in rows("jury", day))
    submitted = [row for row in [*dossiers, *export_rows(day=day)] if row.get("etat") != "Brouillon"]
    if day <= EIG5.campaign.last_moment.date():
        assert {row["etat"] for row in submitted} <= {"En construction"}
    else:
        assert {row["etat"] for row in dossiers} == {"En instruction"}
    export = [row.get("date_depot") for row in export_rows(day=day)]
    assert [moment for moment in export if isinstance(moment, datetime) and moment.date() > day] == []


LATER = {"decision", "decide_par", "decide_le", "motif", "retour", "email_porteur", "acceptation"}
"""What people decide on dossiers, and hear of them, after the day of the first decisions."""


@pytest.mark.slow
def test_the_story_grows_with_time_and_ends_whole():
    days = WHOLE_YEAR[::25]
    for tab_id in ("candidatures", "jury", "evaluations"):
        filled = [sum(cell is not None for row in rows(tab_id, day) for cell in row.values()) for day in days]
        assert filled == sorted(filled)
        assert filled[0] == 0
    whole = {sheet.id: sheet for sheet in sample.sheets(schema())}
    last = {sheet.id: sheet for sheet in sample.sheets(schema(), day=date(2021, 12, 1))}
    assert last["evaluations"] == whole["evaluations"]
    assert last["jury"].rows[: len(whole["jury"].rows)] == whole["jury"].rows
    ids = [field.id for field in schema().tab("candidatures").fields]
    differing = [
        (before, after)
        for one, other in zip(whole["candidatures"].rows, last["candidatures"].rows, strict=True)
        for field, before, after in zip(ids, one, other, strict=True)
        if before != after and field not in LATER
    ]
    assert differing == [(None, datetime(2021, 5, 5, 11))]  # the one that had no hour was heard at the one left


DAYS = [
    *(date(2021, month, day) for month, day in ((4, 30), (9, 13), (4, 12))),
    *slow(*(date(2021, month, day) for month, day in ((2, 10), (4, 7), (4, 22), (5, 3), (5, 5), (6, 20), (10, 13)))),
    *slow(date(2024, 1, 1)),
]


@pytest.mark.slow
@pytest.mark.parametrize("day", [sample.DAY, *DAYS], ids=str)
def test_no_e_mail_of_a_step_stands_beside_those_of_a_later_one(day: date):
    whole = read(snapshot(sample.sheets(schema(), day=day)), EIG5)
    assert whole.problems == ()
    gone = {email.id for email in sent(day)}
    left = {
        draft.template for draft in drafts(whole, compute(whole), load_templates(EIG5), day) if draft.id not in gone
    }
    of_a_step = left & set().union(*STEPS)
    assert [step for step in STEPS if left & step] == [step for step in STEPS if of_a_step and of_a_step <= step]


def test_an_e_mail_is_told_to_be_sent_only_after_its_step():
    assert sent(date(2021, 5, 5)) == []
    told = {email.template for email in sent(date(2021, 5, 6))}
    assert told == {"ineligible", "non_preselectionne"}
    told |= STEPS[1] - {"remerciement_jure"}
    assert {email.template for email in sent(date(2021, 5, 13)) if "talent" not in email.template} == told
    assert {email.template for email in sent(date(2021, 12, 1))} & {*CALL.names} == {*told, *STEPS[2]} & {*CALL.names}
    assert all(email.moment.date() < day for day in WHOLE_YEAR[::25] for email in sent(day))


def demo_on(folder, *day: str) -> Campaign:
    done = eig("-q", *day, "demo", folder)
    assert (done.code, done.err) == (0, "")
    return Campaign(folder)


@pytest.mark.slow
def test_the_demonstration_is_on_the_day_of_decisions(tmp_path):
    campaign = demo_on(tmp_path / "demo")
    listed = campaign.run("--today", "2021-05-06", "emails", "list", "--format", "json").records
    states = {(email["template"], email["state"]) for email in listed}
    assert {state for template, state in states if template in ("ineligible", "non_preselectionne")} == {"Envoyé"}
    waiting = {template for template, state in states if state == "À valider"}
    assert waiting == {*STEPS[1], "recu_jure"}  # a receipt comes whenever a page does: it is of no step
    before = campaign.bytes
    assert campaign.run("--today", "2021-05-06", "sync").code == 0
    assert campaign.bytes == before


@pytest.mark.slow
@pytest.mark.parametrize("day", spread(2, ["2021-02-01", "2021-04-07", "2021-09-13", "2024-01-01"]))
def test_a_demonstration_on_any_day(day, tmp_path):
    campaign = demo_on(tmp_path / "demo", "--today", day)
    before = campaign.bytes
    assert campaign.run("--today", day, "sync").code == 0
    assert campaign.bytes == before
