"""Whatever people type in any cell, an e-mail is whole or held back: nothing in it is empty or foreign."""

from __future__ import annotations

import re
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.emails.drafting.subjects import People
from eig_sheets.emails.mail.messages import Blocked, Message
from tests.effort import examples
from tests.emails.drafting.support import (
    DOSSIER,
    JUROR,
    LAUREATE,
    REVIEW,
    campaign,
    case,
)
from tests.features.modules import modules_of_features

RULES = campaign(disabled=())
DAYS = [
    date(2021, 2, 5), date(2021, 2, 23), date(2021, 4, 12), date(2021, 4, 29), date(2021, 5, 6), date(2021, 5, 24),
    date(2021, 7, 1), date(2021, 9, 13), date(2021, 10, 13), date(2022, 2, 1),
]  # fmt: skip
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 99999), st.floats(-2, 2), st.dates(date(2021, 1, 1), date(2022, 9, 1)),
    st.datetimes(datetime(2021, 1, 1), datetime(2022, 9, 1)),
    st.text("aé1 *_`[]()<>&;!#-{}%\n\r\u202e@.\"'|", max_size=12),
    st.sampled_from([
        "{{ projet }}", "{% if x %}", "Lauréat", "Non retenu", "Liste d’attente", "Désisté", "Écarté – insuffisant",
        "Présélectionné", "Retenu", "Réservé", "90001", "a@exemple.invalid", "oui", "#N/A",
    ]),
)  # fmt: skip
KEYS = {
    "candidatures": {"numero"}, "jury": {"email"}, "evaluations": {"numero", "jure"},
    **{tab: fields for module in modules_of_features("examples") for tab, fields in module.KEPT.items()},
}  # fmt: skip
BASE = {
    "candidatures": [DOSSIER, {**LAUREATE, "numero": "90002"}], "jury": [JUROR], "evaluations": [REVIEW],
    **{tab: rows for module in modules_of_features("examples") for tab, rows in module.ROWS.items()},
}  # fmt: skip
FIELDS = [
    (tab, place, field)
    for tab, rows in BASE.items()
    for place, row in enumerate(rows)
    for field in row
    if field not in KEYS[tab]
]


@settings(max_examples=examples(6))
@given(st.dictionaries(st.sampled_from(FIELDS), CELLS, max_size=8), st.sampled_from(DAYS))
def test_a_message_is_whole_or_held_back(changes, today):
    rows = {tab: [dict(row) for row in rows] for tab, rows in BASE.items()}
    for (tab, place, field), value in changes.items():
        rows[tab][place][field] = value
    made = case(rules=RULES, **rows)
    people = People(made.reading)
    for draft in made.drafts(today):
        if isinstance(draft.outcome, Blocked):
            assert draft.outcome.reasons
            assert draft.event is None
        else:
            whole(draft.outcome)
            assert (draft.event is not None) == ("invitation" in draft.attachments)
            addresses = {address.casefold() for address in (*draft.outcome.to, *draft.outcome.cc)}
            assert addresses <= people.of(draft.template, draft.numero or draft.person)


def whole(message: Message) -> None:
    assert message.to
    assert message.subject.strip() == message.subject != ""
    assert not re.search(r"[\x00-\x1f\u202a-\u202e\u2028\u2029]", message.subject)
    text = f"{message.subject}\n{message.body}"
    assert not re.search(r"\b(None|nan|NaT|Undefined|Timestamp|True|False)\b", text)
    assert "«\u202f\u202f»" not in text
    assert "\n\n\n" not in message.body
