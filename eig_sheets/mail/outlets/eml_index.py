"""One page to read all the e-mails of a folder: it needs nothing else, and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from html import escape
from typing import Final
from urllib.parse import quote

from eig_sheets.french import plural, typographic

_HEADERS: Final = {"From": "De", "To": "À", "Cc": "Copie", "Reply-To": "Réponse à"}
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'"
_STYLE: Final = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;"
    "padding:0 1rem}details{border-top:1px solid #8888;padding:.5rem 0}summary{cursor:pointer}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dt,small{opacity:.75}dd{margin:0}"
    "iframe{width:100%;height:36rem;border:1px solid #8888;background:#fff}pre{white-space:pre-wrap}"
)


def index(files: Iterable[tuple[str, EmailMessage]]) -> str:
    """The page of some files: each with its name, and what is in it."""
    entries = [_entry(name, message) for name, message in files]
    title = typographic(f"E-mails à relire : {plural(len(entries), 'brouillon')}")
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n"
        "<p>Le robot n’en a envoyé aucun. Ouvrez un fichier pour l’envoyer depuis votre messagerie.</p>\n"
        f"{''.join(entries)}</body></html>\n"
    )


def _entry(name: str, message: EmailMessage) -> str:
    link = f'<p><a href="./{escape(quote(name))}">{escape(name)}</a></p>'
    try:
        return f"<details>{_content(message, link)}</details>\n"
    except Exception:  # a file that somebody put there: whatever the parser makes of it
        return f"<details><summary>{escape(name)}</summary>{link}</details>\n"


def _content(message: EmailMessage, link: str) -> str:
    subject, people = _shown(message["Subject"]), _shown(message["To"])
    facts = "".join(
        f"<dt>{label}</dt><dd>{_shown(message[header])}</dd>" for header, label in _HEADERS.items() if message[header]
    )
    attached = ", ".join(escape(part.get_filename() or "sans nom") for part in message.iter_attachments())
    joined = f"<dt>Pièces jointes</dt><dd>{attached}</dd>" if attached else ""
    return (
        f"<summary><strong>{subject}</strong> <small>{people}</small></summary>"
        f"{link}<dl>{facts}{joined}</dl>{_body(message)}"
    )


def _body(message: EmailMessage) -> str:
    page, plain = message.get_body(("html",)), message.get_body(("plain",))
    text = f"<pre>{escape(plain.get_content())}</pre>" if plain else ""
    if page is None:
        return text
    frame = f'<iframe loading="lazy" sandbox title="Message" srcdoc="{escape(page.get_content())}"></iframe>'
    return f"{frame}<details><summary>En texte seul</summary>{text}</details>" if text else frame


def _shown(header: object) -> str:
    return escape(str(header or ""))
