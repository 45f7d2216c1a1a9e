"""The options by which commands filter e-mails (--template, --dossier) or allow addresses, checked."""

from __future__ import annotations

from collections.abc import Sequence

import click

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.subjects import review_subjects
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.emails.mail.addresses import AddressError, addresses, wire
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.text.french import plain, typographic
from eig_sheets.workbook.quoting import did_you_mean

template_option = click.option("--template", metavar="MODÈLE", help="Seulement ce modèle, par exemple laureat.")
dossier_option = click.option("--dossier", metavar="N°", help="Seulement ce dossier.")


def template_named(typed: str, session: Session) -> str | None:
    """The template that a name means, whatever its case and accents: « Lauréat » is `laureat`; None: no template."""
    known = [*session.templates, *session.campaign.emails.disabled]
    return typed if typed in known else next((name for name in known if plain(name) == plain(typed)), None)


def known_template(typed: str | None, session: Session) -> str | None:
    """The template that is meant, None when none is asked for. Raises Refusal, with the closest, when there is none.

    A disabled one may lack its file, and is refused then.
    """
    if typed is None:
        return None
    template = template_named(typed, session)
    if template is None:
        names = ", ".join(sorted(session.templates))
        hint = did_you_mean(typed, session.templates) or f" Modèles connus : {names}."
        raise Refusal(f"Modèle inconnu : « {typed} ».{hint}")
    if template not in session.templates:
        refuse_disabled(template, session)
    return template


def refuse_disabled(template: str | None, session: Session) -> None:
    """Raise Refusal, naming the key that disables it, when no e-mail of that template can be due."""
    if template in session.campaign.emails.disabled:
        raise Refusal(
            f"L’e-mail « {template} » est désactivé : ôtez-le de emails.disabled dans la configuration pour qu’il "
            "puisse être proposé."
        )


def refuse_unknown_dossier(dossier: str | None, reading: Reading) -> None:
    """Raise Refusal when no row of the workbook has that number, with the closest."""
    if dossier is None:
        return
    subjects = review_subjects(reading.campaign)
    tables = {one.tab: reading.tables[one.tab].frame[one.key] for one in subjects if one.tab in reading.tables}
    known = [
        *(number for numbers in tables.values() for number in numbers.dropna()),
        *(row.numero for row in rows_of(reading)),
    ]
    if dossier not in known:
        hint = did_you_mean(dossier, known)
        raise Refusal(typographic(f"Le dossier « {dossier} » n’est pas dans le classeur.{hint}"))


def refuse_unknown_addresses(allowed: Sequence[str], reading: Reading) -> None:
    """Raise Refusal for the value of an --allow to which no row of the outbox is addressed, with the closest.

    It may also be a domain, « @domaine.fr ».
    """
    rows = rows_of(reading) if allowed else ()
    known = {address for row in rows for typed in (row.to, row.cc) for address in _addresses_of(typed)}
    known |= {address[address.rindex("@") :] for address in known}
    for typed in allowed:
        if _one_address(typed) not in known:
            hint = did_you_mean(typed, known)
            raise Refusal(typographic(f"Aucun e-mail à envoyer n’est adressé à « {typed} » (--allow).{hint}"))


def _one_address(typed: str) -> str:
    """An address, or « @domaine », as `wire` spells it. Raises Refusal for what is not one of them."""
    try:
        parsed = addresses(f"x{typed}" if typed.startswith("@") else typed, accents=True)
    except AddressError as error:
        raise Refusal(str(error)) from None
    if len(parsed) != 1:
        shown = f"« {typed} »" if typed.strip() else "« »"
        raise Refusal(typographic(f"{shown} n’est pas une adresse : répétez --allow pour chacune."))
    return wire(typed) if typed.startswith("@") else parsed[0].wire.casefold()


def _addresses_of(typed: str) -> list[str]:
    """The addresses of a cell as `wire` spells them; none when one of them cannot be read, which is said elsewhere."""
    try:
        return [address.wire.casefold() for address in addresses(typed, accents=True)]
    except AddressError:
        return []


def matches(its_template: str, its_dossier: str | None, template: str | None, dossier: str | None) -> bool:
    """Whether an e-mail has the given template and dossier; None matches any."""
    return template in (None, its_template) and dossier in (None, its_dossier)
