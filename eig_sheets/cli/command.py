"""Base classes of commands: expected errors in French, cells in doubt named at the end, `--format`, `--dry-run`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any, ClassVar

import click

from eig_sheets.call.applications.demarche.errors import DemarcheError
from eig_sheets.call.applications.importing.reading import ExportError
from eig_sheets.campaign.dependencies import AnyAct
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.doubts import naming_doubts
from eig_sheets.cli.output import FORMATS
from eig_sheets.cli.refusal import Refusal
from eig_sheets.config import ConfigError
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.integer_program.highs import NoSolverError, SearchCutError
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import unusable
from eig_sheets.workbook.quoting import NO_SOLVER, NOTHING_FOUND


@contextmanager
def french_errors() -> Iterator[None]:
    """Turn every expected error into a Refusal: its own French sentence, exit code 1."""
    try:
        yield
    except (
        ConfigError,
        DemarcheError,
        ExportError,
        LedgerError,
        OutletError,
        StateError,
        TemplateError,
        WorkbookError,
    ) as error:
        raise Refusal(str(error)) from None
    except (NoSolverError, SearchCutError) as error:
        raise Refusal(NO_SOLVER if isinstance(error, NoSolverError) else NOTHING_FOUND) from None
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
        with naming_doubts(ctx, self.acts, self.of_other_jury), french_errors():
            return super().invoke(ctx)


class ReadingCommand(Command):
    """A command that answers with a table, for people or for programs (`form`)."""

    last_options = (FORMAT,)


class WritingCommand(Command):
    """A command that writes the workbook, or shows each cell that it would change (`dry_run`)."""

    last_options = (DRY_RUN, FORMAT)
