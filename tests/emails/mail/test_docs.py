"""docs/emails.fr.md says what the code does: its tables are made from the templates and the placeholders.

Those of a feature's messages are on its own page. `python -m tests.emails.mail.test_docs` writes the tables again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pytest

from eig_sheets import config, loading
from eig_sheets.emails.catalogue.entries import CALL, Email, Mail
from eig_sheets.emails.drafting.drafts import columns_of
from eig_sheets.emails.drafting.subjects import CommonValues, MailSubject
from eig_sheets.emails.mail.filters import FILTERS
from eig_sheets.emails.mail.placeholders import COMMON, COMPUTED, INTERNAL
from eig_sheets.registry import Features
from eig_sheets.text.french import typographic
from eig_sheets.workbook.schema import AddedField
from tests.emails.mail.fictional import ROOT, TEXTS
from tests.messages import EIG5

DOCS = ROOT / "docs"
PAGE = (DOCS / "emails.fr.md").read_text(encoding="utf-8")
COLUMNS = columns_of(EIG5)


def messages_table(emails: Iterable[Email]) -> str:
    """One row a message: its file, when it is due, to whom."""
    rows = []
    for text in (TEXTS[email.id] for email in emails):
        to, cc = (", ".join(text.vocabulary.known[field] for field in fields) or "–" for fields in (text.to, text.cc))
        rows.append(f"| `{text.id}` | {text.when} | {to} | {cc} | {'oui' if text.moment else '–'} |")
    head = ["| Modèle | Quand | À | Copie | Invitation |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


def _table(names: Mapping[str, str]) -> str:
    rows = [f"| `{{{{ {name} }}}}` | {header} |" for name, header in names.items() if name not in INTERNAL]
    return "\n".join(["| On écrit | Pour obtenir |", "|---|---|", *rows])


def _with_pages(columns: Mapping[str, str], tab: str) -> dict[str, str]:
    """The columns of a tab, each that a feature adds with its page, so that its row goes with the feature."""
    pages = {
        part.field.id: feature.page
        for feature in EIG5.features.on
        for part in Features((feature,)).parts(AddedField)
        if part.tab == tab
    }
    return {id_: f"[{name}]({pages[id_]})" if id_ in pages else name for id_, name in columns.items()}


def placeholders_tables(emails: Iterable[Email], computed: Mapping[str, Mapping[str, str]]) -> list[str]:
    """For the messages about each tab, then for some: what to write, what it stands for."""
    of_tabs = [_table({**_with_pages(COLUMNS.get(tab, {}), tab), **names}) for tab, names in computed.items()]
    of_one = [
        f"| `{email.id}` | `{{{{ {word} }}}}` | {own.label} |"
        for email in sorted(emails, key=lambda email: email.id)
        for word, own in email.placeholders.items()
    ]
    last = "\n".join(["| Modèle | On écrit | Pour obtenir |", "|---|---|---|", *of_one])
    return [*of_tabs, *([last] if of_one else [])]


def tables() -> dict[str, list[str]]:
    """The tables of each page, in their order: those of the call's messages, then those of each feature's."""
    pages = {"emails.fr.md": [messages_table(CALL), _table(COMMON), *placeholders_tables(CALL, COMPUTED)]}
    for feature in EIG5.features.on:
        alone = Features((feature,))
        emails = [email for mail in alone.parts(Mail) for email in mail.emails]
        if emails:
            computed = {subject.tab: subject.placeholders for subject in alone.parts(MailSubject)}
            common = [_table(values.placeholders) for values in alone.parts(CommonValues)]
            pages[feature.page] = [messages_table(emails), *common, *placeholders_tables(emails, computed)]
    return pages


HEADS = tuple(f"| {first} |" for first in ("Modèle | Quand | À | Copie | Invitation", "On écrit | Pour obtenir",
                                           "Modèle | On écrit | Pour obtenir"))  # fmt: skip


def with_tables(page: str, of_page: Iterable[str]) -> str:
    """The page with its tables, in their order, as the code says that they are."""
    tables = iter(of_page)
    blocks = [typographic(next(tables)) if block.startswith(HEADS) else block for block in page.rstrip().split("\n\n")]
    assert not [*tables]
    return "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize("name", tables())
def test_the_tables_are_those_of_the_code(name):
    page = (DOCS / name).read_text(encoding="utf-8")
    hint = "« python -m tests.emails.mail.test_docs » writes them again: look at them"
    assert with_tables(page, tables()[name]) == page, hint


def test_the_page_of_messages_leads_to_those_of_features():
    assert [name for name in tables() if name != "emails.fr.md" and f"]({name}" not in PAGE] == []


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
    for name, of_page in tables().items():
        page = DOCS / name
        page.write_text(with_tables(page.read_text(encoding="utf-8"), of_page), encoding="utf-8")
