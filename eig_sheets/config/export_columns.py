"""`[import]`: names of the columns of an export, among them those that a header alone does not tell apart."""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

from pydantic import Discriminator, Field, Tag, model_validator

from eig_sheets.domain.rules import Count, Rules, Words


class ColumnRule(Rules):
    """A table in a list of `[import.fields]`: `header`, or `join`.

    `nth`: which of the columns of that header, from 1; `after`: the first one after the column of another header.
    `ignore_parenthesis`: what is in parentheses in the export's header does not count. `join`: the columns whose texts
    are put together, with a space between.
    """

    header: Words | None = None
    nth: Count | None = None
    after: Words | None = None
    ignore_parenthesis: bool = False
    join: tuple[ColumnName, ...] = ()

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.header is None) == (not self.join) or (self.join and (self.nth or self.after)):
            raise ValueError("column_of_nothing")
        if self.nth and self.after:
            raise ValueError("column_found_twice")
        return self


def _kind(value: Any) -> str:
    return "header-table" if isinstance(value, (dict, ColumnRule)) else "header-text"


ColumnName = Annotated[
    Annotated[str, Tag("header-text")] | Annotated[ColumnRule, Tag("header-table")], Discriminator(_kind)
]
"""What names a column of an export: its header, or a rule."""


def headers_of(name: ColumnName) -> tuple[str, ...]:
    """The headers that a name refers to."""
    if isinstance(name, str):
        return (name,)
    own = tuple(header for header in (name.header, name.after) if header is not None)
    return (*own, *(header for part in name.join for header in headers_of(part)))


def afters_of(name: ColumnName) -> tuple[str, ...]:
    """The headers after which a name looks for its columns."""
    if isinstance(name, str):
        return ()
    own = (name.after,) if name.after else ()
    return (*own, *(after for part in name.join for after in afters_of(part)))


def described(name: ColumnName) -> str:
    """A name as a French sentence quotes it."""
    if isinstance(name, str):
        return f"« {name} »"
    if name.join:
        return " + ".join(map(described, name.join))
    which = f", la {name.nth}ᵉ" if name.nth else f" après « {name.after} »" if name.after else ""
    return f"« {name.header} »{which}"


ColumnRule.model_rebuild()


STATE_FIELD: Final = "etat"
"""The field of the state of a dossier where it was submitted; every form has it, whatever its tab has."""


class FormSettings(Rules):
    """`[import.<form>]`: the columns of the export of another form, that of a feature, and its states.

    States that it does not say are those of `[import]`.
    """

    fields: dict[str, tuple[ColumnName, ...]] = Field(default_factory=dict)
    ignored_states: tuple[str, ...] | None = None
    withdrawn_states: tuple[str, ...] | None = None
    added_states: tuple[str, ...] | None = None


PLATFORM_STATES: Final = (
    "en construction", "en_construction", "en instruction", "en_instruction", "accepté", "accepte", "refusé", "refuse",
)  # fmt: skip
"""The states of Démarche Numérique in which a dossier is submitted, as its exports and its API name them."""


class ImportSettings(Rules):
    """`[import]`: columns of a Démarches Simplifiées export for each field of `Candidatures`, and its states.

    Dossiers in `ignored_states` (drafts) and `withdrawn_states` are not added; in `editable_states`, applicants can
    still change theirs. Those in any other than these and `added_states` are not added either. Features have tables of
    other forms in it (`others`).
    """

    fields: dict[str, tuple[ColumnName, ...]] = Field(default_factory=dict)
    ignored_states: tuple[str, ...] = ()
    withdrawn_states: tuple[str, ...] = ()
    editable_states: tuple[str, ...] = ()
    added_states: tuple[str, ...] = PLATFORM_STATES

    def of_form(self, form: FormSettings) -> ImportSettings:
        """The settings by which the export of another form is read."""
        ignored = self.ignored_states if form.ignored_states is None else form.ignored_states
        withdrawn = self.withdrawn_states if form.withdrawn_states is None else form.withdrawn_states
        added = self.known_states if form.added_states is None else form.added_states
        return ImportSettings(
            fields=form.fields, ignored_states=ignored, withdrawn_states=withdrawn, added_states=added
        )

    def others(self) -> dict[str, FormSettings]:
        """The settings of other forms, by their names."""
        values = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in values if isinstance(value, FormSettings)}

    @property
    def known_states(self) -> tuple[str, ...]:
        """The states in which a dossier is added."""
        return (*self.added_states, *self.editable_states)
