"""Nights that fail are told to the operator by e-mail: from the second one, once an outage, and once when it ends."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.run.commands_alerts import cause_of, counting_nights
from eig_sheets.run.known import Clock
from eig_sheets.spreadsheet.model.base import BusyError, WorkbookError
from eig_sheets.storage.outage_log import OutageLog
from eig_sheets.storage.state import BusyStateError
from tests import in_memory
from tests.clock import now
from tests.effort import examples
from tests.emails.outlets import local_smtp

pytestmark = pytest.mark.in_memory

OPERATOR = "exploitation@example.org"


@pytest.fixture
def smtp():
    """A real SMTP server, which lets everybody in."""
    with local_smtp.started() as (handler, port):
        yield handler, port


@pytest.fixture
def watched(demo, smtp):
    """The demo, whose configuration names an operator and that server."""
    configure(demo, f'[alerts]\noperator = "{OPERATOR}"', section(smtp[1]))
    return demo


def section(port):
    return f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"'


def configure(demo, *sections):
    with demo.config.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(sections) + "\n")


def log(demo):
    return OutageLog(demo.folder / ".eig-sheets", str(demo.workbook))


def nights_ago(demo, *counts):
    """Nights that failed before this one."""
    moment = now()
    for count in counts:
        log(demo).begin(moment - timedelta(days=count))


def fail(demo):
    """A sync that fails: another run holds the workbook."""
    storage = in_memory.storage_at(demo.workbook)
    storage.locked = True
    done = demo.run("sync")
    storage.locked = False
    assert done.code == 1
    return done


def messages(smtp):
    return [message_from_bytes(mail.envelope.content, policy=default) for mail in smtp[0].arrived]


def subjects(smtp):
    return [message["Subject"].replace("\u202f", " ") for message in messages(smtp)]


@pytest.mark.slow
def test_the_second_night_is_told_once_and_the_end_once(watched, smtp):
    fail(watched)
    assert smtp[0].arrived == []
    nights_ago(watched, 1)
    assert "prévenue par e-mail" in fail(watched).err
    nights_ago(watched, 2)
    fail(watched)
    assert subjects(smtp) == ["EIG5 : la synchronisation échoue"]
    for _ in range(2):
        assert watched.run("sync").code == 0
    assert subjects(smtp) == ["EIG5 : la synchronisation échoue", "EIG5 : la synchronisation est rétablie"]
    assert log(watched).nights() == ()


def test_it_goes_to_the_operator_alone_and_holds_nothing_of_the_workbook(watched, smtp):
    nights_ago(watched, 1)
    fail(watched)
    [arrived] = smtp[0].arrived
    assert arrived.envelope.rcpt_tos == [OPERATOR]
    text = messages(smtp)[0].get_body(("plain",)).get_content()
    assert "un classeur resté ouvert" in text
    assert str(watched.folder) not in arrived.envelope.content.decode()
    cells = {str(cell) for tab in watched.read().tabs for row in tab.rows for cell in row if isinstance(cell, str)}
    held = [cell for cell in cells if " " in cell.strip() and cell in text]
    assert held == []
    assert [cell for cell in cells if "@" in cell and cell in text] == []


@pytest.mark.slow
def test_a_night_that_succeeds_after_one_that_failed_is_no_outage(watched, smtp):
    nights_ago(watched, 1)
    assert watched.run("sync").code == 0
    fail(watched)
    assert smtp[0].arrived == []


def test_who_tries_again_the_same_day_gets_no_e_mail(watched, smtp):
    for hours in (0, 11, 15):
        session = At(str(watched.config), None, None, 0, quiet=True)
        session.moment = datetime(2021, 4, 30, 3) + timedelta(hours=hours)
        run(session, "fails")
    assert (len(log(watched).nights()), smtp[0].arrived) == (1, [])


@pytest.mark.slow
def test_runs_that_were_killed_are_told_by_the_next(watched, smtp):
    nights_ago(watched, 2, 1)
    watched.run("sync")
    assert subjects(smtp)[0] == "EIG5 : la synchronisation échoue"


@pytest.mark.slow
def test_a_dry_run_counts_for_nothing(watched, smtp):
    nights_ago(watched, 2, 1)
    assert watched.run("sync", "--dry-run").code == 0
    assert (len(log(watched).nights()), smtp[0].arrived) == (2, [])


def test_without_an_operator_nothing_is_counted(demo):
    fail(demo)
    assert not (demo.folder / ".eig-sheets" / "nuits.sqlite3").exists()


def test_a_missing_outlet_is_said_and_the_alert_leaves_once_there_is_one(demo, smtp):
    configure(demo, f'[alerts]\noperator = "{OPERATOR}"')
    nights_ago(demo, 1)
    said = fail(demo).err
    assert "n’a pas pu être prévenue" in said
    assert "[smtp]" in said
    configure(demo, section(smtp[1]))
    fail(demo)
    assert subjects(smtp) == ["EIG5 : la synchronisation échoue"]


@pytest.mark.slow
def test_a_message_that_the_server_refuses_is_tried_again_and_no_address_is_shown(watched, smtp):
    smtp[0].refused[OPERATOR] = f"550 nobody of {OPERATOR}"
    nights_ago(watched, 1)
    said = fail(watched).err
    assert "n’a pas pu être prévenue" in said
    assert OPERATOR not in said
    smtp[0].refused.clear()
    fail(watched)
    smtp[0].refused[OPERATOR] = "550 nobody"
    watched.run("sync")
    smtp[0].refused.clear()
    watched.run("sync")
    assert subjects(smtp) == ["EIG5 : la synchronisation échoue", "EIG5 : la synchronisation est rétablie"]


@pytest.mark.slow
def test_a_log_that_cannot_be_used_is_said_and_changes_no_outcome(watched):
    (watched.folder / ".eig-sheets" / "nuits.sqlite3").write_bytes(b"no database" * 100)
    done = watched.run("sync")
    assert (done.code, "ne serait pas signalée par e-mail" in done.err) == (0, True)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BusyError("Anne"), "un classeur resté ouvert, ou une autre exécution"),
        (BusyStateError("Anne"), "un classeur resté ouvert, ou une autre exécution"),
        (WorkbookError("Anne"), "l’accès au classeur"), (Refusal("Anne"), "les données du classeur"),
        (PermissionError("Anne"), "un fichier de cette machine"),
        (ZeroDivisionError("Anne"), "une erreur imprévue du programme"),
    ],
)  # fmt: skip
def test_a_cause_is_told_by_its_kind_alone(error, said):
    assert cause_of(error) == said


class At(Session):
    """A session at a moment that the test chooses."""

    moment = datetime(2021, 4, 30, 5, 30)

    @property
    def clock(self):
        return Clock(self.moment, self.moment.date())


def test_a_run_that_somebody_stops_is_no_failed_night(watched, smtp):
    for night, event in enumerate(("is interrupted", "fails", "is interrupted")):
        session = At(str(watched.config), None, None, 0, quiet=True)
        session.moment = At.moment + timedelta(days=night)
        run(session, event)
    assert (len(log(watched).nights()), smtp[0].arrived) == (1, [])


def test_the_end_of_an_outage_that_could_not_be_told_is_told_the_next_night(watched, smtp):
    for night, event in enumerate(("fails", "fails", "succeeds", "succeeds")):
        smtp[0].refused = {OPERATOR: "550 nobody"} if night == 2 else {}
        session = At(str(watched.config), None, None, 0, quiet=True)
        session.moment = At.moment + timedelta(days=night)
        run(session, event)
    assert subjects(smtp) == ["EIG5 : la synchronisation échoue", "EIG5 : la synchronisation est rétablie"]


EVENTS = st.lists(st.sampled_from(["succeeds", "fails", "is killed", "is interrupted"]), max_size=8)


class Killed(BaseException):
    """What nothing catches."""


@pytest.mark.slow
@settings(max_examples=examples(8))
@given(events=EVENTS)
def test_whatever_the_nights_an_outage_is_told_once(finished_demo, tmp_path_factory, smtp_all, events):
    """Each event is a night. A model that counts: failures in a row that are known of, one message, one end."""
    handler, port = smtp_all
    handler.arrived.clear()
    folder = tmp_path_factory.mktemp("nights")
    (folder / "config").mkdir()
    text = (finished_demo / "config" / "campaign.toml").read_text(encoding="utf-8")
    config = folder / "config" / "campaign.toml"
    config.write_text(f'{text}\n[alerts]\noperator = "{OPERATOR}"\n{section(port)}\n', encoding="utf-8")
    count, told, expected = 0, False, []
    for night, event in enumerate(events):
        session = At(str(config), None, None, 0, quiet=True)
        session.moment = At.moment + timedelta(days=night)
        if count >= 2 and not told:
            told, expected = True, [*expected, "échoue"]
        run(session, event)
        if event == "succeeds":
            expected += ["rétablie"] if told else []
            count, told = 0, False
        elif event != "is interrupted":
            count += 1
            if event == "fails" and count >= 2 and not told:
                told, expected = True, [*expected, "échoue"]
    subjects_ = [message_from_bytes(mail.envelope.content, policy=default)["Subject"] for mail in handler.arrived]
    assert [subject.split()[-1] for subject in subjects_] == expected


def run(session, event):
    ends = {"fails": Refusal("no"), "is killed": Killed(), "is interrupted": KeyboardInterrupt()}
    try:
        with counting_nights(session):
            if event in ends:
                raise ends[event]
    except (Refusal, Killed, KeyboardInterrupt):
        pass


@pytest.fixture(scope="module")
def smtp_all():
    """One server for every example."""
    with local_smtp.started() as server:
        yield server
