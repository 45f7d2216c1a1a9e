"""`[returns]`: where the mail that comes back is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.config.sections import Section, beside
from eig_sheets.domain.rules import Rules


class ReturnSettings(Rules):
    """`[returns]`: the folder, or the mailbox of the server of `[imap]`, in which returned mail and answers arrive.

    `folder`: files of one message each (.eml), or a Maildir. Neither: nothing is read.
    """

    folder: str = ""
    mailbox: str = ""


def return_errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each value of `[returns]` that contradicts another."""
    settings = campaign.section(ReturnSettings)
    if settings.folder and settings.mailbox:
        yield "[returns] donne à la fois folder et mailbox : gardez l’un des deux"
    if settings.mailbox and campaign.imap is None:
        yield "[returns] donne mailbox, mais pas de serveur : ajoutez la section [imap]"


SECTION: Final = Section(
    key="returns", model=ReturnSettings, errors=return_errors, of_one_call=True, packaged=beside(__file__)
)
