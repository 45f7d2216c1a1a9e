"""A fictional milestone and those of a project, for the texts of the e-mails of the ten months."""

from datetime import datetime

from eig_sheets.emails.mail.context import Context

MILESTONES = (
    {"jalon": "Première version testée par des usagers", "echeance": datetime(2022, 2, 1)},
    {"jalon": "Code publié", "echeance": None},
)
VALUES = {
    "email_responsable": ("alix.moreau@example.org", "noa.simon@example.org"),
    "emails_copie": ("camille.durand@example.org", "sacha.petit@example.org", "alix.moreau@example.org"),
    "jalon": "Première version testée par des usagers",
    "echeance": datetime(2022, 2, 1),
    "jalons": tuple(Context(milestone, lambda name: f"Suivi!{name}") for milestone in MILESTONES),
}
FREE_TEXT = ("jalon",)
"""The placeholders that hold what people wrote, on a line."""
