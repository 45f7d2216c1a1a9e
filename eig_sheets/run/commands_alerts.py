"""Nights that fail are counted, and told to the operator: one e-mail an outage, one when it ends.

Nothing here may change how the run ends: what cannot be counted or told is said, and the run goes on.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Final

from eig_sheets.call.applications.demarche.errors import DemarcheError
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError
from eig_sheets.run.alerts import Notice, SetUpCheck, failure_notice, is_told, recovery_notice, set_up_check
from eig_sheets.spreadsheet.model.base import BusyError, WorkbookError
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.outage_log import OutageLog
from eig_sheets.storage.state import BusyStateError, StateError

_UNEXPECTED: Final = "une erreur imprévue du programme"


@contextmanager
def counting_nights(session: Session) -> Iterator[None]:
    """Count this run, where the configuration names an operator: a night is a failed one until a run succeeds."""
    if not session.campaign.alerts.operator:
        yield
        return
    nights = _Nights(session)
    nights.begin()
    try:
        yield
    except KeyboardInterrupt:
        nights.interrupt()
        raise
    except Exception as error:
        nights.fail(error)
        raise
    nights.succeed()


class _Nights:
    """The nights of one workbook, at the moment of a run."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._began = session.clock.now.replace(microsecond=0)
        self._is_first = False

    @cached_property
    def _log(self) -> OutageLog:
        return self._session.outage_log

    def begin(self) -> None:
        """Record the night, and tell of earlier ones whose runs were killed before they could."""
        with self._saying_why_not():
            self._is_first = self._log.begin(self._began)
            earlier = self._log.nights()[:-1]  # the last one is this night
            self._tell_if_due(earlier, "")

    def interrupt(self) -> None:
        """Somebody stopped the run: that is no failure of the night."""
        with self._saying_why_not():
            if self._is_first:
                self._log.take_off(self._began)

    def fail(self, error: Exception) -> None:
        """Tell the operator, when it is due."""
        with self._saying_why_not():
            self._tell_if_due(self._log.nights(), cause_of(error))

    def succeed(self) -> None:
        """Forget the nights, and tell the operator of the end of what they were told of."""
        with self._saying_why_not():
            self._log.succeed()
            if self._log.clear_told() and not self._sent(recovery_notice(self._campaign, platform.node())):
                self._log.set_told()

    @property
    def _campaign(self) -> str:
        return self._session.campaign.campaign.id

    @property
    def _check(self) -> SetUpCheck | None:
        return set_up_check(self._session.campaign.features)

    def _tell_if_due(self, nights: Sequence[datetime], cause: str) -> None:
        """The record comes before the message: of two runs one alone sends it, and none sends it again."""
        if not (is_told(nights) and self._log.set_told()):
            return
        if not self._sent(failure_notice(self._campaign, platform.node(), nights, cause, self._check)):
            self._log.clear_told()

    def _sent(self, notice: Notice) -> bool:
        """Whether the message left, or may have."""
        from eig_sheets.cli.emails.service_messages import delivered  # what sends is for nights that fail

        address = self._session.campaign.alerts.operator
        try:
            receipt = delivered(self._session, "alerte", address, notice.subject, notice.body)
        except (OutletError, Refusal) as error:
            self._session.say(f"La personne qui exploite le robot n’a pas pu être prévenue. {error}")
            return False
        if receipt.outcome in (DeliveryOutcome.SENT, DeliveryOutcome.UNCERTAIN):
            self._session.say("La personne qui exploite le robot est prévenue par e-mail.")
            return True
        self._session.say(
            "La personne qui exploite le robot n’a pas pu être prévenue : le serveur d’envoi n’a pas pris le message. "
            f"Vérifiez [alerts] operator{f', et essayez « {self._check.mail} »' if self._check else ''}."
        )
        return False

    @contextmanager
    def _saying_why_not(self) -> Iterator[None]:
        try:
            yield
        except LedgerError as error:
            self._session.say(str(error))


def cause_of(error: Exception) -> str:
    """What stopped a run, by its kind: a French noun phrase. The error's own words may hold names."""
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        ((BusyError, BusyStateError), "un classeur resté ouvert, ou une autre exécution"),
        (WorkbookError, "l’accès au classeur"),
        (Refusal, "les données du classeur"),
        (DemarcheError, "Démarche Numérique"),
        (TemplateError, "un modèle d’e-mail"),
        (OutletError, "la messagerie"),
        ((StateError, LedgerError), "le dossier d’état"),
        (OSError, "un fichier de cette machine"),
    )
    return next((words for kind, words in kinds if isinstance(error, kind)), _UNEXPECTED)
