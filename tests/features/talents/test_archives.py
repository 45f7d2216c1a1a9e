"""`archives`: what concerns candidates has periods of its own."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.features.talents.settings import TalentRules
from eig_sheets.personal_data import Start
from eig_sheets.storage.ledger import Ledger
from tests.columns import EIG5

pytest.importorskip("eig_sheets.features.privacy")
from eig_sheets.features.privacy.disposal import Item, due_day, period_starts
from eig_sheets.features.privacy.register import by_id
from eig_sheets.features.privacy.rules import Retention, RetentionRules
from tests.features.privacy.archived import ID, add_page, run
from tests.features.privacy.test_archives import listed, over_in

pytestmark = pytest.mark.in_memory
ENDED = {Start.CAMPAIGN: date(2022, 7, 12), Start.CONTACT: date(2021, 7, 13)}


@pytest.fixture
def over(demo, monkeypatch):
    return over_in(demo, monkeypatch)


def test_what_concerns_candidates_ends_two_years_after_the_last_contact(over):
    """Whatever the jury's own period: its pages on candidates, and the messages to them in the ledger."""
    add_page(over, 9, of_candidates=True)
    sent = Delivery("talent-T-1", "talent_non_retenu", "T-1", "smtp", Stage.SENT, "", datetime(2021, 7, 12))
    Ledger(over.state.folder, str(over.workbook)).record_outcomes(sent)
    items = listed(over)
    assert {(name, items[name, True]["due"]) for name in ("pages_jures_talents", "envois_talents")} == {
        ("pages_jures_talents", "2023-07-13"), ("envois_talents", "2023-07-13"),
    }  # fmt: skip
    assert items["pages_jures", True]["count"] == 3
    register = run(over, "archives", "register", "--format", "json").records
    assert {row["until"] for row in register if "talents" in row["id"]} == {"2023-07-13"}


def test_the_messages_to_candidates_go_before_the_others(over):
    ledger = Ledger(over.state.folder, str(over.workbook))
    sent = Delivery("talent-T-1", "talent_non_retenu", "T-1", "smtp", Stage.SENT, "", datetime(2021, 7, 12))
    ledger.record_outcomes(sent)
    before = {*ledger.deliveries()}
    period = 'months = {}\nsource = "hypothèse : le temps d’un recours"'
    over.set_config(period.format(24), period.format(900))
    assert run(over, "archives", "purge").code == 0
    assert {*ledger.deliveries()} == before - {"talent-T-1"}
    assert ledger.is_reduced("talent-T-1")
    assert not ledger.is_reduced(ID)


def test_candidates_are_kept_from_the_last_contact_and_not_from_the_end_of_the_projects():
    pages = Item(by_id(EIG5.features)["pages_jures_talents"], "x", date(2021, 5, 4))
    rules = RetentionRules(talents=Retention(months=12, source="hypothèse"))
    assert due_day(pages, rules, ENDED) == date(2022, 7, 13)


def test_the_last_contact_is_the_last_day_of_the_call_for_candidates():
    assert period_starts(EIG5) == ENDED
    told = EIG5.emails.talents.model_copy(update={"announced": date(2021, 7, 20)})
    emails = EIG5.emails.model_copy(update={"talents": told})
    assert period_starts(EIG5.model_copy(update={"emails": emails}))[Start.CONTACT] == date(2021, 7, 20)
    none = EIG5.model_copy(update={"talents": TalentRules()})
    assert period_starts(none)[Start.CONTACT] == ENDED[Start.CAMPAIGN]
