"""`emails`: what is due, and the drafts in the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from eig_sheets.cli.french import FrenchCommand, FrenchGroup
from eig_sheets.cli.letters import check_letters, show_letter
from eig_sheets.cli.output import dry_run_option, format_option, show, show_changes
from eig_sheets.cli.session import Refusal, Session, french_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.drafts import Draft
    from eig_sheets.sync import Run

_HEADERS = {
    "id": "Id",
    "template": "Modèle",
    "dossier": "Dossier",
    "to": "Destinataires",
    "subject": "Objet",
    "state": "État",
    "reasons": "Ce qui bloque",
}
template_option = click.option("--template", metavar="MODÈLE", help="Seulement ce modèle, par exemple laureat.")
dossier_option = click.option("--dossier", metavar="N°", help="Seulement ce dossier.")


@click.group(cls=FrenchGroup)
def emails() -> None:
    """Les e-mails dus : la liste, l’examen des modèles, les brouillons."""


@emails.command("list", cls=FrenchCommand)
@template_option
@dossier_option
@format_option
@click.pass_obj
def list_(session: Session, template: str | None, dossier: str | None, form: str) -> None:
    """Liste les e-mails dus et où en est chacun, sans rien écrire."""
    with french_errors():
        run = _run(session, force=True)  # the fuse keeps from writing, and this writes nothing
        _refuse_unknown(template, session)
        records = [one for one in _records(run) if _matches(one["template"], one["dossier"], template, dossier)]
    show(records, form, _HEADERS, "Aucun e-mail.")


@emails.command(cls=FrenchCommand)
@click.option(
    "--to", "outlet", type=click.Choice(["sheet"]), default="sheet", show_default=True,
    help="sheet : dans l’onglet E-mails à envoyer.",
)  # fmt: skip
@template_option
@dossier_option
@dry_run_option
@format_option
@click.pass_obj
def draft(
    session: Session, outlet: str, template: str | None, dossier: str | None, *, dry_run: bool, form: str
) -> None:
    """Ajoute à « E-mails à envoyer » les e-mails dus qui n’y sont pas encore.

    Rien n’est envoyé. Un e-mail n’est jamais ajouté deux fois ; s’il lui manque une valeur, il est bloqué et la
    cellule à remplir est nommée dans Envois.
    """
    del outlet
    with french_errors():
        from eig_sheets.cli.flow import applied
        from eig_sheets.sync import plan_drafts

        if dry_run:
            run, chosen = _chosen(session, template, dossier)
            show_changes(plan_drafts(run, session.campaign, chosen).changes(run.reading.snapshot), form)
            return
        with session.state.alone():
            _, chosen = applied(
                session,
                lambda: _chosen(session, template, dossier),
                lambda made: plan_drafts(made[0], session.campaign, made[1]),
            )
        session.say(_told(chosen, session.workbook.location))


emails.add_command(check_letters)
emails.add_command(show_letter)


def _run(session: Session, *, force: bool = False) -> Run:
    from eig_sheets.cli.flow import planned_sync, refuse

    run = planned_sync(session, force=force)
    refuse(run.problems)
    return run


def _chosen(session: Session, template: str | None, dossier: str | None) -> tuple[Run, list[Draft]]:
    run = _run(session)
    _refuse_unknown(template, session)
    return run, [one for one in run.drafts if _matches(one.template, one.numero, template, dossier)]


def _matches(its_template: str, its_dossier: str | None, template: str | None, dossier: str | None) -> bool:
    return template in (None, its_template) and dossier in (None, its_dossier)


def _refuse_unknown(template: str | None, session: Session) -> None:
    from eig_sheets.workbook.quoting import did_you_mean

    if template is not None and template not in session.templates:
        known = ", ".join(sorted(session.templates))
        hint = did_you_mean(template, session.templates) or f" Modèles connus : {known}."
        raise Refusal(f"Modèle inconnu : « {template} ».{hint}")


def _records(run: Run) -> list[dict[str, Any]]:
    from eig_sheets.mail.messages import Blocked

    known = [
        _record(one.id, one.template, one.numero, one.state, to=_split(one.recipients), subject=one.subject)
        for one in run.kept
    ]
    for one in run.drafts:
        about = (one.id, one.template, one.numero)
        match one.outcome:
            case Blocked(reasons=reasons):
                known.append(_record(*about, "Bloqué", reasons=reasons))
            case message:
                known.append(_record(*about, "À ajouter", to=message.to, cc=message.cc, subject=message.subject))
    return known


def _record(
    sending_id: str,
    template: str,
    numero: str | None,
    state: str,
    *,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    subject: str | None = None,
    reasons: Sequence[str] = (),
) -> dict[str, Any]:
    return {
        "id": sending_id, "template": template, "dossier": numero, "to": list(to), "cc": list(cc), "subject": subject,
        "state": state, "reasons": list(reasons),
    }  # fmt: skip


def _split(recipients: str | None) -> list[str]:
    return [one.strip() for one in (recipients or "").split(";") if one.strip()]


def _told(chosen: list[Draft], location: str) -> str:
    from eig_sheets.french import plural
    from eig_sheets.mail.messages import Blocked

    blocked = [f"• {one.id} : {' '.join(one.outcome.reasons)}" for one in chosen if isinstance(one.outcome, Blocked)]
    added = plural(len(chosen) - len(blocked), "e-mail ajouté", "e-mails ajoutés")
    return "\n".join([f"{location} : {added}, {plural(len(blocked), 'bloqué')}.", *blocked])
