"""What holds of every e-mail, tried on the example of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pandas as pd
import pytest

from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.domain.frames import objects
from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.due import Due, Tables
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import due, may_receive, possible
from eig_sheets.emails.catalogue.settings import MessageSettings
from eig_sheets.emails.drafting.appointments import planned_appointments
from eig_sheets.emails.drafting.contexts import Contexts
from eig_sheets.emails.drafting.subjects import People, keys_of, tables
from eig_sheets.emails.mail.messages import Message
from tests.emails.drafting.support import TEXTS
from tests.emails.examples import DUE, EXAMPLES, RULES
from tests.features.modules import modules_of_features
from tests.messages import CATALOGUE

pytestmark = pytest.mark.newest

KNOWN = [template for template in DUE if template in EXAMPLES]
CALLED_OFF = {
    "candidatures": ("decision", WITHDRAWN),
    **{tab: word for module in modules_of_features("examples") for tab, word in module.CALLED_OFF.items()},
}
"""By tab, a word after which nobody is written to."""
OWN = {"candidatures": "dossiers", "jury": "jurors"}
TABS = {*keys_of(RULES)}


@cache
def tables_of(template: str) -> Tables:
    made = EXAMPLES[template].case
    return tables(made.reading, made.results)


def changed(tables: Tables, template: str, **columns: object) -> tuple[Tables, pd.DataFrame]:
    """The tables, and that of the e-mail, with some of its columns changed."""
    about = CATALOGUE[template].about
    rows = tables.of(about).assign(**columns)
    if about in OWN:
        return replace(tables, **{OWN[about]: rows}), rows
    return replace(tables, others={**tables.others, about: rows}), rows


def is_due(template: str, tables: Tables, rules: MessageSettings = RULES.messages) -> bool:
    example = EXAMPLES[template]
    rows = due(tables, rules, example.day, example.received, catalogue=catalogue_of(RULES.features))
    return template in set(rows["template"])


def can_leave(template: str, tabs: Collection[str], rules: MessageSettings = RULES.messages) -> bool:
    return template in possible(rules, tabs, catalogue=catalogue_of(RULES.features))


@pytest.mark.parametrize("template", KNOWN)
def test_it_is_due_and_written_to_people_of_its_row(template):
    example = EXAMPLES[template]
    draft = example.draft(template)
    assert isinstance(draft.outcome, Message)
    known = People(example.case.reading).of(template, draft.numero or draft.person)
    assert {address.casefold() for address in (*draft.outcome.to, *draft.outcome.cc)} <= known


@pytest.mark.parametrize("template", KNOWN)
def test_its_row_may_receive_it_and_its_settings_are_there(template):
    rows = tables_of(template).of(CATALOGUE[template].about)
    assert may_receive(CATALOGUE[template], rows).any()
    assert can_leave(template, TABS)
    assert not can_leave(template, TABS - {CATALOGUE[template].about})


@pytest.mark.parametrize("template", KNOWN)
def test_without_any_setting_it_is_possible_just_when_it_is_due(template):
    bare = MessageSettings(EmailRules(), {model: model() for model in RULES.section_keys})
    assert can_leave(template, TABS, bare) == is_due(template, tables_of(template), bare)


def is_about_it(template: str) -> bool:
    """Whether an e-mail is the very one that such a word asks for."""
    field, word = CALLED_OFF[CATALOGUE[template].about]
    return word in CATALOGUE[template].accepts.get(field, ())


@pytest.mark.parametrize(
    "template",
    [other for other in KNOWN if CATALOGUE[other].about in CALLED_OFF and not is_about_it(other)],
)
def test_nobody_is_written_to_about_what_was_called_off(template):
    field, word = CALLED_OFF[CATALOGUE[template].about]
    tables, rows = changed(tables_of(template), template, **{field: word})
    assert not is_due(template, tables)
    assert not may_receive(CATALOGUE[template], rows).any()


@pytest.mark.parametrize("template", KNOWN)
def test_a_row_that_lacks_nothing_or_chose_nothing_may_not_receive_what_is_due_to_others(template):
    tables = tables_of(template)
    rows = tables.of(CATALOGUE[template].about)
    nothing = {field: objects(() for _ in range(len(rows))) for field in ("to_complete", "cofin_missing", "pending")}
    for blank in (
        {"voeu_1": None, "voeu_2": None, "voeu_3": None},
        *({field: value} for field, value in nothing.items()),
    ):
        if blank.keys() <= {*rows}:
            after, changed_rows = changed(tables, template, **blank)
            assert is_due(template, after) or not may_receive(CATALOGUE[template], changed_rows).any()


@pytest.mark.parametrize("template", KNOWN)
def test_each_placeholder_that_it_offers_has_a_value(template):
    example = EXAMPLES[template]
    made, tables = example.case, tables_of(template)
    rows = due(tables, RULES.messages, example.day, example.received, catalogue=catalogue_of(RULES.features))
    [row] = [named for named in rows.itertuples(index=False) if named.template == template]
    values = Contexts(made.reading, made.results, tables).of(Due(*row)).values
    for name in TEXTS[template].vocabulary.known:
        values[name]
    for name, placeholder in CATALOGUE[template].placeholders.items():
        assert values[name] == placeholder.value(RULES.messages, row.round)


@pytest.mark.parametrize("template", [name for name in KNOWN if CATALOGUE[name].appointment])
def test_its_appointment_is_upheld_by_what_makes_it_due(template):
    example = EXAMPLES[template]
    event = example.draft(template).event
    assert event.ends - event.starts >= timedelta(minutes=1)
    planned = [
        appointment
        for appointment in planned_appointments(example.case.reading, example.day)
        if appointment.family == CATALOGUE[template].appointment.family
    ]
    assert event.starts in {appointment.starts for appointment in planned}
