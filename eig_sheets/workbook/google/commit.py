"""One batch, sent until it is known whether it was done, and checked once it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from eig_sheets.workbook.base import MovedError, WorkbookError
from eig_sheets.workbook.google import conflicts, marks
from eig_sheets.workbook.google.client import Client
from eig_sheets.workbook.google.ornaments import Ornament, ornaments_of, refused_in, without
from eig_sheets.workbook.google.refusals import Refused, Uncertain
from eig_sheets.workbook.google.verification import passed_guards, unexpected_replies, unexpected_runs

Json = dict[str, Any]

_RUNS = "developerMetadata(metadataId,metadataKey,metadataValue)"
_ANSWER = {"fields": f"replies,updatedSpreadsheet({_RUNS})"}
_TRIES = 3
_PATIENCE = 2
"""Tabs on which a sort of ornament is refused before it is left out everywhere."""
_INVALID = 400


class _Outcome(Enum):
    """What the marks of the runs tell of a batch."""

    DONE = auto()
    NOT_DONE = auto()
    OVERTAKEN = auto()


@dataclass
class Commit:
    """The requests of run `number`, whose first one leaves its mark with `token`.

    Once sent: `refused` are the ornaments that Google would not have and `why`, in its words; `unseen` tells that the
    answer was lost, so that its replies could not be checked.
    """

    client: Client
    key: str
    number: int
    token: str
    requests: Sequence[Json]
    refused: set[Ornament] = field(default_factory=set)
    why: str = ""
    unseen: bool = False

    def send(self) -> None:
        """The batch, once. Raises MovedError when it has no place any more, WorkbookError."""
        lost: Uncertain | None = None
        left = _TRIES
        while left:
            requests = [*without(self.requests, self.refused)]
            try:
                answer = self._sent(requests)
            except Uncertain as error:
                lost, left = error, left - 1
                if self._is_done(error):
                    self.unseen = True
                    return
            except Refused as error:
                if self._is_done_all_the_same(error, lost):
                    self.unseen = True
                    return
                self._leave_out(error, requests)
            else:
                self._check(requests, answer)
                return
        raise lost or AssertionError

    def _sent(self, requests: Sequence[Json]) -> Json:
        body = {"requests": requests, "includeSpreadsheetInResponse": True}
        answer: Json = self.client.write(f"{self.key}:batchUpdate", body, _ANSWER)
        return answer

    def _is_done(self, unsure: WorkbookError) -> bool:
        outcome = self._outcome(unsure)
        if outcome is _Outcome.OVERTAKEN:
            raise conflicts.overtaken() from unsure
        return outcome is _Outcome.DONE

    def _is_done_all_the_same(self, error: Refused, lost: Uncertain | None) -> bool:
        """Whether it was done by a call whose answer was lost; what is refused is not done by that call."""
        if lost is None and error.status != _INVALID:
            return False
        done = self._is_done(error)
        if done and lost is None:
            raise conflicts.partial() from error
        return done

    def _leave_out(self, error: Refused, requests: Sequence[Json]) -> None:
        """Do without the ornaments that a refusal is about. Raises MovedError or the refusal when it is not."""
        if error.status != _INVALID:
            raise error
        refused = refused_in(error.message, requests)
        if not refused:
            raise MovedError(str(error)) from error
        sorts = Counter(one.what for one in self.refused | refused)
        others = {one for request in requests for one in ornaments_of(request)}
        self.refused |= refused | {one for one in others if sorts[one.what] >= _PATIENCE}
        self.why = error.message

    def _outcome(self, unsure: WorkbookError) -> _Outcome:
        """What the marks say. Raises `unsure` when nobody can tell."""
        try:
            found = self.client.read("GET", self.key, {"fields": _RUNS}).json.get("developerMetadata", [])
        except WorkbookError:
            raise unsure from None
        if any(one["metadataKey"] == marks.RUN and one.get("metadataValue") == self.token for one in found):
            self._refuse(unexpected_runs(found, self.number, self.token))
            return _Outcome.DONE
        taken = any(one["metadataId"] == marks.FIRST_RUN + self.number for one in found)
        return _Outcome.OVERTAKEN if taken else _Outcome.NOT_DONE

    def _check(self, requests: Sequence[Json], answer: Json) -> None:
        replies = answer.get("replies", ())
        if passed_guards(requests, replies):
            raise conflicts.misplaced()
        self._refuse(unexpected_replies(requests, replies))
        after = answer.get("updatedSpreadsheet")
        if after is None:  # the marks are then read in a call of their own
            if self._outcome(conflicts.unexpected("il ne dit pas ce qu’il a écrit")) is not _Outcome.DONE:
                raise conflicts.unexpected("le repère de cette exécution n’y est pas")
        else:
            self._refuse(unexpected_runs(after.get("developerMetadata", []), self.number, self.token))

    @staticmethod
    def _refuse(wrong: Any) -> None:
        found = [*wrong]
        if found:
            raise conflicts.unexpected(" ; ".join(found[:3]))
