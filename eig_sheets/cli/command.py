"""Base classes of commands: errors in French, cells in doubt named at the end, `--format`, `--dry-run`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, ClassVar

import click

from eig_sheets.campaign.acts import AnyAct
from eig_sheets.campaign.review_subjects import ReviewSubject
from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.doubts import naming_doubts
from eig_sheets.cli.expected_errors import french_errors
from eig_sheets.cli.output import FORMATS

FORMAT = click.Option(
    ["--format", "form"], type=click.Choice(FORMATS), default="table", show_default=True,
    help="table pour lire ; csv ou json pour un autre programme.",
)  # fmt: skip
DRY_RUN = click.Option(["--dry-run"], is_flag=True, help="Montre chaque cellule qui changerait, sans rien écrire.")


class Command(FrenchCommand):
    """A command whose expected errors are French sentences (exit code 1).

    `acts`: what it does with the workbook: at its end, it names each cell that they rest on and that cannot be read.
    `of_other_jury`: the one that it does instead in the workbook of what another jury reviews.
    """

    last_options: ClassVar[tuple[click.Option, ...]] = ()

    def __init__(
        self,
        *args: Any,
        params: Sequence[click.Parameter] | None = None,
        acts: Sequence[AnyAct] = (),
        of_other_jury: Callable[[ReviewSubject], AnyAct] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, params=[*(params or ()), *map(copy, self.last_options)], **options)
        self.acts, self.of_other_jury = acts, of_other_jury

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        with naming_doubts(ctx, self.acts, self.of_other_jury), french_errors():
            return super().invoke(ctx)


class ReadingCommand(Command):
    """A command that answers with a table, for people or for programs (`form`)."""

    last_options = (FORMAT,)


class WritingCommand(Command):
    """A command that writes the workbook, or shows each cell that it would change (`dry_run`)."""

    last_options = (DRY_RUN, FORMAT)
