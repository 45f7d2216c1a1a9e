"""Who came for advice and has no dossier: what `Accueil` says of them, and which rows of `Candidatures` count."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.features.advice.prospects import Prospects, pending_slots, prospects, submissions_of
from tests.columns import cell_of
from tests.emails.drafting.support import DOSSIER, case
from tests.features.advice.rows import ASKED, FREE_SLOT, REGISTERED, SLOT

MARCH, CLOSED = date(2021, 3, 20), date(2021, 4, 8)
HELD = {**SLOT, "statut": "Tenu"}


def pending_lines(today, **tabs):
    made = case(**tabs)
    return [*pending_slots(made.reading, made.results, today)]


def lines(today, **tabs):
    pending = pending_lines(today, **tabs)
    return [(line.what.replace("\u202f", " "), line.detail.replace("\u202f", " ")) for line in pending]


def test_people_who_came_are_counted_once_and_those_whose_organisation_applied_apart():
    attended = {**REGISTERED, "present": "oui"}
    of_agency = {**attended, "email": "autre@exemple.invalid", "administration": "AGENCE fictive"}
    applied = {**attended, "email": "lou@exemple.invalid"}  # the mentor of a dossier
    made = case(candidatures=[DOSSIER], creneaux=[HELD], inscriptions=[attended, of_agency, applied])
    assert prospects(made.reading) == Prospects(1, 1, ("creneaux", 2))
    assert prospects(case(creneaux=[SLOT], inscriptions=[REGISTERED]).reading) == Prospects(0, 0)


def test_a_dossier_whose_row_does_not_count_is_a_dossier_still():
    twice = [{**DOSSIER, "email_porteur": "claude@exemple.invalid"}, DOSSIER]
    made = case(candidatures=twice, creneaux=[HELD])
    assert made.reading.valid_rows("candidatures").empty
    assert "claude@exemple.invalid" in submissions_of(made.reading).addresses
    assert prospects(made.reading) == Prospects(0, 0)


def visitor(place: int) -> dict[str, object]:
    """Somebody who came to a slot or, one in three, to a webinar alone."""
    person = {"email": f"visiteur{place}@exemple.invalid", "administration": f"Service {place}"}
    return {**REGISTERED, **person, "present": "oui"} if place % 3 == 0 else {**HELD, **person}


@pytest.mark.slow
def test_eighteen_dossiers_for_twenty_places_leave_the_others_who_came_to_be_reminded_twice():
    """The fifth call. Of 27 people who had come, 18 are behind a dossier, by their address or their organisation."""
    came = [visitor(place) for place in range(27)]
    applied = [
        {**DOSSIER, "numero": str(5000 + place), "administration": f"Service {place}" if place % 2 else "Ailleurs",
         "email_porteur": f"visiteur{place}@exemple.invalid" if place % 2 == 0 else "collegue@exemple.invalid"}
        for place in range(18)
    ]  # fmt: skip
    made = case(candidatures=applied, creneaux=[row for row in came if "debut" in row],
                inscriptions=[row for row in came if "webinaire" in row])  # fmt: skip

    def reminded(day: date) -> list[tuple[str, str]]:
        drafts = [draft for draft in made.drafts(day) if draft.template.startswith("relance_depot")]
        return sorted((draft.person, draft.id.rpartition("-")[2]) for draft in drafts)

    left = sorted(str(visitor(place)["email"]) for place in range(18, 27))
    assert reminded(date(2021, 3, 22)) == []
    assert reminded(date(2021, 3, 23)) == [(person, "j15") for person in left]
    assert reminded(date(2021, 4, 3)) == [(person, "j15") for person in left]
    assert reminded(date(2021, 4, 4)) == [(person, "j3") for person in left]
    assert reminded(date(2021, 4, 8)) == []


def test_the_first_tab_says_who_came_until_the_closing():
    other = {**HELD, "email": "sam@exemple.invalid", "administration": "Agence fictive"}
    tabs = {"candidatures": [DOSSIER], "creneaux": [HELD, other]}
    [(what, detail)] = lines(MARCH, **tabs)
    assert what == "1 personne venue sans dossier"
    assert detail.endswith("1 autre n’est pas relancée : leur administration a un dossier.")
    [line] = pending_lines(MARCH, **tabs)
    assert (line.link.tab, line.link.cell) == ("Créneaux", cell_of("creneaux", "email", 2))
    attended = {**REGISTERED, "present": "oui"}
    [line] = pending_lines(MARCH, creneaux=[SLOT], inscriptions=[attended])
    assert (line.link.tab, line.link.cell) == ("Inscriptions", cell_of("inscriptions", "email", 2))
    assert lines(CLOSED, **tabs) == []


@pytest.mark.parametrize(
    ("free", "detail"),
    [
        (
            [FREE_SLOT],
            "1 créneau libre est à proposer : validez le message, puis saisissez l’heure choisie et « Réservé ».",
        ),
        ([], "Aucun créneau n’est libre : ajoutez-en, ou « eig-sheets slots generate »."),
    ],
)  # fmt: skip
def test_the_first_tab_says_who_asks_for_a_slot(free, detail):
    assert lines(date(2021, 2, 10), creneaux=[ASKED, *free]) == [("1 créneau demandé", detail)]


def test_a_request_has_no_hour_yet_and_its_message_lists_the_free_slots_from_tomorrow():
    today = FREE_SLOT | {"debut": datetime(2021, 2, 10, 17)}
    made = case(creneaux=[ASKED, FREE_SLOT, today])
    assert made.reading.anomalies == ()
    body = made.message("proposition_creneaux", date(2021, 2, 10)).body.replace("\u202f", " ")
    assert "- vendredi 19 février 2021 à 14 h 40." in body
    assert "10 février" not in body
    assert "pendant 20 minutes" in body


def test_without_a_free_slot_a_request_waits_and_the_tab_is_named():
    assert case(creneaux=[ASKED]).reasons("proposition_creneaux", date(2021, 2, 10)) == [
        "« Liste des créneaux libres à venir » n’a plus rien à proposer : ajoutez des créneaux « Libre » dans Créneaux."
    ]


def test_who_approves_a_reminder_is_told_to_import_dossiers_first():
    [draft] = [draft for draft in case(creneaux=[HELD]).drafts(date(2021, 3, 23)) if draft.template == "relance_depot"]
    assert draft.note.startswith("Importez d’abord les dossiers déposés")
