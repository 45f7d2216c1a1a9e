"""What a template may name besides the columns of `Candidatures`, and the columns that it may never name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

INTERNAL: Final = frozenset({"commentaire", "motif"})
"""Columns that stay within the team."""

COMPUTED: Final[Mapping[str, str]] = {
    "campagne": "Nom de la campagne (campaign.name)",
    "contact": "Adresse de contact (emails.contact)",
    "signature": "Signature (emails.signature)",
    "reponse_avant": "Date limite de réponse (emails.reply_before)",
    "dates_jury": "Dates du jury (emails.jury_dates)",
    "pieces": "Liste de ce qui manque au dossier",
    "motifs": "Liste des motifs d’inéligibilité relevés",
    "a_completer": "Liste de ce qui manque au co-financement",
    "montant_min": "Co-financement minimal, en euros",
    "montant_max": "Co-financement maximal, en euros",
    "jure": "Nom du juré",
    "email_jure": "E-mail du juré",
    "dossiers": "Liste des dossiers que le juré n’a pas encore évalués",
}
"""Placeholder → how it is called in a message to the staff; those of the configuration name its key."""
