"""The e-mails of EIG5, those of its features included, and what a call says of its messages."""

from eig_sheets import loading
from eig_sheets.config import packaged
from eig_sheets.domain.emails.settings import MessageSettings
from eig_sheets.domain.rules import EmailRules

EIG5 = loading.load(packaged())
CATALOGUE = EIG5.catalogue.emails
TEMPLATES = EIG5.catalogue.names


def settings(emails=None, *sections):
    """The rules of messages, and the sections of features that some go by."""
    return MessageSettings(emails or EmailRules(), {type(section): section for section in sections})
