"""`decision-sheet`: writes the sheet of what the jury decided, for whoever signs it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from eig_sheets.cli.command import Command
from eig_sheets.cli.doubts import doubts_in
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.documents.files import ReportError, refuse_taken, write
from eig_sheets.features.decision_sheet.content import DECIDING, NothingDecidedError, sheet_of
from eig_sheets.features.decision_sheet.document import document
from eig_sheets.text.french import plural, typographic

_FILE: Final = "fiche-decision.docx"


@click.command(cls=Command, acts=(DECIDING,))
@click.option(
    "--to",
    "target",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    default=Path(_FILE),
    help=f"Le fichier à écrire. Par défaut, ici : {_FILE}.",
)
@click.pass_obj
def decision_sheet(session: Session, target: Path) -> None:
    """Écrit la fiche de décision : lauréats, réserve, montants, écarts au classement, signature.

    C’est ce que signe qui décide, un cabinet ou une direction ; rien n’est écrit dans le classeur. Seulement ce que des
    personnes ont saisi en Décision : rien n’y est proposé par le calcul. Les décisions qui ne suivent pas le classement
    y sont avec leurs motifs, et ce qui manque encore est nommé en tête, avant la signature.
    Un fichier de ce nom n’est remplacé que s’il est resté tel que la commande l’a écrit : une fiche complétée ou signée
    n’est jamais perdue.
    """
    if target.suffix.lower() != ".docx":
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par .docx.")
    path = target.absolute()
    try:
        refuse_taken(path)
        reading, results = results_of(session)
        sheet = sheet_of(reading, results, doubts_in(session, (DECIDING,)), session.clock.today)
        with session.step("Écriture de la fiche"):
            write(path, document(sheet))
    except (ReportError, NothingDecidedError) as error:
        raise Refusal(typographic(str(error))) from None
    session.say(f"Fiche de décision, à relire et à faire signer : {path}")
    if sheet.pending:
        session.say(f"{plural(len(sheet.pending), 'point')} à régler avant de la signer, en tête de la fiche.")
