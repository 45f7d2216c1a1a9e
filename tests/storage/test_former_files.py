"""What older versions left in files of their own is taken over once, whatever stops it, and never overwritten."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import date, datetime

import pytest

from eig_sheets.domain.acts import Act, ActStage, RecordedAct
from eig_sheets.domain.requests import Action, Recorded, Stage
from eig_sheets.storage import kept_records
from eig_sheets.storage.ballot_log import Ballot, BallotLog
from eig_sheets.storage.demarche_progress import Progress, ProgressRecord
from eig_sheets.storage.elimination_log import Elimination, EliminationLog, Listed
from eig_sheets.storage.handover_log import HandoverLog
from eig_sheets.storage.import_log import ImportLog
from eig_sheets.storage.import_record import ImportRecord
from eig_sheets.storage.ledger_file import LedgerError
from eig_sheets.storage.outcome_ledger import OutcomeLedger
from eig_sheets.storage.ranking_record import RankingRecords
from eig_sheets.storage.received import KnownDossier, Received, Waiting
from eig_sheets.storage.records import FILE
from eig_sheets.storage.request_ledger import RequestLedger

PLACE = "/partage/campagne.xlsx"
ENDING = f"-{hashlib.sha256(PLACE.encode()).hexdigest()[:16]}.json"
NOON = datetime(2021, 5, 6, 12, 0, 7)

DECISIONS = """
CREATE TABLE act (
    workbook TEXT NOT NULL, numero TEXT NOT NULL, act TEXT NOT NULL, stage TEXT NOT NULL, moment TEXT NOT NULL,
    detail TEXT NOT NULL, PRIMARY KEY (workbook, numero, act)
);
INSERT INTO act VALUES ('/partage/campagne.xlsx', '12', 'accepter', 'intended', '2021-05-06T12:00:07', '');
INSERT INTO act VALUES ('/partage/autre.xlsx', '12', 'refuser', 'done', '2021-05-06T12:00:07', '');
INSERT INTO act VALUES ('/partage/campagne.xlsx', '7', 'refuser', 'not_done', '2021-05-06T12:00:07', '« déjà »');
"""
DEMANDES = """
CREATE TABLE request (
    workbook TEXT NOT NULL, number TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL, by TEXT NOT NULL,
    stage TEXT NOT NULL, moment TEXT NOT NULL, words TEXT NOT NULL, token TEXT NOT NULL, shown TEXT NOT NULL,
    armed INTEGER NOT NULL, attempts INTEGER NOT NULL, PRIMARY KEY (workbook, number)
);
INSERT INTO request VALUES ('/partage/campagne.xlsx', 'BCDFGHJ', 'envoyer', '« tout »', 'Ada', 'to_confirm',
    '2021-05-06T12:00:07', 'la
liste', 'jeton', 'abc', 1, 2);
INSERT INTO request VALUES ('/partage/autre.xlsx', 'BCDFGHJ', 'envoyer', '', 'Grace', 'done',
    '2021-05-06T12:00:07', '', '', '', 0, 0);
"""
GRILLES = (
    '[{"juror": "ada@exemple.invalid", "kind": "notes", "path": "/partage/grilles/ada\\udce9.xlsx", "digest": "d1", '
    '"at": "2021-04-20T09:00:00", "dossiers": ["12", "7"]}]'
)
IMPORTS = (
    '[{"at": "2021-04-08T09:30:12", "source": "export.csv", "rows": {"101": "abc"}, "filled": [["101", "projet"]], '
    '"written": true, "undone": false, "brought": {"101": {"projet": "abc def"}}, "before": {"dossiers": {"101": '
    '[{"projet": "abc"}, {"cout": ["3", "2021-04-01T08:00:00", null], "zip": ["75", "2021-04-01T08:00:00", '
    '"2021-03-31T08:00:00"]}]}, "fingerprints": ["f"]}, "tab": "candidatures"}, {"at": "2021-04-09T09:30:12", '
    '"source": "ancien.csv", "rows": {}, "filled": [], "written": false, "undone": false}]'
)
DEMARCHE = '{"source": "démarche 1", "cursor": "abc"}'
ELIMINATIONS = (
    '[{"reference": "BE-1", "listed_at": "2027-01-05T12:00:00", "count": 1, "items": [{"holding": "pages_jures", '
    '"key": "d1", "digest": "d1", "made": "2021-05-04", "size": 0}], "visa": "AN 12", "visa_day": "2027-01-06", '
    '"begun_at": "2027-01-07T12:00:00", "done_at": "", "left": 0}]'
)
CLASSEMENT = '[{"digest": "c1ef339cff2666bbfba7a2329b4f09e81122b1529ba7279f8542a3a3ea74948b", "content": {"a": [1.5]}}]'
COFINANCEMENT = (
    '[{"day": "2021-10-04", "digest": "4b8146349a3314bceb46c039e0f51768b675c53bbde1024f7ad24be001a8c6bc", '
    '"content": "eNqrVkrJLy7OTC0qVrJSqFYyNDAE0zmpicUlQJahnmltbS0A3qwLbg=="}]'
)
FILES = {
    "decisions.sqlite3": DECISIONS, "demandes.sqlite3": DEMANDES, f"grilles{ENDING}": GRILLES,
    f"imports{ENDING}": IMPORTS, f"demarche{ENDING}": DEMARCHE, f"demarche-talents{ENDING}": DEMARCHE,
    f"eliminations{ENDING}": ELIMINATIONS, f"classement{ENDING}": CLASSEMENT, f"cofinancement{ENDING}": COFINANCEMENT,
}  # fmt: skip
READERS = {
    "decisions.sqlite3": lambda *place: [*OutcomeLedger(*place).acts().values()],
    "demandes.sqlite3": lambda *place: RequestLedger(*place).recorded(),
    f"grilles{ENDING}": lambda *place: [*BallotLog(*place).ballots().values()],
    f"imports{ENDING}": lambda *place: ImportLog(*place).records(),
    f"demarche{ENDING}": lambda *place: ProgressRecord(*place).load(),
    f"demarche-talents{ENDING}": lambda *place: ProgressRecord(*place, "talents").load(),
    f"eliminations{ENDING}": lambda *place: EliminationLog(*place).eliminations(),
    f"classement{ENDING}": lambda *place: RankingRecords(*place).contents(),
    f"cofinancement{ENDING}": lambda *place: [HandoverLog(*place).content(1), HandoverLog(*place).versions()[0][0]],
}
EARLY, LATE = datetime(2021, 4, 1, 8), datetime(2021, 3, 31, 8)
KEPT = {
    "decisions.sqlite3": [
        RecordedAct("12", Act.ACCEPT, ActStage.INTENDED, NOON),
        RecordedAct("7", Act.REFUSE, ActStage.NOT_DONE, NOON, "« déjà »"),
    ],
    "demandes.sqlite3": [
        Recorded(
            "BCDFGHJ", Action.SEND, "« tout »", "Ada", Stage.TO_CONFIRM, NOON, "la\nliste", "jeton", "abc", True, 2
        )
    ],
    f"grilles{ENDING}": [
        Ballot("ada@exemple.invalid", "notes", "/partage/grilles/ada\udce9.xlsx", "d1", "2021-04-20T09:00:00",
               ("12", "7"))
    ],
    f"imports{ENDING}": [
        ImportRecord(
            datetime(2021, 4, 8, 9, 30, 12), "export.csv", {"101": "abc"}, (("101", "projet"),), written=True,
            brought={"101": {"projet": "abc def"}},
            before=Received({"101": KnownDossier(
                {"projet": "abc"}, {"cout": Waiting("3", EARLY), "zip": Waiting("75", EARLY, LATE)}
            )}, ("f",)),
        ),
        ImportRecord(datetime(2021, 4, 9, 9, 30, 12), "ancien.csv", {}),
    ],
    f"demarche{ENDING}": Progress("démarche 1", "abc"),
    f"demarche-talents{ENDING}": Progress("démarche 1", "abc"),
    f"eliminations{ENDING}": [
        Elimination(
            "BE-1", "2027-01-05T12:00:00", 1, (Listed("pages_jures", "d1", "d1", "2021-05-04", 0),), "AN 12",
            "2027-01-06", "2027-01-07T12:00:00",
        )
    ],
    f"classement{ENDING}": [{"a": [1.5]}],
    f"cofinancement{ENDING}": [{"dossiers": {"101": {"least": 1.5}}}, date(2021, 10, 4)],
}  # fmt: skip
SAYS = {
    "decisions.sqlite3": "rien n’est rendu. Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le",
    "demandes.sqlite3": "aucune demande n’est faite. Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le",
    f"grilles{ENDING}": "Déplacez-le ailleurs, puis relancez « eig-sheets jury ballots » : les grilles déjà remplies",
    f"imports{ENDING}": "Déplacez-le ailleurs puis relancez : les imports déjà faits ne pourront plus être défaits par",
    f"eliminations{ENDING}": "rien n’est éliminé. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le et refaites",
    f"classement{ENDING}": "il ne prouve plus rien. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs.",
    f"cofinancement{ENDING}": "ne peut plus être dit. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs",
}


def leave(folder, name, content=None):
    """What an older version left."""
    folder.mkdir(exist_ok=True)
    content = FILES[name] if content is None else content
    if name.endswith(".json"):
        (folder / name).write_text(content, encoding="utf-8")
        return
    with closing(sqlite3.connect(folder / name)) as base:
        base.executescript(content)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", FILES)
def test_what_an_older_version_kept_is_read_once_and_its_file_goes(tmp_path, name):
    leave(tmp_path, name)
    for _ in range(2):
        assert READERS[name](tmp_path, PLACE) == KEPT[name]
        assert names(tmp_path) == [FILE]


def test_a_database_is_taken_over_for_every_workbook(tmp_path):
    for name in ("decisions.sqlite3", "demandes.sqlite3"):
        leave(tmp_path, name)
        READERS[name](tmp_path, PLACE)
    assert names(tmp_path) == [FILE]
    other = tmp_path, "/partage/autre.xlsx"
    assert [*OutcomeLedger(*other).acts()] == [("12", Act.REFUSE)]
    assert [one.by for one in RequestLedger(*other).recorded()] == ["Grace"]


def test_the_file_of_another_workbook_waits_for_it(tmp_path):
    leave(tmp_path, f"imports{ENDING}")
    assert ImportLog(tmp_path, "/partage/autre.xlsx").records() == []
    assert names(tmp_path) == [f"imports{ENDING}"]


def test_what_is_to_be_purged_is_seen_where_an_older_version_left_it(tmp_path):
    for name in FILES:
        leave(tmp_path, name)
    found = kept_records.names_of(tmp_path, PLACE)
    assert {*found} == kept_records.BY_NAME.keys()
    for name in found:
        kept_records.BY_NAME[name](tmp_path, PLACE).erase()
    assert kept_records.names_of(tmp_path, PLACE) == []
    assert not [
        path for path in tmp_path.iterdir() if b"ada@" in path.read_bytes() or b"la\\nliste" in path.read_bytes()
    ]


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize("content", ["", "[", "[1]", '{"a": 1}', "null"])
def test_a_damaged_one_is_refused_in_the_same_words_and_left(tmp_path, name, content):
    data = content.encode() if name.endswith(".json") else (content or "x").encode() * 500
    (tmp_path / name).write_bytes(data)
    for _ in range(2):
        with pytest.raises(LedgerError) as told:
            READERS[name](tmp_path, PLACE)
        said = str(told.value).replace("\u202f", " ").replace("\xa0", " ")
        assert str(tmp_path / name) in said
        assert SAYS[name] in said
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize("content", ["", "{", "[]", '{"source": "a"}', "null"])
def test_where_an_import_goes_on_from_is_lost_without_harm(tmp_path, content):
    leave(tmp_path, f"demarche{ENDING}", content)
    record = ProgressRecord(tmp_path, PLACE)
    assert record.load() == Progress()
    record.save(Progress("source", "cursor"))
    assert record.load() == Progress("source", "cursor")


def test_a_database_that_was_not_made_yet_says_nothing(tmp_path):
    (tmp_path / "decisions.sqlite3").touch()
    assert OutcomeLedger(tmp_path, PLACE).acts() == {}
    assert names(tmp_path) == [FILE]


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("demarche")])
def test_a_file_that_an_older_version_wrote_since_is_not_taken_for_nothing(tmp_path, name):
    """Which of both is right, a person says; nothing of either is lost meanwhile."""
    leave(tmp_path, name)
    READERS[name](tmp_path, PLACE)
    newer = FILES[name].replace("2021-0", "2022-0").replace("2021-1", "2022-1").replace("2027-0", "2028-0")
    leave(tmp_path, name, newer.replace("1.5", "2.5"))
    before = (tmp_path / name).read_bytes()
    for _ in range(2):
        with pytest.raises(LedgerError, match="Mettez cette version à jour partout, puis déplacez"):
            READERS[name](tmp_path, PLACE)
    assert (tmp_path / name).read_bytes() == before
    (tmp_path / name).unlink()
    assert READERS[name](tmp_path, PLACE) == KEPT[name]


def test_what_an_older_version_added_where_nothing_is_kept_is_taken_over(tmp_path):
    RequestLedger(tmp_path, "/partage/troisième.xlsx").record(KEPT["demandes.sqlite3"][0])
    leave(tmp_path, "demandes.sqlite3")
    assert RequestLedger(tmp_path, PLACE).recorded() == KEPT["demandes.sqlite3"]
    assert len(RequestLedger(tmp_path, "/partage/troisième.xlsx").recorded()) == 1


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_comes_back_as_it_was_goes_again(tmp_path, name):
    """As when a power cut undid its deletion."""
    leave(tmp_path, name)
    READERS[name](tmp_path, PLACE)
    leave(tmp_path, name)
    assert READERS[name](tmp_path, PLACE) == KEPT[name]
    assert names(tmp_path) == [FILE]


def in_child(do):
    """Do it in a process that was forked, and end it."""
    try:
        do()
    except BaseException:
        os._exit(1)
    os._exit(0)


def killed_at(event, count, read):
    """How a process ends that kills itself at its n-th event of that kind, as it reads."""
    process = os.fork()
    if not process:
        seen = 0

        def die(name, _):
            nonlocal seen
            if name == event:
                seen += 1
                if seen == count:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        in_child(read)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.parametrize("name", FILES)
def test_whatever_kills_it_all_is_there_after_the_next_run(tmp_path, name):
    """Python tells of files opened and removed, and of databases opened: a commit is between two of them."""
    ends = []
    for event in ("open", "sqlite3.connect", "os.remove"):
        for count in (1, 2, 3, 4):
            folder = tmp_path / f"{event}-{count}"
            leave(folder, name)
            ends.append(killed_at(event, count, lambda folder=folder: READERS[name](folder, PLACE)))
            assert READERS[name](folder, PLACE) == KEPT[name]
            assert names(folder) == [FILE]
    assert {*ends} == {0, -signal.SIGKILL}


def test_runs_at_once_take_it_over_once(tmp_path):
    leave(tmp_path, "demandes.sqlite3")
    children = []
    for number in range(4):
        children.append(os.fork())
        if not children[-1]:
            one = Recorded(str(number), Action.SYNC, "", "", Stage.DONE, NOON)
            in_child(lambda one=one: RequestLedger(tmp_path, PLACE).record(one))
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert sorted(one.number for one in RequestLedger(tmp_path, PLACE).recorded()) == ["0", "1", "2", "3", "BCDFGHJ"]
    assert names(tmp_path) == [FILE]
