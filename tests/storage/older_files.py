"""What older versions left in the state folder, each kind in its file, and what it says."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import date, datetime

from eig_sheets.call.applications.files_records import ImportLog, Progress, ProgressRecord
from eig_sheets.call.cofinancing.files_handovers import HandoverLog
from eig_sheets.call.jury.files_ballots import Ballot, BallotLog
from eig_sheets.storage.imported_dossiers import ImportedDossiers, ImportRecord, KnownDossier, WaitingValue
from tests.features.modules import modules_of_features

PLACE = "/partage/campagne.xlsx"
ENDING = f"-{hashlib.sha256(PLACE.encode()).hexdigest()[:16]}.json"

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
COFINANCEMENT = (
    '[{"day": "2021-10-04", "digest": "4b8146349a3314bceb46c039e0f51768b675c53bbde1024f7ad24be001a8c6bc", '
    '"content": "eNqrVkrJLy7OTC0qVrJSqFYyNDAE0zmpicUlQJahnmltbS0A3qwLbg=="}]'
)
FILES = {
    f"grilles{ENDING}": GRILLES,
    f"imports{ENDING}": IMPORTS, f"demarche{ENDING}": DEMARCHE, f"demarche-talents{ENDING}": DEMARCHE,
    f"cofinancement{ENDING}": COFINANCEMENT,
}  # fmt: skip
READERS = {
    f"grilles{ENDING}": lambda *place: [*BallotLog(*place).ballots().values()],
    f"imports{ENDING}": lambda *place: ImportLog(*place).records(),
    f"demarche{ENDING}": lambda *place: ProgressRecord(*place).load(),
    f"demarche-talents{ENDING}": lambda *place: ProgressRecord(*place, "talents").load(),
    f"cofinancement{ENDING}": lambda *place: [HandoverLog(*place).content(1), HandoverLog(*place).versions()[0][0]],
}
KINDS = {
    f"grilles{ENDING}": BallotLog,
    f"imports{ENDING}": ImportLog, f"demarche{ENDING}": ProgressRecord,
    f"demarche-talents{ENDING}": lambda *place: ProgressRecord(*place, "talents"),
    f"cofinancement{ENDING}": HandoverLog,
}  # fmt: skip
EARLY, LATE = datetime(2021, 4, 1, 8), datetime(2021, 3, 31, 8)
KEPT = {
    f"grilles{ENDING}": [
        Ballot("ada@exemple.invalid", "notes", "/partage/grilles/ada\udce9.xlsx", "d1", "2021-04-20T09:00:00",
               ("12", "7"))
    ],
    f"imports{ENDING}": [
        ImportRecord(
            datetime(2021, 4, 8, 9, 30, 12), "export.csv", {"101": "abc"}, (("101", "projet"),), written=True,
            brought={"101": {"projet": "abc def"}},
            before=ImportedDossiers({"101": KnownDossier(
                {"projet": "abc"}, {"cout": WaitingValue("3", EARLY), "zip": WaitingValue("75", EARLY, LATE)}
            )}, ("f",)),
        ),
        ImportRecord(datetime(2021, 4, 9, 9, 30, 12), "ancien.csv", {}),
    ],
    f"demarche{ENDING}": Progress("démarche 1", "abc"),
    f"demarche-talents{ENDING}": Progress("démarche 1", "abc"),
    f"cofinancement{ENDING}": [{"dossiers": {"101": {"least": 1.5}}}, date(2021, 10, 4)],
}  # fmt: skip
SAYS = {
    f"grilles{ENDING}": "Déplacez-le ailleurs, puis relancez « eig-sheets jury ballots » : les grilles déjà remplies",
    f"imports{ENDING}": "Déplacez-le ailleurs puis relancez : les imports déjà faits ne pourront plus être défaits par",
    f"cofinancement{ENDING}": "ne peut plus être dit. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs",
}
for _module in modules_of_features("older_files"):
    FILES |= _module.FILES
    READERS |= _module.READERS
    KINDS |= _module.KINDS
    KEPT |= _module.KEPT
    SAYS |= _module.SAYS


def leave(folder, name, content=None):
    """What an older version left."""
    folder.mkdir(exist_ok=True)
    content = FILES[name] if content is None else content
    if name.endswith(".json"):
        (folder / name).write_text(content, encoding="utf-8")
        return
    with closing(sqlite3.connect(folder / name)) as base:
        base.executescript(content)


def take_over(folder, name):
    """Have what an older version left taken over, as any change of its kind does."""
    KINDS[name](folder, PLACE).change(lambda value: value)
