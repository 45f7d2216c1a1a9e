"""Appeal checks: refusals that people typed while the configuration does not say how they can be appealed against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.selection import may_receive
from eig_sheets.text.french import plural
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning

NO_APPEAL_TEXT: Final = warning(
    "voies_recours_absentes",
    "{count} sans voies ni délais de recours : decisions.voies_recours est vide dans la configuration, et les "
    "messages partent sans ce texte.",
    "Demandez-le à votre service juridique : il s’écrit dans decisions.voies_recours, ou public_law = false dans "
    "la configuration si ces décisions sont de droit privé. Sans lui, le délai de recours ne court pas.",
)


def appeal_anomalies(reading: Reading) -> Iterator[Anomaly]:
    """One anomaly for each tab with refusals, at the first of them; those of private law need no such text.

    A refusal whose message is switched off (`emails.disabled`) is notified otherwise, and left alone; so is one that
    another cell of its row contradicts, which nothing notifies.
    """
    decisions, disabled = reading.campaign.decisions, reading.campaign.emails.disabled
    if decisions.voies_recours.strip() or not decisions.public_law:
        return
    enabled = [email for email in reading.campaign.catalogue if email.refusal and email.id not in disabled]
    for tab_id in dict.fromkeys(email.about for email in enabled if email.about in reading.tables):
        rows, tab = reading.valid_rows(tab_id), reading.layout.tabs[tab_id]
        refused = sorted(
            (int(row), field)
            for email in enabled
            if email.about == tab_id and email.refusal
            for field, word in [email.refusal]
            for row in rows.loc[rows[field].isin([word]) & may_receive(email, rows), "row"]
        )
        if refused:
            row, field = refused[0]
            yield anomaly(NO_APPEAL_TEXT, tab.name, tab.cell(field, row), count=plural(len(refused), "refus", "refus"))
