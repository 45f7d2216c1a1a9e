"""What older versions left of requests in the state folder, in a file of its own, and what it says."""

from datetime import datetime

from eig_sheets.features.requests.files_ledger import RequestLedger
from eig_sheets.features.requests.rules import Action, Recorded, Stage

NAME = "demandes.sqlite3"
NOON = datetime(2021, 5, 6, 12, 0, 7)
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
FILES = {NAME: DEMANDES}
READERS = {NAME: lambda *place: RequestLedger(*place).recorded()}
KINDS = {NAME: RequestLedger}
KEPT = {
    NAME: [
        Recorded(
            "BCDFGHJ", Action.SEND, "« tout »", "Ada", Stage.TO_CONFIRM, NOON, "la\nliste", "jeton", "abc", True, 2
        )
    ]
}
SAYS = {NAME: "aucune demande n’est faite. Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le"}
