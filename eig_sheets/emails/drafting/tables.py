"""The input tables of the rules that say which e-mails are due."""

from __future__ import annotations

from typing import Any

import pandas as pd

from eig_sheets.campaign.jury_work import expected_evaluations
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.receipts import digest_of, receipts_of
from eig_sheets.campaign.results import Results
from eig_sheets.domain.emails.due import Tables
from eig_sheets.domain.emails.email import Mail
from eig_sheets.domain.frames import objects
from eig_sheets.domain.scoring import is_complete
from eig_sheets.emails.drafting.subjects import MailSubject
from eig_sheets.workbook.letter_words import MISSING


def tables(reading: Reading, results: Results) -> Tables:
    """The tables that decide which e-mails are due: dossiers and jurors with their results, other tabs as parsed."""
    features = reading.campaign.features
    subjects = [subject for subject in features.parts(MailSubject) if reading.has(subject.tab)]
    return Tables(
        _dossiers(results),
        _jurors(reading, results),
        others={subject.tab: subject.rows_of(reading) for subject in subjects},
        facts={fact: fact.of(reading) for mail in features.parts(Mail) for fact in mail.facts},
    )


def _dossiers(results: Results) -> pd.DataFrame:
    assessed, money = results.eligibility, results.cofinancing
    return results.dossiers[["numero", "row", "preselection", "decision", "audition"]].assign(
        eligibility=assessed["status"],
        to_complete=assessed["to_complete"],
        cofin_requested=money["requested"],
        cofin_missing=money["missing"].map(lambda codes: tuple(code for code in codes if code in MISSING)),
    )


def _jurors(reading: Reading, results: Results) -> pd.DataFrame:
    """Each juror once, with the dossiers still in the running that they have not finished, and those received."""
    jury = reading.valid_rows("jury").dropna(subset="email").drop_duplicates("email")
    expected = expected_evaluations(reading, results)
    waiting = expected[~expected["received"]]
    pending: dict[Any, list[Any]] = {}
    for juror, numero in zip(waiting["jure"], waiting["numero"], strict=True):
        pending.setdefault(juror, []).append(numero)
    received = receipts_of(reading)
    receipts = [received.get(email, ()) for email in jury["email"]]
    return jury.assign(
        pending=objects((tuple(pending.get(email, ())) for email in jury["email"]), jury.index),
        received=objects((tuple(dossier.numero for dossier in receipt) for receipt in receipts), jury.index),
        receipt=objects(map(digest_of, receipts), jury.index),
        took_part=_took_part(jury, results.evaluated),
    )


def _took_part(jury: pd.DataFrame, evaluated: pd.DataFrame) -> pd.Series:
    """The mask of jurors who scored a dossier, or whose group did: a group may fill one grid, under one address."""
    finished = is_complete(evaluated["status"])
    alone = jury["email"].isin(evaluated.loc[finished, "jure"])
    groups = jury.loc[alone, "groupe"].dropna()
    return alone | jury["groupe"].isin(groups)
