"""Compose a message from a template and the values of a dossier or a juror, or list everything that is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import jinja2

from eig_sheets.emails.mail.addresses import wire
from eig_sheets.emails.mail.context import Context, DayOnly, MissingValue, Problems, Row
from eig_sheets.emails.mail.filters import TODAY, MisuseError, one_line, written
from eig_sheets.emails.mail.messages import Blocked, Message, is_address
from eig_sheets.emails.mail.templates import Template
from eig_sheets.text.confusables import misleading_reason
from eig_sheets.text.french import NARROW, typographic

_LONGEST_SUBJECT = 180
_MARKER = re.compile(rf"^[> ]*(?:[->+*]|\d{{1,9}}[.)]){NARROW}", re.MULTILINE)
_MARKER_ENDS = frozenset("->+*.)")
_BLANK_LINES = re.compile(r"\n{3,}")


def compose(
    template: Template, context: Context, never: Collection[str] = (), allowed: Collection[str] = ()
) -> Message | Blocked:
    """The message of a template for these values; Blocked, with every reason at once, when any value is missing.

    `never` are addresses (as `wire` spells them) to which nothing is sent: a copy is left out, a recipient blocks. An
    address that looks like another blocks, unless it, or « @domaine », is `allowed` as it travels.
    """
    problems: Problems = {}
    row = Row(context, problems)
    to = _addresses(template.to, row, allowed, required=True)
    copies = _addresses(template.cc, row, allowed, required=False)
    cc = {key: address for key, address in copies.items() if key not in to}
    reply_to = _reply_to(template.reply_to, row, allowed)
    if template.moment:
        _require_hour(row[template.moment])
    values = {name: row[name] for name in template.placeholders}
    values[TODAY] = context.today
    try:
        subject, body = template.subject.render(values), template.body.render(values)
    except (jinja2.TemplateError, TypeError) as error:
        cause = f" ({error})" if isinstance(error, MisuseError) else ""
        return _blocked([f"Le modèle « {template.id} » ne convient pas à ces valeurs{cause} : corrigez-le."])
    if problems:
        headers = template.vocabulary.headers
        return _blocked(problem.sentence(headers) for problem in problems)
    if refused := [address for address in to.values() if never and wire(address) in never]:
        return _blocked(f"{address} ne veut plus d’e-mails (emails.never) : prévenez autrement." for address in refused)
    copied = tuple(address for address in cc.values() if not never or wire(address) not in never)
    return Message(tuple(to.values()), copied, _subject(subject), _body(body), reply_to)


def _blocked(reasons: Iterable[str]) -> Blocked:
    return Blocked(tuple(typographic(reason) for reason in reasons))


def _addresses(fields: Iterable[str], row: Row, allowed: Collection[str], *, required: bool) -> dict[str, str]:
    by_case: dict[str, str] = {}
    for field in fields:
        value = row[field]
        if isinstance(value, MissingValue):
            if required:
                value.block()
            continue
        for item in value if isinstance(value, tuple) else (value,):
            address = written(item).strip()
            if not is_address(address):
                row.missing(field).block("n’est pas une adresse valable", "corrigez")
            elif reason := misleading_reason(address, allowed):
                row.missing(field).block(f"a une lettre trompeuse, {reason}", "effacez et retapez")
            by_case.setdefault(address.casefold(), address)
    return by_case


def _reply_to(field_or_address: str, row: Row, allowed: Collection[str]) -> str:
    if not field_or_address:
        return ""
    if "@" not in field_or_address:
        return next(iter(_addresses([field_or_address], row, allowed, required=True).values()), "")
    if not is_address(field_or_address):
        row.missing("reply_to").block("n’est pas une adresse valable", "corrigez")
    elif reason := misleading_reason(field_or_address, allowed):
        row.missing("reply_to").block(f"a une lettre trompeuse, {reason}", "effacez et retapez")
    return field_or_address


def _require_hour(moment: object) -> None:
    if isinstance(moment, MissingValue):
        moment.block()
    elif isinstance(moment, DayOnly):
        moment.missing_time.block("n’a pas d’heure", "complétez")


def _subject(text: str) -> str:
    line = one_line(typographic(text))
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _body(text: str) -> str:
    spaced = typographic(text)
    # The space after a list marker is Markdown's, even before a « : ».
    if not _MARKER_ENDS.isdisjoint(piece[-1:] for piece in spaced.split(NARROW)):
        spaced = _MARKER.sub(lambda marker: marker[0].replace(NARROW, " "), spaced)
    return (_BLANK_LINES.sub("\n\n", spaced) if "\n\n\n" in spaced else spaced).strip() + "\n"
