"""`[requests]`: what officers may ask for in `Demandes`, who may ask for it, and where the files go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal, Self

from pydantic import Field

from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.domain.request_steps import Permissions
from eig_sheets.domain.requests import Action
from eig_sheets.domain.rules import Rules, Words
from eig_sheets.text.french import plain

_ACTIONS: Final = tuple(action.value for action in Action)
_OF_TALENTS: Final = (Action.SYNC, Action.DRAFTS, Action.TEAMS, Action.SEND)


class RequestSettings(Rules):
    """`[requests]`: the actions that are offered; `by`: of some, the names (« Demandé par ») that alone may ask.

    `folder`: where the files that are asked for are written; `ballots`: whether grilles are files or pages online.
    """

    actions: tuple[str, ...] = _ACTIONS
    by: dict[str, tuple[Words, ...]] = Field(default_factory=dict)
    folder: Words = "demandes"
    ballots: Literal["fichiers", "en_ligne"] = "fichiers"

    @property
    def offered(self) -> tuple[Action, ...]:
        """The actions that are offered, in the order of the drop-down."""
        return tuple(map(Action, self.actions))

    def for_talents(self) -> Self:
        """The same settings in the candidates' workbook, where what is about dossiers is not offered."""
        return self.model_copy(update={"actions": tuple(action for action in self.actions if action in _OF_TALENTS)})

    @property
    def permissions(self) -> Permissions:
        """What may be asked for, and by whom."""
        by = {Action(action): frozenset(map(plain, names)) for action, names in self.by.items()}
        return Permissions(frozenset(self.offered), by)


def request_errors(settings: RequestSettings) -> Iterator[str]:
    """A French sentence for each action that does not exist or is there twice."""
    yield from unknown_name_errors("requests.actions", settings.actions, _ACTIONS)
    yield from unknown_name_errors("requests.by", [*settings.by], _ACTIONS)
    for action, times in Counter(settings.actions).items():
        if times > 1:
            yield f"requests.actions donne deux fois « {action} » : gardez-en un"
    for action, names in settings.by.items():
        if not any(map(plain, names)):
            yield f"requests.by.{action} ne nomme personne : donnez des noms, ou retirez cette clé"
