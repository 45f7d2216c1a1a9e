"""The words of outcomes that are those of the statuses of e-mails, too."""

from eig_sheets.features.outcomes.rules import OutcomeStatus
from eig_sheets.features.outcomes.words import STATUSES

OTHERS = {("words.py", STATUSES[status]) for status in (OutcomeStatus.FAILED, OutcomeStatus.UNCERTAIN)}
