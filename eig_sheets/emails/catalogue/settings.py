"""What a call says of its messages: `[emails]`, and the sections of the features that have some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from eig_sheets.domain.rules import EmailRules, Rules

Own = TypeVar("Own", bound=Rules)


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """`emails`: the rules of all messages; `sections`: those of features, by their models."""

    emails: EmailRules
    sections: Mapping[type[Rules], Rules] = field(default_factory=dict)

    def section(self, model: type[Own]) -> Own:
        """The section of a feature that is on. Raises KeyError."""
        return cast("Own", self.sections[model])
