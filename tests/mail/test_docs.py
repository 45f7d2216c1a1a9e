"""docs/emails.fr.md says what the code does: its tables are made from the templates and the placeholders."""

from __future__ import annotations

from eig_sheets.domain.due import TEMPLATES
from eig_sheets.french import typographic
from eig_sheets.mail.filters import FILTERS
from eig_sheets.mail.placeholders import INTERNAL
from tests.mail.fictional import KNOWN, ROOT, TEXTS

PAGE = (ROOT / "docs" / "emails.fr.md").read_text(encoding="utf-8")


def _names(fields: tuple[str, ...]) -> str:
    return ", ".join(KNOWN[field] for field in fields) or "–"


def messages_table() -> str:
    """One row a message: its file, when it is due, to whom."""
    texts = [TEXTS[name] for name in TEMPLATES]
    rows = [f"| `{text.id}` | {text.when} | {_names(text.to)} | {_names(text.cc)} |" for text in texts]
    return "\n".join(["| Modèle | Quand | À | Copie |", "|---|---|---|---|", *rows])


def placeholders_table() -> str:
    """One row a placeholder: what to write, what it stands for."""
    rows = [f"| `{{{{ {name} }}}}` | {header} |" for name, header in KNOWN.items() if name not in INTERNAL]
    return "\n".join(["| On écrit | Pour obtenir |", "|---|---|", *rows])


def test_the_tables_are_those_of_the_code():
    assert typographic(messages_table()) in PAGE
    assert typographic(placeholders_table()) in PAGE


def test_each_filter_is_explained_and_each_internal_column_named():
    assert [name for name in FILTERS if f"`{name}" not in PAGE] == []
    assert [name for name in INTERNAL if f"`{name}`" not in PAGE] == []
