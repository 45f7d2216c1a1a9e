"""The rules of the selection, as the configuration states them: what to maximise, under which limits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from eig_sheets.domain.rules import Euros, Rules, Words

Utility = Literal["p_selected", "note", "expected_rank"]
Number = Annotated[int, Field(ge=0, le=100_000)]


class SelectionLimit(Rules):
    """`[[selection.limits]]`: how many of the selected dossiers may, or must, have a value in a column.

    `column`: its header in `Candidatures`, or the id of its field. Without `value`, the limit is about each value that
    a ranked dossier has; in a column of lists, each item is a value. `source`: where the limit was published. A value
    is a text, a number or yes or no: the configuration refuses any other.
    """

    column: Words
    value: object = None
    min: Number | None = None
    max: Number | None = None
    source: str = ""


class SelectionRules(Rules):
    """`[selection]`: the selection that is proposed maximises `utility` under the limits.

    `envelope`: euros, on the highest amounts of co-financing; `source`: where it was published.
    """

    envelope: Euros | None = None
    utility: Utility = "p_selected"
    source: str = ""
    limits: tuple[SelectionLimit, ...] = ()
