"""People go on working in the workbook while e-mails leave: what they changed does not leave as it was approved."""

import pytest

from tests.columns import cell_of
from tests.end_to_end.sending import spreadsheet
from tests.end_to_end.sending.campaign import (
    OUTBOX,
    address,
    addresses,
    opened_by_people,
    sending_id,
)
from tests.end_to_end.sending.conftest import FEW
from tests.end_to_end.sending.spreadsheet import IDS, PEOPLE
from tests.end_to_end.sending.terminal import at_a_terminal


def column_of(sheet, header):
    return next(cell.column for cell in sheet[1] if cell.value == header)


def row_of(sheet, key):
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def deleted(team, key, tab=OUTBOX):
    with opened_by_people(team.workbook) as book:
        book[tab].delete_rows(row_of(book[tab], key))


def sorted_backwards(team, *headers):
    """These columns only, or whole rows when none is named."""
    with opened_by_people(team.workbook) as book:
        sheet = book[OUTBOX]
        for column in [column_of(sheet, one) for one in headers] or range(1, sheet.max_column + 1):
            values = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
            for row, value in enumerate(reversed(values), 2):
                sheet.cell(row, column).value = value


ACTS = {
    "edited": lambda team, one, numero: team.type_in(OUTBOX, {(one, "Message"): "Autre chose."}),
    "addressed to somebody else": lambda team, one, numero: team.type_in(OUTBOX, {(one, "Destinataires"): address(2)}),
    "unticked": lambda team, one, numero: team.tick(one, value=None),
    "set aside": lambda team, one, numero: team.tick(one, header="Ne pas envoyer"),
    "deleted": lambda team, one, numero: deleted(team, one),
    "another feedback": lambda team, one, numero: team.type_in(
        "Candidatures", {(numero, "Retour au porteur"): "Un autre retour."}
    ),
    "no longer refused": lambda team, one, numero: team.type_in("Candidatures", {(numero, "Décision"): "Désisté"}),
}


def test_between_what_is_shown_and_the_number_typed(team, post):
    team.tick()
    with at_a_terminal(team.arguments("emails", "send")) as terminal:
        terminal.wait_for(f"Tapez {FEW} pour envoyer")
        ACTS["edited"](team, sending_id(1), "")
        terminal.type(f"{FEW}\n")
        assert terminal.ended() == 1
    assert f"{FEW - 1} e-mails envoyés sur {FEW}." in terminal.shown
    assert "1 ligne modifiée entre-temps n’est pas partie : à relire avant de relancer." in terminal.shown
    assert sorted(post.copies) == addresses(one for one in range(FEW) if one != 1)
    assert team.states[sending_id(1)] == "Validé"


@pytest.mark.slow
@pytest.mark.parametrize(
    "headers",
    [(), pytest.param(("Destinataires",), marks=pytest.mark.slow), pytest.param(("Valider",), marks=pytest.mark.slow)],
    ids=lambda one: ", ".join(one) or "whole rows",
)
def test_a_sort_while_the_first_leave(team, post, headers):
    """Each one has its own message or none: of whole rows, all leave; of some columns, none is mixed up."""
    team.tick(*map(sending_id, range(FEW - 1)))
    with at_a_terminal(team.arguments("emails", "send")) as terminal:
        terminal.wait_for(f"Tapez {FEW - 1} pour envoyer")
        sorted_backwards(team, *headers)
        terminal.type(f"{FEW - 1}\n")
        terminal.ended()
    for email in post.received:
        [person] = email.people
        place = addresses(range(FEW)).index(person)
        assert f"Le retour {place}." in email.text
        assert place < FEW - 1
    assert len(post.received) == {(): FEW - 1, ("Valider",): FEW - 2}.get(headers, 0)


@pytest.mark.slow
def test_a_laureate_who_withdraws_hears_nothing(team, post):
    team.type_in("Candidatures", {("4512000", "Décision"): "Lauréat", ("4512001", "Décision"): "Lauréat"})
    assert team.run("sync").code == 0
    team.tick("laureat-4512000", "laureat-4512001")
    with at_a_terminal(team.arguments("emails", "send")) as terminal:
        terminal.wait_for("Tapez 2 pour envoyer")
        team.type_in("Candidatures", {("4512000", "Décision"): "Désisté"})
        terminal.type("2\n")
        assert terminal.ended() == 1
    assert sorted(post.copies) == addresses([1])
    assert team.states["laureat-4512000"] == "Obsolète"


GOOGLE = {
    "edited": (
        {"kind": "set", "tab": OUTBOX, "cell": cell_of("emails", "message", 3), "value": "Autre chose."},
        "Validé",
    ),
    "unticked": ({"kind": "set", "tab": OUTBOX, "cell": cell_of("emails", "valider", 3), "value": False}, "À valider"),
    "set aside": (
        {"kind": "set", "tab": OUTBOX, "cell": cell_of("emails", "ne_pas_envoyer", 3), "value": True},
        "Écarté",
    ),
    "deleted": ({"kind": "delete_row", "tab": OUTBOX, "at": 3}, "Retiré"),
    "sorted": ({"kind": "sort", "tab": OUTBOX, "by": "Id", "descending": True}, "Envoyé"),
}


@pytest.fixture(scope="module")
def google(tmp_path_factory):
    with spreadsheet.begun(tmp_path_factory.mktemp("sheet")) as again:
        yield again


@pytest.mark.slow
@pytest.mark.parametrize("act", GOOGLE)
def test_in_a_google_sheet(google, tmp_path, post, act):
    """Once the e-mails were shown, and before they are read again to be taken."""
    machine = google(tmp_path, post.port)
    edit, state = GOOGLE[act]
    done = machine.run("emails", "send", "--confirm", str(len(IDS)), script=[{"after_call": 1, "edit": edit}])
    assert done.code == (0 if act == "sorted" else 1), done
    assert machine.states[IDS[1]] == state
    assert sorted(post.copies) == [one for one in PEOPLE if one != PEOPLE[1] or act == "sorted"]
    assert max(post.copies.values()) == 1
