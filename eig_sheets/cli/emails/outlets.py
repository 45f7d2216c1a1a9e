"""The outlets and the sender of e-mails, built from the configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.terminal import warn_permissions_restricted
from eig_sheets.config import Campaign
from eig_sheets.config.outlets import ImapServer, SenderSettings, SmtpServer
from eig_sheets.emails.mail.addresses import AddressError, addresses
from eig_sheets.emails.mail.messages import Sender
from eig_sheets.emails.outlets.base import Outlet
from eig_sheets.emails.outlets.eml import Eml
from eig_sheets.emails.outlets.gmail import Gmail, GmailSettings
from eig_sheets.emails.outlets.imap import Imap, ImapSettings
from eig_sheets.emails.outlets.servers import Password, Security, Server
from eig_sheets.emails.outlets.smtp import Smtp, SmtpSettings
from eig_sheets.text.french import typographic

_Environment = Mapping[str, str]


def outlet_of(name: str, campaign: Campaign, environment: Mapping[str, str], folder: Path) -> Outlet:
    """The outlet of a name of OUTLETS, not opened yet; `folder`: where « eml » writes.

    Raises Refusal with the lines to add when the configuration does not say what the outlet needs.
    """
    if name == "eml":
        return Eml(folder)
    return _CONFIGURED[name](campaign, environment)


def sending_outlet(campaign: Campaign, environment: Mapping[str, str]) -> Outlet:
    """The outlet by which e-mails leave, not opened yet. Raises Refusal when the configuration has none."""
    return outlet_of("smtp", campaign, environment, Path())


def restrict_drafts_folder(folder: Path) -> None:
    """Restrict to its owner, with a warning, a folder of drafts that an earlier version left open to others."""
    if Eml(folder).close_to_others():
        warn_permissions_restricted(folder)


def sender_of(campaign: Campaign) -> Sender:
    """The sender: `[sender]`, else the contact of the campaign. Raises Refusal when there is no address."""
    settings = campaign.sender or SenderSettings()
    address = settings.address or campaign.emails.contact
    if not address:
        raise _missing_section(campaign, "sender", "L’expéditeur n’a pas d’adresse")
    _check("sender.address" if settings.address else "emails.contact", address)
    _check("sender.reply_to", settings.reply_to)
    return Sender(address, settings.name or campaign.campaign.name, settings.reply_to, settings.unsubscribe)


def _check(key: str, written: str) -> None:
    try:
        addresses(written)
    except AddressError as error:
        raise Refusal(typographic(f"{key} : {error}")) from None


def _gmail(campaign: Campaign, environment: _Environment) -> Outlet:
    if campaign.gmail is None:
        raise _missing_section(campaign, "gmail", "Aucune boîte Gmail n’est indiquée")
    return Gmail(GmailSettings(campaign.path_of(campaign.gmail.key), campaign.gmail.mailbox), environment)


def imap_server(campaign: Campaign) -> Server:
    """The server of `[imap]`. Raises Refusal when the configuration has none."""
    if campaign.imap is None:
        raise _missing_section(campaign, "imap", "Aucune boîte IMAP n’est indiquée")
    return _server(campaign, campaign.imap)


def _imap(campaign: Campaign, environment: _Environment) -> Outlet:
    server, folder = imap_server(campaign), campaign.imap.folder if campaign.imap else ""
    return Imap(ImapSettings(server, folder), environment)


def _smtp(campaign: Campaign, environment: _Environment) -> Outlet:
    if campaign.smtp is None:
        raise _missing_section(campaign, "smtp", "Aucun serveur d’envoi n’est indiqué")
    sender, server = sender_of(campaign).address, _server(campaign, campaign.smtp)
    return Smtp(SmtpSettings(server, sender, campaign.smtp.per_minute), environment)


_CONFIGURED: Final[Mapping[str, Callable[[Campaign, _Environment], Outlet]]] = {
    "gmail": _gmail,
    "imap": _imap,
    "smtp": _smtp,
}
OUTLETS: Final = ("eml", *_CONFIGURED)
"""The names of outlets on the command line."""


def _server(campaign: Campaign, settings: SmtpServer | ImapServer) -> Server:
    file = campaign.path_of(settings.password_file) if settings.password_file else None
    password = Password(settings.password_variable, file)
    port = settings.port or settings.default_port
    return Server(settings.host, port, Security(settings.security), settings.user, password)


_EXAMPLES: Final[Mapping[str, str]] = {
    "sender": '[sender]\naddress = "eig@example.org"\nname = "Entrepreneurs d’intérêt général"',
    "gmail": '[gmail]\nkey = "/etc/eig-sheets/gmail.json"\nmailbox = "eig@example.org"',
    "imap": '[imap]\nhost = "imap.example.org"\nuser = "eig@example.org"\npassword_variable = "EIG_IMAP"',
    "smtp": '[smtp]\nhost = "smtp.example.org"\nuser = "eig@example.org"\npassword_variable = "EIG_SMTP"',
}


def _missing_section(campaign: Campaign, section: str, what: str) -> Refusal:
    lines = "".join(f"\n    {line}" for line in _EXAMPLES[section].splitlines())
    return Refusal(typographic(f"{what} : ajoutez à {campaign.to_edit} ces lignes, avec vos valeurs.") + lines)
