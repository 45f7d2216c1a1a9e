"""Obsolete drafts of a Google Sheet: the robot copies them and names their rows, people delete them."""

import pytest

from tests.columns import cell_of
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import NUMBERS, Desk

OUTBOX, ARCHIVE = "E-mails à envoyer", "E-mails archivés"
DRAFT = f"laureat-{NUMBERS[0]}"


def decided(desk: Desk, value: object) -> None:
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value=value)
    assert desk.sync().code == 0


def states(desk: Desk) -> dict[object, object]:
    return {row["Id"]: row["État"] for row in desk.rows("Envois")}


def told_by_the_first_tab(desk: Desk) -> str:
    """What `Accueil` says of obsolete drafts."""
    found = [row["Précision"] for row in desk.rows("Accueil") if "obsolète" in str(row["Quoi"])]
    return " ".join(map(str, found)).replace("\u202f", " ")


@pytest.mark.slow
@pytest.mark.parametrize("lost", [False, True])
def test_people_delete_a_row_once_it_is_copied_and_its_e_mail_stays_known(desk, lost):
    decided(desk, "Lauréat")
    place = [row["Id"] for row in desk.rows(OUTBOX)].index(DRAFT)
    message = desk.rows(OUTBOX)[place]["Message"]
    decided(desk, None)
    assert [(row["Id"], row["Message"]) for row in desk.rows(ARCHIVE)] == [(DRAFT, message)]
    done = desk.run("emails", "archive", "--format", "json")
    assert [(one["id"], one["row"], one["action"]) for one in done.records] == [(DRAFT, place + 2, "à supprimer")]
    assert "en même temps que le robot" in done.records[0]["reason"]
    assert f"Vous pouvez supprimer la ligne {place + 2} :" in told_by_the_first_tab(desk)
    assert desk.rows(OUTBOX)[place]["Id"] == DRAFT
    checks.nothing_lost(desk)
    desk.edit("delete_row", tab=OUTBOX, at=place + 2)
    if lost:
        desk.edit("delete_tab", tab="Envois")
    assert desk.sync().code == 0
    assert states(desk)[DRAFT] == "Archivé"
    assert told_by_the_first_tab(desk) == ""
    assert (desk.sync().code, desk.written) == (0, 0)
    decided(desk, "Lauréat")
    assert [row["Id"] for row in desk.rows(OUTBOX) if str(row["Id"]).startswith(DRAFT)] == [f"{DRAFT}.v2"]
    checks.is_right(desk)
