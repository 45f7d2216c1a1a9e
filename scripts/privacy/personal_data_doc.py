"""Writes the tables of the pages on personal data: `python scripts/privacy/personal_data_doc.py`.

They come from the register (`features/privacy/register.py`), the schema and the periods of the packaged configuration;
all else in these pages is written by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from eig_sheets import loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config_file import packaged
from eig_sheets.features.privacy.disposal import period_end, period_starts
from eig_sheets.features.privacy.people_tabs import fields_of, personal_tabs
from eig_sheets.features.privacy.register import register_of
from eig_sheets.features.privacy.register_records import register_table
from eig_sheets.features.privacy.rules import NAMES, RetentionRules
from eig_sheets.personal_data import Place
from eig_sheets.text.french import typographic

DOCS = Path(__file__).parents[2] / "docs"
CAMPAIGN = loading.load(packaged())
REGISTER = register_of(CAMPAIGN.features)
RULES, STARTS = CAMPAIGN.section(RetentionRules), period_starts(CAMPAIGN)
HEADERS = (
    "Emplacement",
    "Données",
    "Personnes",
    "Pourquoi",
    "Durée",
    "Jusqu’au",
    "À l’échéance",
)
KEYS = ("where", "what", "about", "purpose", "period", "until", "fate")


def register() -> str:
    """The register, place by place."""
    records = register_table(RULES, STARTS).records(register_of(CAMPAIGN.features))
    parts = []
    for place in Place:
        name = typographic(place.value)
        rows = [[one[key] or "" for key in KEYS] for one in records if one["place"] == name]
        parts += [f"### {name.capitalize()}", "", table(HEADERS, rows)]
    return "\n".join(parts)


def kept() -> str:
    """What no command of ours eliminates, reason by reason."""
    places: dict[str, list[str]] = {}
    for one in register_table(RULES, STARTS).records(register_of(CAMPAIGN.features)):
        if one["why_kept"]:
            places.setdefault(one["why_kept"], []).append(one["where"])
    return table(("Emplacement", "Pourquoi"), [(" ; ".join(where), why) for why, where in places.items()])


def people() -> str:
    """The columns of people's tabs: those that name somebody or may, until when, and those that stay."""
    headers = ("Onglet", "À vider ou à remplacer", "Durée", "Jusqu’au (EIG5)", "Restent, sans nom")
    return table(headers, _columns())


def _columns() -> Iterator[tuple[str, str, str, str, str]]:
    for people_tab in personal_tabs(CAMPAIGN.features):
        tab = schema_of(CAMPAIGN).tab(people_tab.tab)
        stays = ", ".join(tab.field(field).header for field in people_tab.stays)
        for period, fields in fields_of(people_tab).items():
            headers = [tab.field(field).header for field in fields]
            kept_for, end = RULES.period(period), period_end(period, RULES, STARTS)
            duration = f"{kept_for.months} mois ({NAMES[period]})" if kept_for else ""
            yield tab.name, ", ".join(headers), duration, end.isoformat() if end else "", stays
            stays = ""


def periods() -> str:
    """Each period, with its source."""
    decided = {name: RULES.period(name) for name in NAMES}
    rows = [(NAMES[name], f"{one.months} mois", one.source) for name, one in decided.items() if one]
    return table(("Catégorie", "Durée", "Source"), rows)


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = [*headers]
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(typographic(str(cell)).replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


PAGES: dict[str, tuple[Callable[[], str], ...]] = {
    "donnees-personnelles.fr.md": (register, kept),
    "aipd.fr.md": (people, periods),
}


def with_tables(name: str, text: str) -> str:
    """The page with its tables as they should be."""
    for make in PAGES[name]:
        start, end = f"<!-- {make.__name__} -->\n", f"<!-- end of {make.__name__} -->\n"
        before, _, rest = text.partition(start)
        text = f"{before}{start}{make()}{end}{rest.partition(end)[2]}"
    return text


if __name__ == "__main__":
    for page in PAGES:
        path = DOCS / page
        path.write_text(with_tables(page, path.read_text(encoding="utf-8")), encoding="utf-8")
