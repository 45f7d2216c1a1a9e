"""docs/emails.fr.md says what the code does: its tables are made from the templates and the placeholders.

`python -m tests.emails.mail.test_docs` writes the tables in it again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from eig_sheets import config, loading
from eig_sheets.emails.drafting.drafts import columns_of
from eig_sheets.emails.mail.filters import FILTERS
from eig_sheets.emails.mail.placeholders import COMMON, COMPUTED, INTERNAL
from eig_sheets.text.french import typographic
from tests.emails.mail.fictional import ROOT, TEXTS
from tests.messages import CATALOGUE, TEMPLATES

DOCS = ROOT / "docs" / "emails.fr.md"
PAGE = DOCS.read_text(encoding="utf-8")
COLUMNS = columns_of(loading.load(ROOT / "config" / "campaign.toml"))


def messages_table() -> str:
    """One row a message: its file, when it is due, to whom."""
    rows = []
    for text in (TEXTS[name] for name in TEMPLATES):
        to, cc = (", ".join(text.vocabulary.known[field] for field in fields) or "–" for fields in (text.to, text.cc))
        rows.append(f"| `{text.id}` | {text.when} | {to} | {cc} | {'oui' if text.moment else '–'} |")
    head = ["| Modèle | Quand | À | Copie | Invitation |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


def _table(names: Mapping[str, str]) -> str:
    rows = [f"| `{{{{ {name} }}}}` | {header} |" for name, header in names.items() if name not in INTERNAL]
    return "\n".join(["| On écrit | Pour obtenir |", "|---|---|", *rows])


def placeholders_tables() -> list[str]:
    """For every message, then for those about each tab, then for some: what to write, what it stands for."""
    of_tabs = [_table({**COLUMNS.get(tab, {}), **names}) for tab, names in COMPUTED.items()]
    of_one = [
        f"| `{email.id}` | `{{{{ {word} }}}}` | {own.label} |"
        for email in sorted(CATALOGUE.values(), key=lambda email: email.id)
        for word, own in email.placeholders.items()
    ]
    last = "\n".join(["| Modèle | On écrit | Pour obtenir |", "|---|---|---|", *of_one])
    return [_table(COMMON), *of_tabs, last]


HEADS = tuple(f"| {first} |" for first in ("Modèle | Quand | À | Copie | Invitation", "On écrit | Pour obtenir",
                                           "Modèle | On écrit | Pour obtenir"))  # fmt: skip


def with_tables(page: str) -> str:
    """The page with its tables, in their order, as the code says that they are."""
    tables = iter([messages_table(), *placeholders_tables()])
    blocks = [typographic(next(tables)) if block.startswith(HEADS) else block for block in page.rstrip().split("\n\n")]
    assert not [*tables]
    return "\n\n".join(blocks) + "\n"


def test_the_tables_are_those_of_the_code():
    assert with_tables(PAGE) == PAGE, "« python -m tests.emails.mail.test_docs » writes them again: look at them"


def test_each_filter_is_explained_and_each_internal_column_named():
    assert [name for name in FILTERS if f"`{name}" not in PAGE] == []
    assert [name for name in INTERNAL if f"`{name}`" not in PAGE] == []


def test_the_settings_of_outlets_are_accepted_as_they_are_shown(tmp_path):
    path = tmp_path / "campaign.toml"
    shown = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    path.write_text("\n".join([config.packaged().read_text(encoding="utf-8"), *shown]), encoding="utf-8")
    campaign = loading.load(path)
    assert campaign.sender
    assert campaign.smtp
    assert campaign.imap
    assert campaign.gmail


if __name__ == "__main__":
    DOCS.write_text(with_tables(PAGE), encoding="utf-8")
