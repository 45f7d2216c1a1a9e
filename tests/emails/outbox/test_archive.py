"""`E-mails archivés`: what it copies of obsolete drafts, what becomes of them, and what may leave the outbox."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eig_sheets.campaign.vanished_rows import vanished
from eig_sheets.cli.emails.archiving import archived
from eig_sheets.cli.pipeline import planned_sync
from eig_sheets.emails.outbox.archive import obsolete_rows
from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.run.archiving import NOT_COPIED, REPEATED, SHARED, plan_removal
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.workbook.ownership_check import OwnershipError, check_ownership
from eig_sheets.workbook.requested_changes import Requested, row_digest
from tests.columns import cell_of
from tests.effort import first
from tests.emails.outbox.team import OTHER, OUTBOX, REFUSED, made, refused
from tests.nightly import Table
from tests.spreadsheet.xlsx_desk import edit

ARCHIVE = "E-mails archivés"
NEW = f"{REFUSED}.v2"
COPIED = (
    "Id", "Modèle", "N° de dossier", "Destinataires", "Copie", "Objet", "Message", "Pièces jointes", "Valider",
    "Ne pas envoyer",
)  # fmt: skip


def copies(team):
    tab = team.robot.read().tab(ARCHIVE)
    return {row["Id"]: row for row in Table(tab).rows} if tab else {}


def run_of(team):
    return planned_sync(team.session())


def archive(team):
    session = team.session()
    with session.locked():
        return archived(session)


@pytest.fixture
def replaced(team):
    """The refusal was corrected by the team, approved, then replaced: its row is obsolete."""
    team.type("Objet", REFUSED, "Mon objet")
    team.type("Valider", REFUSED, "oui")
    team.decide("90002", "Retour au porteur", "Autre.")
    team.night()
    return team


@pytest.mark.slow
def test_a_tab_without_obsolete_drafts_is_not_made(team):
    assert copies(team) == {}


@pytest.mark.slow
def test_an_obsolete_row_is_copied_with_all_its_cells_and_why(replaced):
    row, copy = replaced.row(REFUSED), copies(replaced)[REFUSED]
    assert [copy[header] for header in COPIED] == [row[header] for header in COPIED]
    assert (copy["Objet"], copy["Valider"]) == ("Mon objet", "oui")
    assert NEW in copy["Pourquoi"]
    since = copy["Obsolète depuis"]
    replaced.night()
    assert copies(replaced)[REFUSED]["Obsolète depuis"] == since
    assert {*copies(replaced)} == {REFUSED}


@pytest.mark.slow
def test_what_the_team_s_own_columns_say_is_copied_too(replaced):
    with replaced.typing(OUTBOX) as (page, table):
        place = max(table.headers.values()) + 1
        page[table.top, place] = "Relu par"
        page[replaced.row(REFUSED)["row"], place] = "Inès"
    replaced.night()
    assert copies(replaced)[REFUSED]["Autres colonnes"] == "Relu par\u202f: Inès"


@pytest.mark.slow
def test_its_row_goes_once_copied_and_no_other_moves(replaced):
    before = {row["Id"]: row for row in replaced.rows}
    removal = archive(replaced)
    assert [(row.id, row.why) for row in removal.rows] == [(REFUSED, "")]
    assert {row["Id"]: row for row in replaced.rows if row["Id"]} == {
        key: row for key, row in before.items() if key != REFUSED
    }
    assert replaced.states[REFUSED] == "Archivé"
    assert copies(replaced)[REFUSED]["Objet"] == "Mon objet"
    assert archive(replaced).rows == ()
    replaced.night()


@pytest.mark.slow
def test_its_e_mail_is_drafted_anew_only_when_it_is_due_again(team):
    team.decide("90002", "Décision", None)
    team.night()
    archive(team)
    assert team.states[REFUSED] == "Archivé"
    team.night()
    assert not [sending_id for sending_id in team.ids if sending_id and sending_id.startswith(REFUSED)]
    team.decide("90002", "Décision", "Non retenu")
    team.night()
    assert [sending_id for sending_id in team.ids if sending_id and sending_id.startswith(REFUSED)] == [NEW]
    assert team.states[NEW] == "À valider"


@pytest.mark.slow
def test_a_draft_that_came_back_is_no_longer_archived(team):
    team.decide("90002", "Décision", None)
    team.night()
    assert {*copies(team)} == {REFUSED}
    team.decide("90002", "Décision", "Non retenu")
    team.night()
    assert team.states[REFUSED] == "À valider"
    assert copies(team) == {}


@pytest.mark.slow
def test_people_may_delete_the_row_themselves(replaced):
    replaced.delete(REFUSED)
    replaced.night()
    assert replaced.states[REFUSED] == "Archivé"
    assert "E-mails archivés" in replaced.said(REFUSED)


@pytest.mark.slow
@pytest.mark.parametrize("lost", first(1, ["both", "the state", "Envois"]))
def test_it_stays_known_whatever_is_lost(team, lost):
    team.decide("90002", "Décision", None)
    team.night()
    archive(team)
    if lost != "Envois":
        team.lose_state()
    if lost != "the state":
        edit(team.path, "delete_tab", tab="Envois")
    team.night()
    assert team.states[REFUSED] == "Archivé"
    team.decide("90002", "Décision", "Non retenu")
    team.night()
    assert [sending_id for sending_id in team.ids if sending_id and sending_id.startswith(REFUSED)] == [NEW]


@pytest.mark.slow
def test_what_was_sent_set_aside_or_is_still_due_is_never_archived(team):
    team.send(OTHER, outcome=DeliveryOutcome.SENT)
    team.type("Ne pas envoyer", REFUSED, "x")
    team.decide("90002", "Décision", None)
    team.decide("90003", "Décision", None)
    team.night()
    assert copies(team) == {}
    assert archive(team).rows == ()


@pytest.mark.slow
def test_two_rows_of_one_id_are_left_to_people(replaced):
    replaced.paste(REFUSED)
    removal = archive(replaced)
    assert {row.why for row in removal.rows} == {REPEATED}
    assert not removal.plan


@pytest.mark.slow
def test_a_formula_about_the_row_keeps_it(replaced):
    cell = a1(replaced.row(REFUSED)["row"], 5)
    aside = cell_of("jury", "disponibilites", 9)
    edit(replaced.path, "set", tab="Jury", cell=aside, value=f"='{OUTBOX}'!{cell}")
    [row] = archive(replaced).rows
    assert row.why == f"Jury!{aside} en dépend"


@pytest.mark.slow
def test_where_people_type_meanwhile_rows_are_named(replaced):
    run = run_of(replaced)
    shared = replace(run.reading.snapshot.capabilities, concurrent_editors=True)
    reading = replace(run.reading, snapshot=replace(run.reading.snapshot, capabilities=shared))
    removal = plan_removal(replace(run, reading=reading), replaced.robot.state.load_last_run(), replaced.robot.now, {})
    assert [(row.id, row.why) for row in removal.rows] == [(REFUSED, SHARED)]
    assert not removal.plan


@pytest.mark.slow
def test_a_row_edited_since_it_was_copied_stays(replaced):
    replaced.type("Message", REFUSED, "Un autre message.")
    removal = plan_removal(run_of(replaced), replaced.robot.state.load_last_run(), replaced.robot.now, {})
    assert [(row.id, row.why) for row in removal.rows] == [(REFUSED, NOT_COPIED)]


@pytest.mark.parametrize("damage", first(1, ["the copy", "the state of the e-mail", "the row"]))
def test_the_proof_reads_the_workbook_itself(replaced, damage):
    """A plan that was right is refused on a workbook that does not say the same."""
    session = replaced.session()
    removal = plan_removal(run_of(replaced), session.state.load_last_run(), replaced.robot.now, {})
    tab, header, key = {
        "the copy": (ARCHIVE, "Message", REFUSED),
        "the state of the e-mail": ("Envois", "État", REFUSED),
        "the row": (OUTBOX, "Message", REFUSED),
    }[damage]
    edit(replaced.path, "set", tab=tab, cell=replaced.robot.tab(tab).cell(header, key, "Id"), value="Autre")
    later = run_of(replaced).reading
    plan = replace(removal.plan, version=later.snapshot.version)
    outbox = removal.reading.layout.tabs["emails"]
    requested = Requested(deletable={REFUSED: row_digest(outbox, removal.rows[0].row)})
    check_ownership(removal.plan, removal.reading.snapshot, removal.reading.layout, removal.reading.schema, requested)
    with pytest.raises(OwnershipError):
        check_ownership(plan, later.snapshot, later.layout, later.schema, requested)


@pytest.mark.slow
def test_many_rows_that_leave_do_not_blow_the_fuse(tmp_path):
    numbers = [str(90010 + place) for place in range(8)]
    team = made(tmp_path / "campagne", candidatures=[refused(number) for number in numbers])
    for number in numbers:
        team.decide(number, "Décision", None)
    team.night()
    for row in team.rows:
        team.delete(row["Id"])
    reading = run_of(team).reading
    assert [*vanished(reading, team.robot.state.load_last_run())] == []
    team.robot.sync()
    assert {*team.states.values()} == {"Archivé"}


@pytest.mark.slow
def test_the_first_screen_is_told_how_many_and_where(replaced):
    run = run_of(replaced)
    assert obsolete_rows(run.reading, run.emails.lines) == [replaced.row(REFUSED)["row"]]
    home = run.reading.snapshot.tab("Accueil")
    assert any("1 brouillon obsolète dans la boîte" in row for row in home.rows)
    archive(replaced)
    run = run_of(replaced)
    assert obsolete_rows(run.reading, run.emails.lines) == []
