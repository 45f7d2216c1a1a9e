"""The e-mails of the catalogue to who asks for advice, comes to a webinar or may apply: before the call closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from eig_sheets.domain.decisions import BOOKED, HELD, REQUESTED
from eig_sheets.domain.emails import advice_conditions as advice
from eig_sheets.domain.emails import appointments
from eig_sheets.domain.emails import call_conditions as call
from eig_sheets.domain.emails.email import ANY, Email, Placeholder
from eig_sheets.domain.emails.webinars import webinar_at
from eig_sheets.domain.rules import EmailRules


def _of_webinar(field_name: str) -> Callable[[EmailRules, str], object]:
    return lambda rules, number: getattr(webinar_at(rules, number), field_name, None)


_WEBINAR: Final[Mapping[str, Placeholder]] = {
    "webinaire": Placeholder("Titre du webinaire (emails.webinars.title)", _of_webinar("title")),
    "webinaire_debut": Placeholder("Date et heure du webinaire (emails.webinars.starts)", _of_webinar("starts")),
    "webinaire_lien": Placeholder("Lien du webinaire (emails.webinars.link)", _of_webinar("link")),
}
_RECORDING: Final = Placeholder(
    "Lien de l’enregistrement du webinaire (emails.webinars.recording)", _of_webinar("recording")
)
_IMPORT_FIRST: Final = (
    "Importez d’abord les dossiers déposés : seules leurs adresses et leurs administrations disent qui a candidaté."
)

ADVICE: Final = (
    Email(id="proposition_creneaux", about="creneaux", due=advice.requested_slot, accepts={"statut": (REQUESTED,)}),
    Email(
        id=advice.INVITATION,
        about="creneaux",
        due=call.webinar,
        accepts={"statut": (BOOKED, HELD)},
        setting=lambda rules: rules.webinars,
        placeholders=_WEBINAR,
        moment="webinaire_debut",
        appointment=appointments.WEBINAR,
    ),
    Email(
        id=advice.CONFIRMATION,
        about="creneaux",
        due=call.booked_slot,
        accepts={"statut": (BOOKED,)},
        moment="debut",
        appointment=appointments.SLOT,
    ),
    Email(
        id="rappel_creneau",
        about="creneaux",
        due=advice.slot_reminder,
        accepts={"statut": (BOOKED,)},
        moment="debut",
        appointment=appointments.SLOT,
        recalls=True,
    ),
    Email(
        id=advice.REGISTRATION,
        about="inscriptions",
        due=advice.registration,
        accepts=ANY,
        setting=lambda rules: rules.webinars,
        placeholders=_WEBINAR,
        moment="webinaire_debut",
        appointment=appointments.WEBINAR,
    ),
    Email(
        id="rappel_webinaire",
        about="inscriptions",
        due=advice.webinar_reminder,
        accepts=ANY,
        setting=lambda rules: rules.webinars,
        placeholders=_WEBINAR,
        moment="webinaire_debut",
        appointment=appointments.WEBINAR,
        recalls=True,
    ),
    Email(
        id="enregistrement_webinaire",
        about="inscriptions",
        due=advice.recording,
        accepts=ANY,
        setting=lambda rules: [webinar for webinar in rules.webinars if webinar.recording],
        placeholders={**_WEBINAR, "webinaire_enregistrement": _RECORDING},
    ),
    Email(
        id=advice.AFTER_A_SLOT,
        about="creneaux",
        due=advice.reminder_after_a_slot,
        accepts={"statut": (HELD,)},
        setting=lambda rules: rules.submission_reminders,
        note=_IMPORT_FIRST,
    ),
    Email(
        id=advice.AFTER_A_WEBINAR,
        about="inscriptions",
        due=advice.reminder_after_a_webinar,
        accepts={"present": (True,)},
        setting=lambda rules: rules.submission_reminders,
        note=_IMPORT_FIRST,
    ),
)
"""In the order in which a visitor may receive them."""
