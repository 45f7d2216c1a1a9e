"""Sends one batch until its outcome is known, then verifies what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from eig_sheets.spreadsheet.google import conflict_messages, marks
from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.google.error_messages import ApiError, UnknownOutcomeError
from eig_sheets.spreadsheet.google.optional_formatting import (
    OptionalFormatting,
    optional_formatting_of,
    place_in,
    refusal_in,
    rejected_by,
    without_formatting,
)
from eig_sheets.spreadsheet.google.verification import ignored_preconditions, unexpected_replies, unexpected_runs
from eig_sheets.spreadsheet.model.base import MovedError, WorkbookError

Json = dict[str, Any]

_RUNS = "developerMetadata(metadataId,metadataKey,metadataValue)"
_ANSWER = {"fields": f"replies,updatedSpreadsheet({_RUNS})"}
_MAX_ATTEMPTS = 3
_MAX_REJECTIONS = 2
"""Tabs on which a kind of formatting is rejected before it is dropped on all tabs."""
_BAD_REQUEST = 400


class RefusedRequestError(MovedError):
    """Google refused a batch for a request that is no optional formatting, or people moved something meanwhile.

    `place` is the request's among those of the batch, None when Google does not say; `why` is what Google says of it.
    """

    def __init__(self, text: str, place: int | None, why: str) -> None:
        super().__init__(text)
        self.place, self.why = place, why


class _BatchOutcome(Enum):
    """The outcome of a batch, according to the marks of runs."""

    DONE = auto()
    NOT_DONE = auto()
    CONCURRENT_RUN = auto()


@dataclass
class Commit:
    """The batch of requests of run `number`, of which the first creates the run's mark with `token`.

    Once sent: `rejected` is the optional formatting that Google rejected and `why` its message; `answer_lost` says that
    the answer was lost, so that its replies could not be verified.
    """

    client: Client
    key: str
    number: int
    token: str
    requests: Sequence[Json]
    rejected: set[OptionalFormatting] = field(default_factory=set)
    why: str = ""
    answer_lost: bool = False

    def send(self) -> None:
        """Have the batch done once. Raises MovedError when it does not fit any more, WorkbookError."""
        lost_answer: UnknownOutcomeError | None = None
        attempts_left = _MAX_ATTEMPTS
        while attempts_left:
            requests = [*without_formatting(self.requests, self.rejected)]
            try:
                answer = self._call(requests)
            except UnknownOutcomeError as error:
                lost_answer, attempts_left = error, attempts_left - 1
                if self._is_done(error):
                    self.answer_lost = True
                    return
            except ApiError as error:
                if self._was_done_by_lost_call(error, lost_answer):
                    self.answer_lost = True
                    return
                self._drop_rejected_formatting(error, requests)
            else:
                self._verify(requests, answer)
                return
        raise lost_answer or AssertionError

    def _call(self, requests: Sequence[Json]) -> Json:
        body = {"requests": requests, "includeSpreadsheetInResponse": True}
        answer: Json = self.client.write(f"{self.key}:batchUpdate", body, _ANSWER)
        return answer

    def _is_done(self, unknown: WorkbookError) -> bool:
        outcome = self._outcome(unknown)
        if outcome is _BatchOutcome.CONCURRENT_RUN:
            raise conflict_messages.concurrent_run() from unknown
        return outcome is _BatchOutcome.DONE

    def _was_done_by_lost_call(self, error: ApiError, lost_answer: UnknownOutcomeError | None) -> bool:
        """Whether the batch was already done by an earlier call whose answer was lost.

        So it is when only the run's mark, the first request, was refused, because it is there: that call is this one.
        """
        if lost_answer is None and error.status != _BAD_REQUEST:
            return False
        done = self._is_done(error)
        if done and lost_answer is None and place_in(error.message) != 0:  # the network may deliver a call twice
            raise conflict_messages.partially_applied() from error
        return done

    def _drop_rejected_formatting(self, error: ApiError, requests: Sequence[Json]) -> None:
        """Drop the optional formatting that an error is about. Raises MovedError or the error when it is about none."""
        if error.status != _BAD_REQUEST:
            raise error
        rejected = rejected_by(error.message, requests)
        if not rejected:
            raise RefusedRequestError(str(error), self._place_of(error), refusal_in(error.message)) from error
        rejections = Counter(kind.what for kind in self.rejected | rejected)
        others = {kind for request in requests for kind in optional_formatting_of(request)}
        self.rejected |= rejected | {kind for kind in others if rejections[kind.what] >= _MAX_REJECTIONS}
        self.why = error.message

    def _place_of(self, error: ApiError) -> int | None:
        """The place, among all requests, of the one that an error names among those that were sent."""
        named = place_in(error.message)
        numbered = enumerate(self.requests)
        sent = [place for place, request in numbered for _ in without_formatting([request], self.rejected)]
        return sent[named] if named is not None and named < len(sent) else None

    def _outcome(self, unknown: WorkbookError) -> _BatchOutcome:
        """The outcome that the marks of runs show. Raises `unknown` when they cannot be read."""
        try:
            metadata = self.client.read("GET", self.key, {"fields": _RUNS}).json.get("developerMetadata", [])
        except WorkbookError:
            raise unknown from None
        if any(mark["metadataKey"] == marks.RUN and mark.get("metadataValue") == self.token for mark in metadata):
            self._raise_if_any(unexpected_runs(metadata, self.number, self.token))
            return _BatchOutcome.DONE
        taken = any(mark["metadataId"] == marks.FIRST_RUN + self.number for mark in metadata)
        return _BatchOutcome.CONCURRENT_RUN if taken else _BatchOutcome.NOT_DONE

    def _verify(self, requests: Sequence[Json], answer: Json) -> None:
        replies = answer.get("replies", ())
        if ignored_preconditions(requests, replies):
            raise conflict_messages.misplaced_rows()
        self._raise_if_any(unexpected_replies(requests, replies))
        after = answer.get("updatedSpreadsheet")
        if after is None:  # the marks are then read in a call of their own
            if (
                self._outcome(conflict_messages.unexpected_behaviour("il ne dit pas ce qu’il a écrit"))
                is not _BatchOutcome.DONE
            ):
                raise conflict_messages.unexpected_behaviour("le repère de cette exécution n’y est pas")
        else:
            self._raise_if_any(unexpected_runs(after.get("developerMetadata", []), self.number, self.token))

    @staticmethod
    def _raise_if_any(wrong: Any) -> None:
        sentences = [*wrong]
        if sentences:
            raise conflict_messages.unexpected_behaviour(" ; ".join(sentences[:3]))
