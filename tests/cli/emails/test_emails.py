"""`eig-sheets emails`: what is due and where it stands; drafts that touch the outbox and `Envois` alone."""

import pytest

from tests.columns import cell_of
from tests.effort import first
from tests.nightly import Robot
from tests.people_cells import people, type_in
from tests.program import Campaign
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory

OUTBOX, SENDINGS = "E-mails à envoyer", "Envois"
KEYS = ["id", "template", "dossier", "to", "cc", "subject", "attachments", "state", "reasons"]


@pytest.fixture
def fresh(demo) -> Campaign:
    """The demo before its first e-mail."""
    edit(demo.workbook, "delete_tab", tab=OUTBOX)
    edit(demo.workbook, "delete_tab", tab=SENDINGS)
    for path in demo.state.folder.glob("etat.sqlite3*"):
        path.unlink()
    assert demo.run("init").code == 0
    return demo


def ids(campaign):
    return [row["Id"] for row in Robot(campaign).tab(OUTBOX).rows]


@pytest.mark.slow
def test_list_as_json(demo):
    done = demo.run("emails", "list", "--format", "json")
    assert done.code == 0
    assert [list(record) for record in done.records] == [KEYS] * 33
    states = [record["state"] for record in done.records]
    assert (states.count("À valider"), states.count("Bloqué")) == (30, 3)
    for record in done.records:
        assert (record["state"] == "Bloqué") == bool(record["reasons"])
        assert (record["state"] == "Bloqué") == (record["to"] == [])
        assert record["dossier"] is None or record["id"].endswith(record["dossier"])


@pytest.mark.slow
def test_list_follows_what_people_do(demo):
    edit(demo.workbook, "set", tab=OUTBOX, cell=cell_of("emails", "valider", 3), value="oui")
    edit(demo.workbook, "set", tab=OUTBOX, cell=cell_of("emails", "ne_pas_envoyer", 4), value="oui")
    edit(demo.workbook, "delete_row", tab=OUTBOX, at=5)
    states = {email["id"]: email["state"] for email in demo.run("emails", "list", "--format", "json").records}
    counts = {state: [*states.values()].count(state) for state in states.values()}
    assert counts == {"Validé": 1, "Écarté": 1, "Retiré": 1, "À valider": 27, "Bloqué": 3}


@pytest.mark.slow
def test_list_filters(demo):
    laureates = demo.run("emails", "list", "--template", "laureat", "--format", "json").records
    assert {email["template"] for email in laureates} == {"laureat"}
    number = laureates[0]["dossier"]
    for_one = demo.run("emails", "list", "--dossier", number, "--format", "json").records
    assert {record["dossier"] for record in for_one} == {number}
    both = demo.run("emails", "list", "--dossier", number, "--template", "laureat", "--format", "json").records
    assert [record["id"] for record in both] == [f"laureat-{number}"]
    assert demo.run("emails", "list", "--dossier", "3718404", "--template", "laureat").out == "Aucun e-mail.\n"


ASKED_FOR = (
    "list",
    "list --format json",
    "draft",
    "draft --dry-run",
    "send --dry-run",
    "send --redirect-all-to a@b.fr",
)


@pytest.mark.slow
@pytest.mark.parametrize("command", ASKED_FOR)
@pytest.mark.parametrize("kept", first(1, [True, False]), ids=["file", "no file"])
def test_an_e_mail_that_is_disabled_is_said_to_be(fresh, command, kept):
    fresh.set_config("disabled = [", 'disabled = ["laureat", ')
    if not kept:
        (fresh.folder / "config" / "emails" / "laureat.md").unlink()
    before = fresh.bytes
    done = fresh.run("emails", *command.split(), "--template", "laureat")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1), done
    assert "« laureat » est désactivé" in done.err.replace("\u202f", " ").replace("\xa0", " ")
    assert "emails.disabled" in done.err
    assert fresh.bytes == before


@pytest.mark.slow
def test_what_was_proposed_before_it_was_disabled_is_still_listed(demo):
    demo.set_config("disabled = [", 'disabled = ["laureat", ')
    listed = demo.run("emails", "list", "--template", "laureat", "--format", "json")
    assert (listed.code, len(listed.records)) == (0, 5), listed


@pytest.mark.slow
def test_before_any_draft_they_are_to_be_added(fresh):
    states = [email["state"] for email in fresh.run("emails", "list", "--format", "json").records]
    assert (states.count("À ajouter"), states.count("Bloqué"), len(states)) == (30, 3, 33)


@pytest.mark.slow
def test_a_template_alone(fresh):
    before, tabs = people(fresh.workbook), Robot(fresh).read().tabs
    score = cell_of("evaluations", "pertinence", 83)
    type_in(fresh.workbook, "Évaluations", score, 1)
    done = fresh.run("emails", "draft", "--template", "laureat")
    assert (done.code, done.out) == (0, "")
    assert done.own.replace("\u202f", " ") == f"{fresh.workbook} : 5 e-mails ajoutés.\n"
    assert {sending_id.partition("-")[0] for sending_id in ids(fresh)} == {"laureat"}
    after = people(fresh.workbook)
    assert [place for place in before.lost(after) if f"Évaluations!{score}" not in place] == []
    assert {tab for tab, _ in before.added(after)} == {OUTBOX}
    now = Robot(fresh).read()
    changed = [tab.name for tab in tabs if now.tab(tab.name) != tab and tab.name != "Évaluations"]
    assert changed == [OUTBOX, SENDINGS]
    assert {row["Id"] for row in Robot(fresh).tab(SENDINGS).rows} == {*ids(fresh)}


@pytest.mark.slow
def test_a_dossier_alone_and_then_the_others(fresh):
    fresh.run("emails", "draft", "--dossier", "3715970")
    first = ids(fresh)
    assert first
    assert all(sending_id.endswith("3715970") for sending_id in first)
    before = fresh.bytes
    again = fresh.run("emails", "draft", "--dossier", "3715970")
    assert again.own.replace("\u202f", " ") == f"{fresh.workbook} : aucun e-mail ajouté.\n"
    assert fresh.bytes == before
    fresh.run("emails", "draft")
    assert ids(fresh)[: len(first)] == first
    assert len(set(ids(fresh))) == len(ids(fresh)) == 30
    fresh.run("sync")
    assert len(ids(fresh)) == 30


@pytest.mark.slow
def test_blocked_e_mails_are_reported(fresh):
    done = fresh.run("emails", "draft", "--template", "non_retenu")
    lines = done.err.replace("\u202f", " ").splitlines()
    assert lines[0] == f"{fresh.workbook} : 1 e-mail ajouté, 1 bloqué."
    assert lines[1].startswith("• non_retenu-3722986 : ")
    assert "Candidatures!" in lines[1]
    assert "non_retenu-3722986" not in ids(fresh)


def test_a_dry_run_writes_nothing(fresh):
    before = fresh.bytes
    done = fresh.run("emails", "draft", "--template", "laureat", "--dry-run", "--format", "json")
    assert done.code == 0
    assert {record["tab"] for record in done.records} == {OUTBOX, SENDINGS}
    assert fresh.bytes == before


@pytest.mark.slow
def test_an_unknown_template_is_refused(demo):
    for command in ("list", "draft"):
        done = demo.run("emails", command, "--template", "laureats")
        assert (done.code, done.out) == (1, "")
        assert done.err.replace("\u202f", " ") == "Modèle inconnu : « laureats ». Vouliez-vous dire « laureat » ?\n"
    assert "Modèles connus" in demo.run("emails", "list", "--template", "zzz").err


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["Lauréat", "LAUREAT"])
def test_a_template_is_named_as_people_write(demo, typed):
    lists = [
        demo.run("emails", "list", "--template", template, "--format", "json").records
        for template in ("laureat", typed)
    ]
    assert lists[0]
    assert lists[0] == lists[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "number", "hint"),
    first(
        1,
        [
            (("list",), "zzz", ""),
            (("list",), "371597", " Vouliez-vous dire « 3715970 » ?"),
            (("draft",), "zzz", ""),
            (("draft", "--dry-run"), "zzz", ""),
            (("send", "--dry-run"), "zzz", ""),
        ],
    ),
)
def test_an_unknown_dossier_is_refused(fresh, command, number, hint):
    before = fresh.bytes
    done = fresh.run("emails", *command, "--dossier", number)
    assert (done.code, done.out) == (1, "")
    assert done.err.replace("\u202f", " ") == f"Le dossier « {number} » n’est pas dans le classeur.{hint}\n"
    assert fresh.bytes == before


@pytest.mark.slow
def test_a_dossier_that_was_deleted_since_its_row_is_still_known(demo):
    row = next(record for record in Robot(demo).tab(OUTBOX).rows if record["N° de dossier"] == "3715970")
    numbers = [row["N° de dossier"] for row in Robot(demo).tab("Candidatures").rows]
    edit(demo.workbook, "delete_row", tab="Candidatures", at=numbers.index("3715970") + 3)
    listing = demo.run("emails", "list", "--dossier", "3715970", "--format", "json")
    assert (listing.code, row["Id"] in {record["id"] for record in listing.records}) == (0, True), listing


GMAIL = '[gmail]\nkey = "absent.json"\nmailbox = "eig@example.org"\n'
IMAP = '[imap]\nhost = "127.0.0.1"\nsecurity = "aucune"\nuser = "eig"\npassword_variable = "EIG_ABSENT"\n'


@pytest.mark.parametrize(
    ("outlet", "lines", "told"),
    first(
        1,
        [
            ("gmail", "", "Aucune boîte Gmail n’est indiquée"),
            ("imap", "", "Aucune boîte IMAP n’est indiquée"),
            ("gmail", GMAIL, "absent.json ne peut pas être lu"),
            ("imap", IMAP, "La variable EIG_ABSENT"),
            ("eml", "", "ne peut pas recevoir de brouillons"),
        ],
    ),
)
def test_a_draft_for_an_outlet_that_cannot_be_used_appends_nothing(fresh, outlet, lines, told, tmp_path):
    config = fresh.folder / "config" / "campaign.toml"
    config.write_text(f"{config.read_text(encoding='utf-8')}\n{lines}", encoding="utf-8")
    (tmp_path / "file").touch()
    before = fresh.bytes
    done = fresh.run("emails", "draft", "--to", outlet, "--folder", tmp_path / "file" / "drafts")
    assert (done.code, done.out, told in done.err.replace("\u202f", " ")) == (1, "", True), done
    assert fresh.bytes == before
    assert ids(fresh) == []


@pytest.mark.parametrize("outlet", ["gmail", "imap"])
def test_a_dry_run_for_an_outlet_that_is_not_configured_is_refused(fresh, outlet):
    done = fresh.run("emails", "draft", "--to", outlet, "--dry-run")
    assert (done.code, done.out) == (1, "")


@pytest.mark.slow
def test_drafts_that_are_files_say_where_they_are(fresh, tmp_path):
    done = fresh.run("emails", "draft", "--to", "eml", "--folder", tmp_path / "drafts", "--template", "laureat")
    assert (done.code, (tmp_path / "drafts" / "index.html").exists()) == (0, True), done
    assert f"Brouillons dans {tmp_path / 'drafts'} : ouvrez index.html" in done.err.replace("\u202f", " ")


@pytest.mark.slow
def test_no_folder_is_made_when_there_is_nothing_to_draft(fresh, tmp_path):
    done = fresh.run(
        "emails",
        "draft",
        "--to",
        "eml",
        "--folder",
        tmp_path / "drafts",
        "--dossier",
        "3718404",
        "--template",
        "laureat",
    )
    assert (done.code, (tmp_path / "drafts").exists()) == (0, False), done
