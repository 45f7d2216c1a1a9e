"""What `import` takes of the call for talents: candidates, and the answers of the form of choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import pandas as pd

from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.call.applications.importing.plan import ImportPlan
from eig_sheets.call.applications.importing.rows import ImportedValue
from eig_sheets.config.export_columns import STATE_FIELD
from eig_sheets.features.talents.rules_wishes import Answer
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.features.talents.wishes_schema import CHOICES, WISHES_SCHEMA

_STATE: Final = (STATE_FIELD,)
_COMMANDS: Final = "eig_sheets.features.talents.commands_wishes"

CANDIDATES: Final = ImportKind(
    "talents",
    TALENTS,
    "import.talents.fields",
    (("candidature",), _STATE, ("date_depot",), ("nom",), ("email",), ("metier",)),
    ("metier",),
    "talents",
    "candidatures",
    "candidature",
    feminine=True,
    about="candidatures",
    named=" (candidatures)",
)
WISHES: Final = ImportKind(
    "wishes",
    WISHES_SCHEMA.id,
    "import.wishes.fields",
    (("numero",), _STATE, ("date_depot", "modifie_le"), ("candidature", "email"), ("voeu_1",)),
    ("voeu_1",),
    "wishes",
    "réponses",
    "réponse",
    feminine=True,
    about="vœux",
    named=" (vœux des candidats)",
    kept=WISHES_SCHEMA,
    about_tab=TALENTS,
    writer=f"{_COMMANDS}:import_wishes",
    nightly_writer=f"{_COMMANDS}:nightly_wishes",
    previewer=f"{_COMMANDS}:preview_of_wishes",
    beside=True,
    filled="--fill ne va pas avec --kind wishes : les vœux sont gardés dans « Vœux reçus ».",
)
KINDS: Final = (CANDIDATES, WISHES)


def current_answers(answers: Sequence[Answer]) -> pd.DataFrame:
    """The last version of each answer, as the rows of a tab with which an export is compared."""
    rows = [
        {"row": place, "numero": answer.number,
         "candidature": answer.candidature or None, "email": answer.email or None,
         **dict(zip(CHOICES, (choice or None for choice in answer.choices), strict=True))}
        for place, answer in enumerate(_latest(answers).values(), 1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["row", *(field.id for field in WISHES_SCHEMA.fields)], dtype=object)


def new_answers(imported: ImportPlan, known: Sequence[Answer], now: datetime) -> tuple[Answer, ...]:
    """The answers of an export that are not known yet, each with the moment at which it was given.

    That is when the person last changed it, as the export says it of the form alone, else when it was deposited. Of an
    answer that says something else than the version that is known, it is after that one: when the platform says that
    the dossier last changed, else `now`.
    """
    before = _latest(known)
    new_versions = [_answer(new.number, new.values, (), now) for new in imported.new]
    for present in imported.present:
        changed = _answer(present.number, present.values, (present.updated,), now, before[present.number])
        if _said(changed) != _said(before[present.number]):
            new_versions.append(changed)
    return tuple(new_versions)


def _answer(
    number: str,
    values: Mapping[str, ImportedValue],
    others: Sequence[datetime | None],
    now: datetime,
    before: Answer | None = None,
) -> Answer:
    moments = [_minute(given) for given in _moments(values, others)]
    if before is not None:
        moments = [given for given in moments if given > before.moment]
    choices = tuple(_text(values.get(wish)) for wish in CHOICES)
    moment = moments[0] if moments else _minute(now)
    if before is not None:
        moment = max(moment, before.moment + timedelta(minutes=1))
    return Answer(number, moment, _text(values.get("candidature")), _text(values.get("email")), choices)


def _moments(values: Mapping[str, ImportedValue], others: Sequence[datetime | None]) -> Iterator[datetime]:
    dates = (values.get("modifie_le"), *others, values.get("date_depot"))
    yield from (value for value in dates if isinstance(value, datetime))


def _latest(answers: Sequence[Answer]) -> dict[str, Answer]:
    """The last version of each answer, by its number."""
    return {answer.number: answer for answer in sorted(answers, key=lambda answer: answer.moment)}


def _said(answer: Answer) -> tuple[str, ...]:
    texts = (answer.candidature, answer.email, *answer.choices)
    return tuple(" ".join(text.split()) for text in texts)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _text(value: ImportedValue) -> str:
    return "" if value is None else " ".join(str(value).split())
