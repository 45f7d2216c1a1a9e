"""What a feature learnt of e-mails after they left: that one was returned, who answered its invitation. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.emails.catalogue.deliveries import BY_A_PERSON, DeliveryStatus
from eig_sheets.emails.outbox.records import LastDelivery
from eig_sheets.emails.outbox.versions import PreviousState


@dataclass(frozen=True, slots=True)
class News:
    """What `Envois` says of an e-mail that left: in French; `returned`: a server sent it back."""

    detail: str
    returned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DeliveryNews:
    """What a feature knows of e-mails that left, by id, given what this machine remembers for features."""

    of: Callable[[Reading, Mapping[Remembered[Any], Any], PreviousState], Mapping[str, News]]


def with_news(previous: PreviousState, reading: Reading, remembered: Mapping[Remembered[Any], Any]) -> PreviousState:
    """The state of e-mails, with what features learnt of those that left; what a person said of one prevails."""
    deliveries = dict(previous.last_deliveries)
    for part in reading.campaign.features.parts(DeliveryNews):
        for sending_id, news in part.of(reading, remembered, previous).items():
            deliveries[sending_id] = _told(deliveries[sending_id], news)
    return replace(previous, last_deliveries=deliveries)


def _told(delivery: LastDelivery, news: News) -> LastDelivery:
    if not delivery.gone or delivery.detail == BY_A_PERSON:
        return delivery
    return replace(delivery, state=DeliveryStatus.RETURNED if news.returned else delivery.state, detail=news.detail)
