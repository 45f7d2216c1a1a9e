"""People who edit while commands run, and a network that fails: nothing of theirs is lost, and all comes right."""

import re
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.spreadsheet.google import book as books
from tests.effort import examples
from tests.end_to_end.google import acts, checks
from tests.end_to_end.google.support import Desk, Finished, make_folder, synchronised
from tests.end_to_end.sending.post import opened
from tests.sheets_server.errors import ApiError
from tests.sheets_server.people import EditError, edited

STEPS = st.lists(st.one_of(acts.RUNS, acts.RUNS, acts.EDITS), min_size=1, max_size=3)
STARTS = st.sampled_from(["book", "filled"])
ADVISED = st.sampled_from([books.ADVISED_RESPONSE_BYTES, 1])
"""Read in one call, or in two between which people do something too."""


@pytest.fixture(scope="module")
def sending(tmp_path_factory):
    """A campaign of which e-mails are due whatever the day, and the server by which they really leave."""
    folder = tmp_path_factory.mktemp("sending")
    make_folder(folder)
    path = folder / "config" / "campaign.toml"
    text, count = re.subn("(?m)^reply_before = .*\n", "", path.read_text(encoding="utf-8"))
    assert count == 1
    assert "\nreads = 4 " in text
    text = text.replace("\nreads = 4 ", "\nreads = 2 ")
    with opened() as (post, port):
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n'
        path.write_text(f"{text}\n{smtp}", encoding="utf-8")
        with synchronised(folder) as campaign:
            assert campaign.desk.run("jury", "assign").code == 0
            yield Finished(campaign.desk, campaign.blank, campaign.filled, campaign.desk.book), post


def checked(desk: Desk, command=("sync",), script=()) -> Counter[str]:
    """One command that ends well and loses nothing; the ids that it added."""
    files = desk.state.parent
    if command == acts.SEND:
        edit(desk, acts.TICK)
    outcome = desk.run(*(str(files / part) if part in acts.FILES else part for part in command), script=script)
    checks.ended_well(outcome)
    checks.nothing_lost(desk)
    if outcome.code and command[0] == "sync" and not set(PARTLY) & {*outcome.err.split()}:
        checks.only_the_journal_changed(desk)
    for spreadsheet in ("copie.xlsx", "rapport.html"):  # neither replaces a file
        (files / spreadsheet).unlink(missing_ok=True)
    return checks.appended(desk)


PARTLY = ("peut-être", "refuse")
"""Words of a sync that may have written: its answer was lost, or Google refused what it added to people's tabs."""


EXPORT = "Numéro de dossier,Nom du projet,Date de dépôt\n4512303,Autre,02/03/2021\n4519999,Neuf,02/03/2021\n"


def left(post) -> Counter[str]:
    """How often each e-mail left: its Message-ID is made of its id."""
    return Counter(one.message["Message-ID"] for one in post.received)


@pytest.mark.slow
def test_an_e_mail_of_theirs_leaves_once(sending, tmp_path):
    """What the random people do with `acts.SEND` is a real send."""
    finished, post = sending
    desk = finished.copy(tmp_path)
    post.received.clear()
    for _ in range(2):
        checked(desk, acts.SEND)
        checked(desk)
        assert [*left(post).values()] == [1]


def edit(desk: Desk, act) -> None:
    """An edit between two runs; what cannot be done is not."""
    with suppress(EditError, ApiError, KeyError):
        desk.book = edited(desk.book, act)


@settings(
    max_examples=examples(2, long=16), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(start=STARTS, advised=ADVISED, steps=STEPS)
def test_whatever_people_and_networks_do(sending, tmp_path_factory, start, advised, steps):
    finished, post = sending
    post.received.clear()
    desk = finished.copy(tmp_path_factory.mktemp("run"), finished.filled if start == "filled" else None)
    desk.advised = advised
    (desk.state.parent / "export.csv").write_text(EXPORT, encoding="utf-8")
    added = checks.ids(desk.book)
    for step in steps:
        if isinstance(step, tuple):
            added += checked(desk, *step)
        else:
            edit(desk, step)
    desk.deliver_late()
    added += checked(desk)
    added += checked(desk)  # what was under headers that people lost is told by one run, and gone with the next
    assert [one for one, count in added.items() if count > 1] == []
    assert [one for one, count in left(post).items() if count > 1] == []
    last = desk.sync()
    checks.ended_well(last)
    assert desk.written == 0, (last, desk.calls)
    if last.code == 0:
        checks.shows_what_is_so(desk)
