"""Base classes of commands: expected errors in French, cells in doubt named at the end, `--format`, `--dry-run`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar, Final

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.refusal import Refusal
from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import unusable

if TYPE_CHECKING:
    from eig_sheets.campaign.dependencies import AnyAct
    from eig_sheets.campaign.reviews.subjects import ReviewSubject

FORMATS: Final = ("table", "csv", "json")


@contextmanager
def french_errors() -> Iterator[None]:
    """Turn every expected error into a Refusal: its own French sentence, exit code 1."""
    try:
        yield
    except ExpectedError as error:
        raise Refusal(str(error)) from None
    except BrokenPipeError:  # whoever reads our output stopped reading: no error of ours
        raise
    except OSError as error:
        place = error.filename2 or error.filename or "un fichier"
        sentence = "{path} ne peut pas être lu ou écrit ({cause}). Vérifiez ce chemin et vos droits."
        said = unusable(sentence, place, error)
        raise Refusal(said[:1].upper() + said[1:]) from None


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
        with self._naming_doubts(ctx), french_errors():
            return super().invoke(ctx)

    def _naming_doubts(self, ctx: click.Context) -> AbstractContextManager[None]:
        if not (self.acts or self.of_other_jury):
            return nullcontext()
        from eig_sheets.cli.doubts import naming_doubts

        return naming_doubts(ctx, self.acts, self.of_other_jury)


class ReadingCommand(Command):
    """A command that answers with a table, for people or for programs (`form`)."""

    last_options = (FORMAT,)


class WritingCommand(Command):
    """A command that writes the workbook, or shows each cell that it would change (`dry_run`)."""

    last_options = (DRY_RUN, FORMAT)
