"""Webinars and who is registered to them: the words by which people name each, and its moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from eig_sheets.domain.emails.due import moment_name
from eig_sheets.features.advice.settings import SlotSettings, Webinar
from eig_sheets.text.french import plain


def labels_of(webinars: Iterable[Webinar]) -> dict[str, Webinar]:
    """Each webinar by the words that name it in a drop-down: its title, with its day and hour when it is not alone."""
    listed = [*webinars]
    titles = Counter(plain(webinar.title) for webinar in listed)
    return {
        webinar.title
        if titles[plain(webinar.title)] == 1
        else f"{webinar.title} – {webinar.starts:%d/%m/%Y %H:%M}": webinar
        for webinar in listed
    }


def webinar_at(rules: SlotSettings, number: str) -> Webinar | None:
    """The webinar of a round of its e-mail."""
    return next((webinar for webinar in rules.webinars if moment_name(webinar.starts) == number), None)


def registered(registrations: pd.DataFrame | None, rules: SlotSettings) -> Mapping[str, pd.DataFrame]:
    """The people who are registered to each webinar, once each, by the name of its round: the rows of `Inscriptions`.

    A row without an address names nobody who could be written to.
    """
    if registrations is None:
        return {}
    known = registrations[registrations["email"].notna()].sort_values("row")
    return {
        moment_name(webinar.starts): known[known["webinaire"].isin([label])].drop_duplicates("email")
        for label, webinar in labels_of(rules.webinars).items()
    }
