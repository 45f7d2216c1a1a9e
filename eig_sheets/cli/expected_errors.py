"""Turns the errors that commands expect into French sentences and exit code 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from eig_sheets.cli.refusal import Refusal
from eig_sheets.config import ConfigError
from eig_sheets.demarche.errors import DemarcheError
from eig_sheets.domain.search_limits import NoSolverError, SearchCutError
from eig_sheets.emails.mail.templates import TemplateError
from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.importing.errors import ExportError
from eig_sheets.storage.ledger_file import LedgerError
from eig_sheets.storage.state import StateError
from eig_sheets.text.french import unusable
from eig_sheets.workbook.model.base import WorkbookError
from eig_sheets.workbook.search_words import NO_SOLVER, NOTHING_FOUND


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
