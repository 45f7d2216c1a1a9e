"""What there is to read again, as people go through it: items, each of one kind and one part of the call. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from eig_sheets.features.next_call.review import DECIDED, SHIFTED, Nature, Review
from eig_sheets.text.french import listed


@dataclass(frozen=True, slots=True)
class Item:
    """Things to read again together: what they are, the part of the configuration, and each with its value."""

    what: str
    where: str
    values: str


def items(reviews: Iterable[Review]) -> list[Item]:
    """The items, dates first, then amounts, rules, texts and jurors, each in the order of the configuration."""
    order = [*Nature]
    to_read = [review for review in reviews if review.why != DECIDED]
    parts = [*dict.fromkeys(_part(review) for review in to_read)]
    in_order = sorted(to_read, key=lambda review: (order.index(review.nature), parts.index(_part(review))))
    groups = groupby(in_order, key=lambda review: (review.nature, _part(review)))
    return [Item(nature.value, part, _values(nature, [*group])) for (nature, part), group in groups]


def _part(review: Review) -> str:
    """The table of the configuration; all texts, and all jurors, are one part."""
    if review.nature is Nature.TEXT:
        return "config/emails"
    return review.where if review.nature is Nature.JUROR else f"[{review.where.partition('.')[0]}]"


def _values(nature: Nature, reviews: Sequence[Review]) -> str:
    if nature is Nature.TEXT:
        return " ; ".join(dict.fromkeys(review.where for review in reviews))
    if nature is Nature.JUROR:
        return listed(" ".join(word for word in review.value.split() if "@" not in word) for review in reviews)
    return " ; ".join(_said(review) for review in reviews)


def _said(review: Review) -> str:
    key = review.where.partition(".")[2] or review.where
    beside = review.why.removeprefix(SHIFTED).removeprefix(" ; ")
    remark = f" ({beside})" if review.nature is Nature.DATE and beside else ""
    return f"{key} : {review.value or 'rien'}{remark}"
