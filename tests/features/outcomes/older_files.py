"""What older versions left of outcomes in the state folder, in a file of its own, and what it says."""

from datetime import datetime

from eig_sheets.features.outcomes.files_ledger import OutcomeLedger
from eig_sheets.features.outcomes.rules_acts import Act, ActStage, RecordedAct

NAME = "decisions.sqlite3"
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
FILES = {NAME: DECISIONS}
READERS = {NAME: lambda *place: [*OutcomeLedger(*place).acts().values()]}
KINDS = {NAME: OutcomeLedger}
KEPT = {
    NAME: [
        RecordedAct("12", Act.ACCEPT, ActStage.INTENDED, NOON),
        RecordedAct("7", Act.REFUSE, ActStage.NOT_DONE, NOON, "« déjà »"),
    ]
}
SAYS = {NAME: "rien n’est rendu. Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le"}
