"""Addresses of Grist documents, as people copy them from the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic

_DOCUMENT_ID = re.compile(r"[A-Za-z0-9]{12,64}")
_SHORT, _WHOLE = 12, 22
"""Characters of an id in the addresses of Grist's client, and of a whole one."""
_NAME = "campagne"
_NOT_DOCUMENTS = ("ws", "p", "login", "account", "billing", "welcome", "admin", "template-gallery")


@dataclass(frozen=True, slots=True)
class Address:
    """A document: its server (`https://host`), its team ('' when the server's name is the team's), its id."""

    server: str
    team: str
    document: str

    @property
    def url(self) -> str:
        """The URL of the document, for people to open."""
        return f"{self._home}/{self.document}"

    @property
    def pages(self) -> str:
        """The URL under which Grist's own client has the pages: with another one, it loses the page, or opens a tab.

        That is the first characters of the id, then a name, whatever it is.
        """
        short = self.document[:_SHORT] if len(self.document) == _WHOLE else self.document
        return f"{self._home}/{short}/{_NAME}"

    @property
    def api(self) -> str:
        """The URL under which the API has the document."""
        return f"{self._home}/api/docs/{self.document}"

    @property
    def _home(self) -> str:
        return f"{self.server}/o/{quote(self.team)}" if self.team else self.server


def is_web_address(location: str) -> bool:
    """Whether a location is the URL of a web page."""
    return location.startswith(("http://", "https://"))


def address_of(location: str) -> Address:
    """The document of any URL that a browser shows. Raises WorkbookError, whose message says what to copy instead."""
    text = location.strip()
    try:
        url = urlsplit(text)
        has_port = url.port is not None
    except ValueError:  # brackets without an IPv6 address, a port that is no number
        raise _refused(text) from None
    steps = [unquote(step) for step in url.path.split("/") if step]
    team, steps = (steps[1], steps[2:]) if len(steps) > 1 and steps[0] == "o" else ("", steps)
    steps = steps[1:] if steps[:1] == ["doc"] else steps
    if not url.hostname or not steps or steps[0] in _NOT_DOCUMENTS or not _DOCUMENT_ID.fullmatch(steps[0]):
        raise _refused(text)
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    return Address(f"{url.scheme}://{host}{f':{url.port}' if has_port else ''}", team, steps[0])


def _refused(text: str) -> WorkbookError:
    return WorkbookError(
        typographic(
            f"« {text} » n’est l’adresse ni d’une feuille Google, ni d’un document Grist. Ouvrez le classeur dans "
            "votre navigateur et copiez toute son adresse (par exemple "
            "https://grist.numerique.gouv.fr/o/equipe/identifiant/campagne)."
        )
    )
