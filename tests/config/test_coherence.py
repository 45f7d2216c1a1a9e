"""Dates that cannot be are refused with their keys; those that may be slips are questioned."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from eig_sheets import loading
from eig_sheets.config import ConfigError
from eig_sheets.config.coherence import ORDERS, Order, errors, leaves, questions
from eig_sheets.text.french import MONTHS, typographic
from tests.program import ROOT
from tests.workbook.snapshots import EIG5

ANNOUNCED = {"announced": date(2021, 5, 17), "preselection_announced": date(2021, 5, 3)}
"""What EIG5 did not publish: with these, every date that a configuration may give is there."""


def whole() -> dict[str, Any]:
    settings = EIG5.model_dump(by_alias=True)
    settings["emails"] |= ANNOUNCED
    settings["emails"].get("talents", {}).update(announced=date(2021, 6, 21))
    return settings


def two_dates(order: Order, earlier: date, later: date) -> dict[str, Any]:
    """A configuration that has an opening and the two dates of a line of the table."""
    settings: dict[str, Any] = {"campaign": {"opens": date(2021, 2, 1)}, "scoring": {"closes": None}}
    settings["emails"] = {"jury_dates": "", "talents": {}, "experimentation": {}}
    settings |= {"cofinancing": {}, "talents": {}, "milestones": {}}
    for key, value in ((order.earlier, earlier), (order.later, later)):
        table = settings
        *tables, name = key.split(".")
        for one in tables:
            table = table[one]
        table[name] = f"le {day(value)}" if name == "jury_dates" else value
    return settings


def day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def written(key: str, value: date) -> str:
    return f"« le {day(value)} »" if key.endswith("jury_dates") else value.isoformat()


def with_date(settings: Any, key: str, value: date) -> Any:
    """The settings with another date for a key: for each item of a list."""
    if isinstance(settings, dict):
        name, _, rest = key.partition(".")
        return {**settings, name: with_date(settings[name], rest, value)}
    if isinstance(settings, tuple):
        return tuple(with_date(item, key, value) for item in settings)
    return value


def test_what_comes_with_the_program_has_nothing_to_refuse_nor_to_question():
    assert (errors(whole()), questions(whole())) == ([], [])


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.earlier}<{order.later}")
def test_each_pair_of_the_table_in_the_wrong_order_is_said_with_both_keys_and_why(order: Order):
    after, before = date(2021, 3, 1), date(2021, 2, 28)  # of two months, too
    wrong, right = two_dates(order, after, before), two_dates(order, after, after)
    act = "corrigez" if order.refused else "vérifiez"
    dates = (
        f"{order.later} = {written(order.later, before)} est avant {order.earlier} = {written(order.earlier, after)}"
    )
    sentence = f"{dates} : {order.why} ; {act} l’une des deux dates"
    assert (errors(wrong), questions(wrong)) == (([sentence], []) if order.refused else ([], [sentence]))
    assert (errors(right), questions(right)) == ([], [])


def test_every_date_of_a_configuration_is_in_the_table():
    named = {key for order in ORDERS for key in (order.earlier, order.later)}
    named |= {key for order in EIG5.section_orders for key in (order.earlier, order.later)}
    elsewhere = {"emails.experimentation.ends"}
    dated = {re.sub(r"\[\d+\]", "", key) for key, value in leaves(whole()) if isinstance(value, date)}
    assert dated <= named | elsewhere
    assert len(dated) > 15


def test_a_date_of_another_year_is_refused_alone():
    wrong = with_date(whole(), "emails.reply_before", date(2019, 4, 30))
    [sentence] = errors(wrong)
    assert sentence == (
        "emails.reply_before = 2019-04-30 n’est pas d’une année de cet appel, ouvert le 2021-02-01 (campaign.opens) : "
        "corrigez cette date, ou retirez-la"
    )
    assert errors(with_date(whole(), "emails.experimentation.ends", date(2024, 7, 12))) == []


def test_the_dates_of_last_year_s_call_are_refused_one_by_one():
    """As those that a configuration inherits and forgot to change."""
    wrong = with_date(whole(), "campaign.opens", date(2022, 1, 24))
    said = [sentence.partition(" = ")[0] for sentence in errors(wrong)]
    assert {re.sub(r"\[\d+\]", "", key) for key in said} >= {
        "campaign.closes", "scoring.closes", "emails.reply_before", "emails.reminders", "emails.experimentation.starts",
    }  # fmt: skip
    assert len(said) == len(set(said))


def test_the_texts_of_another_call_are_questioned():
    settings = whole()
    settings["campaign"]["name"] = "Promotion 2019"
    settings["emails"]["jury_dates"] = "les 28 et 29 avril 2021"
    end = "le jury finit en mai (scoring.closes = 2021-05-05)"
    assert questions(settings) == [
        "campaign.name = « Promotion 2019 » : 2019 n’est pas une année de cet appel ; vérifiez ce texte",
        f"emails.jury_dates = « les 28 et 29 avril 2021 » : {end} ; vérifiez ce texte",
    ]


def with_texts(jury: str, **emails: Any) -> dict[str, Any]:
    settings = whole()
    settings["emails"] |= {"jury_dates": jury, **emails}
    return settings


def test_the_last_of_the_days_in_words_is_compared_with_what_follows_the_first_with_what_comes_before():
    jury = "les 11 et 18 mai 2021"
    assert [sentence.partition(" : ")[0] for sentence in errors(with_texts(jury))] == [
        f"emails.jury_thanked = 2021-05-06 est avant emails.jury_dates = « {jury} »",
        f"emails.announced = 2021-05-17 est avant emails.jury_dates = « {jury} »",
    ]
    [question] = questions(with_texts(jury))
    assert question.startswith(f"scoring.closes = 2021-05-05 est avant emails.jury_dates = « {jury} »")


@pytest.mark.parametrize("jury", ["en mai 2021", "en mai et juin 2021", "au printemps"])
def test_a_month_in_words_may_be_any_of_its_days_and_other_words_are_none(jury):
    settings = with_texts(jury)
    assert (errors(settings), questions(settings)) == ([], [])


def test_a_month_of_the_configuration_may_be_any_of_its_days():
    assert errors(with_texts("", scoping_months=(date(2021, 4, 1),), contract_months=(date(2021, 4, 1),))) == []
    early = with_texts("", scoping_months=(date(2021, 3, 31),), contract_months=(date(2021, 5, 1), date(2021, 2, 15)))
    assert [sentence.partition(" = ")[0] for sentence in errors(early)] == [
        "emails.scoping_months[1]", "emails.contract_months[2]",
    ]  # fmt: skip


CHILD = 'extends = "eig5"\n[workbook]\nlocation = "../campagne.xlsx"\n'


def test_a_disorder_is_refused_at_load_and_says_in_which_file_each_date_stands(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text(f"{CHILD}[emails]\nannounced = 2021-05-04\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        loading.load(path)
    assert str(caught.value) == typographic(
        f"{path} : configuration refusée.\n"
        "  • emails.announced = 2021-05-04 est avant scoring.closes = 2021-05-05 : une décision s’annonce après "
        f"le jury ; corrigez l’une des deux dates (scoring.closes est dans {EIG5.path})."
    )


def test_a_question_is_asked_at_load(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text(f"{CHILD}[emails]\nreply_before = 2021-05-06\n", encoding="utf-8")
    [question] = loading.load(path).questions
    assert question.startswith("scoring.closes = 2021-05-05 est avant emails.reply_before = 2021-05-06")


def test_the_guide_has_the_table():
    guide = (ROOT / "docs" / "configuration.fr.md").read_text(encoding="utf-8").splitlines()
    outcomes = {True: "refusé", False: "à vérifier"}
    rows = [
        typographic(f"| `{order.earlier}` | `{order.later}` | {order.why} | {outcomes[order.refused]} |")
        for order in ORDERS
    ]
    tables = ("campaign", "cofinancing", "emails", "milestones", "scoring")
    assert [line for line in guide if line.startswith(tuple(f"| `{table}." for table in tables))] == rows
