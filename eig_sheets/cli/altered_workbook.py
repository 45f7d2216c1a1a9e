"""A workbook whose definitions or sends others altered: no message leaves it until it is mended."""

from __future__ import annotations

from collections.abc import Iterable

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.french import typographic
from eig_sheets.workbook.alterations import alteration_anomalies, stops_sending
from eig_sheets.workbook.anomalies import Anomaly


def refuse_altered(reading: Reading) -> None:
    """Raise Refusal while an alteration stands in the workbook, or in the other one, that stops messages."""
    anomalies = [*stopping(reading), *(stopping(reading.linked) if reading.linked else ())]
    if anomalies:
        raise Refusal(typographic("\n".join(["Rien n’est envoyé :", *sentences(anomalies)])))


def stopping(reading: Reading) -> list[Anomaly]:
    """The anomalies of a workbook while which nothing is sent."""
    return [*alteration_anomalies(stops_sending(reading.alterations), reading.layout)]


def sentences(anomalies: Iterable[Anomaly]) -> list[str]:
    """A French sentence on each: what, where, who mends it, and how."""
    return [f"• {anomaly.message} {anomaly.remedy}" for anomaly in anomalies]
