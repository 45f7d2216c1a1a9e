"""The options --template and --dossier, by which commands filter e-mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from eig_sheets.cli.session import Refusal

if TYPE_CHECKING:
    from eig_sheets.cli.session import Session

template_option = click.option("--template", metavar="MODÈLE", help="Seulement ce modèle, par exemple laureat.")
dossier_option = click.option("--dossier", metavar="N°", help="Seulement ce dossier.")


def refuse_unknown(template: str | None, session: Session) -> None:
    """Raise Refusal, with the closest name, when there is no such template."""
    from eig_sheets.workbook.quoting import did_you_mean

    if template is not None and template not in session.templates:
        names = ", ".join(sorted(session.templates))
        hint = did_you_mean(template, session.templates) or f" Modèles connus : {names}."
        raise Refusal(f"Modèle inconnu : « {template} ».{hint}")


def matches(its_template: str, its_dossier: str | None, template: str | None, dossier: str | None) -> bool:
    """Whether an e-mail has the given template and dossier; None matches any."""
    return template in (None, its_template) and dossier in (None, its_dossier)
