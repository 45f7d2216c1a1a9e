"""Small e-mails of the programme, built as those that leave."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from eig_sheets.emails.mail.messages import OutgoingEmail, Sender
from eig_sheets.emails.mail.mime import message

SENDER = Sender("eig@example.org", "Entrepreneurs d’intérêt général")
MOMENT = datetime(2021, 4, 20, 12, 0, tzinfo=UTC)
BODY = "Bonjour,\n\n.une ligne qui commence par un point\n\n..puis deux. À l’été ?\n"


def written(number=1, to=("a@example.org",), cc=(), body=BODY, moment=MOMENT, *, accents=False):
    letter = OutgoingEmail(f"accuse-{number}", tuple(to), tuple(cc), f"Votre dossier n° {number}", body)
    return message(letter, SENDER, ZoneInfo("Europe/Paris"), moment, accents=accents)
