"""People and jurors edit while the commands of the jury run: no note is lost nor made up, and all comes right."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig_sheets.campaign.reviews import notes_recues
from eig_sheets.spreadsheet.google.book import GoogleWorkbook
from eig_sheets.spreadsheet.google.client import connect
from eig_sheets.storage.state import State
from tests.columns import EIG5
from tests.effort import examples
from tests.end_to_end.google import checks
from tests.end_to_end.google.belongings import lost
from tests.end_to_end.google.jurors import AtWork, answers, answers_lost, lines
from tests.end_to_end.google.jury_acts import EDITS, RUNS
from tests.end_to_end.google.support import JURORS

pytestmark = pytest.mark.slow
CRITERIA = [*EIG5.labels.items()]


@pytest.fixture(scope="module")
def at_work(finished, tmp_path_factory):
    return AtWork(finished, tmp_path_factory.mktemp("jury"))


def notes(desk):
    """What the genuine rows of `Notes reçues` say: by juror and dossier, the answers."""
    tab = GoogleWorkbook(desk.key, connect(desk.env), State(desk.state, desk.key)).read().tab("Notes reçues")
    rows = [notes_recues.record_of(row).version for row in notes_recues.read_rows(tab, CRITERIA) if row.genuine]
    return {(row.juror, row.numero): dict(row.values) for row in rows}


def checked(desk, command=("sync",), script=()):
    outcome = desk.command(command, script)
    checks.ended_well(outcome)
    for before, after in desk.writes:
        assert (lost if before.id == desk.key else answers_lost)(before, after) == [], command
    return outcome


@settings(
    max_examples=examples(2, 25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(st.one_of(RUNS, RUNS, EDITS), min_size=1, max_size=3))
def test_whatever_people_and_jurors_do(at_work, tmp_path_factory, steps):
    desk = at_work.again(tmp_path_factory.mktemp("run"))
    whole = [lines(desk.book_of(page)) for page in range(len(JURORS))]
    before = notes(desk)
    for step in steps:
        if isinstance(step, tuple):
            checked(desk, *step)
        else:
            desk.act(step)
    desk.deliver_late()
    for _ in range(2):
        ended = checked(desk)
    last = checked(desk)
    assert desk.written == 0, (last, desk.calls)
    after = notes(desk)
    made_up = {
        (*pair, name, value)
        for pair, values in after.items()
        for name, value in values.items()
        if (*pair, name, value) not in desk.said
    }
    assert made_up == set()
    if ended.code:
        return  # a tab that people deleted, say: nothing is written until they have it again
    assert before.keys() <= after.keys()
    for page, juror in enumerate(JURORS):
        if lines(desk.book_of(page)) == whole[page]:
            assert_collected(desk, page, juror, after)
    checks.shows_what_is_so(desk)


def assert_collected(desk, page, juror, after):
    said = {}
    for numero, name, value in answers(desk.book_of(page)):
        said.setdefault(numero, {})[name] = value
    for numero, values in said.items():
        if values.keys() - {"coup_de_coeur", "commentaire", "communicable"}:
            assert after.get((juror, numero)) == values
