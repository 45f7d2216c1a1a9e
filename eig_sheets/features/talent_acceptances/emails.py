"""The reminder to talents who were told that they are retained, and have not answered. Pure."""

from typing import Final

from eig_sheets.domain.decisions import RETAINED
from eig_sheets.emails.catalogue.entries import Email, Mail
from eig_sheets.features.acceptances.asked import FIELD
from eig_sheets.features.acceptances.emails import reminder
from eig_sheets.features.talent_acceptances.talents import TALENTS

MAIL: Final = Mail(
    emails=(
        Email(id="rappel_acceptation_talent", about=TALENTS.tab, due=reminder(TALENTS, ("statut", RETAINED)),
              accepts={"statut": (RETAINED,), FIELD: (None,)}),
    ),
)  # fmt: skip
