"""The placeholders of a campaign's templates: the columns of its tabs, and the values that the robot computes."""

from __future__ import annotations

from collections.abc import Callable

from eig_sheets.config import Campaign
from eig_sheets.domain.emails.catalogue import email_of
from eig_sheets.emails.mail.placeholders import Columns, Vocabulary, vocabulary
from eig_sheets.workbook import schema as schemas
from eig_sheets.workbook.fields import Choices


def columns(campaign: Campaign) -> Columns:
    """Tab → field → header, tabs that the campaign does without included: its templates may stay."""
    schema = schemas.build([*campaign.labels.items()], campaign.scale, Choices(), schemas.OPTIONAL_TABS)
    return {tab.id: {field.id: field.header for field in tab.fields} for tab in schema.tabs}


def words(tab_columns: Columns) -> Callable[[str], Vocabulary]:
    """What the template of an id may name."""

    def vocabulary_of(template: str) -> Vocabulary:
        email = email_of(template)
        own = {name: placeholder.label for name, placeholder in email.placeholders.items()}
        return vocabulary(email.about, tab_columns, own, email.moment)

    return vocabulary_of
