"""Refuses to send e-mails from a workbook whose definitions, or records of what was sent, people altered."""

from __future__ import annotations

from collections.abc import Iterable

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import typographic
from eig_sheets.workbook.alterations import alteration_anomalies, stops_sending
from eig_sheets.workbook.anomalies import Anomaly


def refuse_altered(reading: Reading) -> None:
    """Raise Refusal while this workbook, or the other one, has an alteration that stops all sending."""
    anomalies = [*stopping(reading), *(stopping(reading.linked) if reading.linked else ())]
    if anomalies:
        raise Refusal(typographic("\n".join(["Rien n’est envoyé :", *sentences(anomalies)])))


def stopping(reading: Reading) -> list[Anomaly]:
    """The alterations of a workbook that stop all sending."""
    return [*alteration_anomalies(stops_sending(reading.alterations), reading.layout)]


def sentences(anomalies: Iterable[Anomaly]) -> list[str]:
    """A French sentence on each: what, where, who mends it, and how."""
    return [f"• {anomaly.message} {anomaly.remedy}" for anomaly in anomalies]
