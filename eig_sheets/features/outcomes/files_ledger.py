"""The ledger of outcomes, which the state folder keeps: an intent is committed before the act, its end after."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.features.outcomes.rules_acts import Act, ActStage, RecordedAct, may_be_asked
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.records import FormerTable, Record, with_last
from eig_sheets.text.french import typographic


class OutcomeLedger(Record[tuple[RecordedAct, ...]]):
    """The ledger of the acts on the dossiers of one workbook, in the state folder."""

    name = "decisions"
    value_type = tuple[RecordedAct, ...]
    empty = ()
    former = FormerTable("decisions.sqlite3", "act")
    unusable = "Le registre des décisions rendues {path} est inutilisable ({cause}) : rien n’est rendu."
    remedy = (
        "Rétablissez ce fichier d’une sauvegarde ; sinon déplacez-le ailleurs : l’état des dossiers dans Démarche "
        "Numérique fait foi."
    )

    def acts(self) -> dict[tuple[str, Act], RecordedAct]:
        """The last attempt at each act on each dossier, by number and act, in order of record. Raises LedgerError."""
        return {_key(attempt): attempt for attempt in self.read()}

    def record_intent(self, numero: str, act: Act, moment: datetime) -> None:
        """Commit the intent to do an act. Raises LedgerError when it was done last, or may have been done."""

        def intended(acts: tuple[RecordedAct, ...]) -> tuple[RecordedAct, ...]:
            if not may_be_asked(act, (attempt for attempt in acts if attempt.numero == numero)):
                raise LedgerError(
                    typographic(
                        f"La décision du dossier {numero} est déjà rendue, ou l’est peut-être : rien n’est fait."
                    )
                )
            return with_last(acts, RecordedAct(numero, act, ActStage.INTENDED, moment), _key)

        self.change(intended)

    def record_end(self, recorded: RecordedAct) -> None:
        """Commit the end of an act. Raises LedgerError."""
        self.change(lambda acts: with_last(acts, recorded, _key))


def _key(recorded: RecordedAct) -> tuple[str, Act]:
    return recorded.numero, recorded.act
