"""Shows where each column of an export goes, and asks which likely ones `import` takes."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

import click

from eig_sheets.call.applications.importing.columns import header_of
from eig_sheets.call.applications.importing.kinds import ImportKind, Requirement
from eig_sheets.call.applications.importing.mapping import ExportMapping, MappedColumn, mapping_of
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.config import Campaign, ImportSettings
from eig_sheets.config.mapping_toml import toml_line, write_names
from eig_sheets.text.french import NARROW, listed, listed_first, plural, typographic
from eig_sheets.text.printable import printable
from eig_sheets.workbook.fields import TabSchema

_CERTAINTIES: Final = {"exact": "exact", "alias": "alias", "likely": "probable", "nowhere": "nulle part"}
_ORDER: Final = {"exact": 0, "alias": 0, "nowhere": 1, "likely": 2}
_HEADERS: Final = ("Colonne de l’export", "Va dans", "Comment", "Valeurs")
_RATIOS: Final = (5, 4, None, 5)
_PIPE_WIDTH: Final = 160
_MOST_NAMED: Final = 30
_MOST_ROWS: Final = 300
"""Columns that are shown, the likely ones first of all: each takes a millisecond to lay out."""
_NO_BREAK: Final = "\ue000"


def mapping_text(mapping: ExportMapping, name: str, tab: TabSchema, kind: ImportKind) -> str:
    """The table of the columns, and the requirements that none meets."""
    own = [column for column in mapping.columns if not _is_left_of_platform(column)]
    platform = [column.header for column in mapping.columns if _is_left_of_platform(column)]
    lines = [f"« {name} » : {plural(len(mapping.columns), 'colonne')}. Où va chacune :", "", _table(own)]
    if len(own) > _MOST_ROWS:
        lines += [f"… et {plural(len(own) - _MOST_ROWS, 'autre colonne', 'autres colonnes')}."]
    if platform:
        lines += [f"Laissées, car la plateforme les ajoute à tout export : {listed_first(platform, most=_MOST_NAMED)}."]
    lines += [
        f"• {named(requirement, tab)} : aucune colonne sûre.{_resembling(requirement, mapping, kind)}"
        for requirement in mapping.lacking
    ]
    return "\n".join(lines)


def named(requirement: Requirement, tab: TabSchema) -> str:
    """The headers of a requirement, in the workbook."""
    return listed((f"« {header_of(field, tab)} »" for field in requirement), "ou")


def suggestion(mapping: ExportMapping, campaign: Campaign, kind: ImportKind) -> str:
    """The lines of TOML that would make the likely columns sure."""
    known = kind.settings(campaign.imports).fields
    lines = [toml_line(field, (*known.get(field, ()), name)) for field, name in mapping.likely.items()]
    writes = " ; --write-mapping le fait" if campaign.home == campaign.folder else ""
    beginning = typographic(
        f"Les colonnes probables seraient sûres avec ces lignes dans [{kind.section}] de "
        f"{campaign.to_edit} (à la place de celles des mêmes champs{writes}) :"
    )
    return "\n".join([beginning, *lines])


def counted(mapping: ExportMapping, *, with_likely: bool) -> str:
    """How many columns and values of the export were taken, and left."""
    taken = [column for column in mapping.columns if column.place in mapping.read or (with_likely and column.fields)]
    left = [column for column in mapping.columns if column not in taken]
    platform = sum(column.is_standard for column in left)
    of_platform = f", dont {platform} de la plateforme" if platform else ""
    return typographic(
        f"Colonnes de l’export : {_amount(taken, 'reprise', 'reprises')} ; {_amount(left, 'laissée', 'laissées')}"
        f"{of_platform}."
    )


def _amount(columns: Sequence[MappedColumn], word: str, words: str) -> str:
    return f"{plural(len(columns), word, words)} ({plural(sum(column.filled for column in columns), 'valeur')})"


def _is_left_of_platform(column: MappedColumn) -> bool:
    return column.is_standard and not column.fields


def _resembling(requirement: Requirement, mapping: ExportMapping, kind: ImportKind) -> str:
    alike = dict.fromkeys(header for field in requirement for header in mapping.doubtful.get(field, ()))
    quoted = listed_first([f"« {header} »" for header in alike])
    verb = "pourrait" if len(alike) == 1 else "pourraient"
    return f" {quoted} {verb} l’être : à vous de le dire dans [{kind.section}]." if alike else ""


def _table(columns: Sequence[MappedColumn]) -> str:
    """The columns that are known first, then the others, then the likely ones: next to the question about them."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
    for header, ratio in zip(_HEADERS, _RATIOS, strict=True):
        table.add_column(header, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for column in sorted(columns, key=lambda shown: _ORDER[shown.certainty])[-_MOST_ROWS:]:
        table.add_row(*(Text(printable(cell).replace(NARROW, _NO_BREAK)) for cell in _row(column)))
    laid_out = io.StringIO()
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else _PIPE_WIDTH
    Console(file=laid_out, highlight=False, color_system=None, width=width).print(table)
    return "\n".join(line.rstrip() for line in laid_out.getvalue().replace(_NO_BREAK, NARROW).splitlines())


def _row(column: MappedColumn) -> tuple[str, ...]:
    header = column.header or "(sans en-tête)"
    return header, ", ".join(column.fields) or "—", _CERTAINTIES[column.certainty], " · ".join(column.values)


_LEFT_IN: Final = "sans l’état, ce qui est brouillon, retiré ou classé sans suite serait ajouté comme le reste"


@dataclass(frozen=True, slots=True)
class Consent:
    """What the command line says: `--yes`, `--write-mapping`, `--dry-run`."""

    yes: bool
    write: bool
    dry_run: bool


def consent_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of consent, which the command takes as its `consent`."""

    @wraps(command)
    def with_consent(*args: Any, yes: bool, write: bool, dry_run: bool, **options: Any) -> None:
        command(*args, consent=Consent(yes, write, dry_run), **options)

    yes = click.option("--yes", is_flag=True, help="Prend aussi les colonnes probables, sans poser de question.")
    kept = "Met les colonnes probables dans la configuration."
    return yes(click.option("--write-mapping", "write", is_flag=True, help=kept)(with_consent))


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """The settings that name the columns to take, and what to end with: how to keep these names, how many are taken."""

    settings: ImportSettings
    ending: tuple[str, ...] = ()


def chosen_columns(
    session: Session, export: Export, settings: ImportSettings, consent: Consent, kind: ImportKind
) -> ChosenColumns:
    """The columns to take, once shown and agreed. Raises Refusal, or Exit when only the configuration was to change."""
    mapping, tab = export_mapping(session, export, settings, kind)
    if mapping is None:
        return ChosenColumns(settings)
    is_asked = sys.stdin.isatty() and not consent.yes
    if is_asked or not session.quiet:
        echo(typographic(mapping_text(mapping, export.name, tab, kind)), err=True)
    if consent.yes:
        refuse_without_state(mapping, export, kind)
    if is_asked or consent.yes:
        takes_likely = consent.yes or consent.dry_run or _answer(session, mapping, tab, kind)
        written = takes_likely and _is_written(session, mapping, consent, kind)
    else:
        takes_likely, written = False, _is_written(session, mapping, consent, kind)
        if written:
            session.say("Rien n’est importé : relisez-les, puis relancez l’import.")
            raise click.exceptions.Exit(0)
        if mapping.uncertain:
            _suggest(session, mapping, kind)
        _refuse_uncertain(mapping, export, tab, kind)
    ending = () if written or not mapping.likely else (suggestion(mapping, session.campaign, kind),)
    settings = mapping.with_likely(settings) if takes_likely else settings
    blank = [f"Restent vides : {lacking_text(mapping, tab)}."] if mapping.lacking else []
    return ChosenColumns(settings, (*ending, *map(typographic, blank), counted(mapping, with_likely=takes_likely)))


def refuse_without_state(mapping: ExportMapping, export: Export, kind: ImportKind) -> None:
    """Raise Refusal when nothing says which rows are drafts: no consent to likely columns settles that."""
    if mapping.lacks_state:
        raise Refusal(typographic(f"« {export.name} » : {_without_state(mapping, kind)} Rien n’est importé."))


def refuse_unless_sure(session: Session, export: Export, settings: ImportSettings, kind: ImportKind) -> None:
    """Raise Refusal when a required column is not sure: nobody is there to be asked, and values stay out of logs."""
    mapping, tab = export_mapping(session, export, settings, kind)
    if mapping is not None:
        _refuse_uncertain(mapping, export, tab, kind)


def export_mapping(
    session: Session, export: Export, settings: ImportSettings, kind: ImportKind
) -> tuple[ExportMapping | None, TabSchema]:
    """Where the columns of an export go, as `mapping_of` says; and the tab."""
    campaign = session.campaign
    tab = kind.schema(schema_of(campaign))
    return mapping_of(export, settings, tab, kind.required_of(campaign), campaign.zone), tab


def _answer(session: Session, mapping: ExportMapping, tab: TabSchema, kind: ImportKind) -> bool:
    """Whether likely columns are taken too. Raises Refusal when nothing is to be imported."""
    question, answers = "Importer ainsi ? o : oui ; n : non", {"o": True, "oui": True}
    if mapping.likely and mapping.uncertain:
        question = "Importer, colonnes probables comprises ? o : oui ; n : non"
    elif mapping.likely:
        question = "Importer ? o : oui, colonnes probables comprises ; s : sans elles ; n : non"
        answers |= {"s": False, "sans": False}
    if mapping.lacks_state:
        question = f"{_LEFT_IN[0].upper()}{_LEFT_IN[1:]}. {question}"
    if mapping.lacking:
        question = f"Restera vide : {lacking_text(mapping, tab)}. {question}"
    typed = click.prompt(
        typographic(question), default="n", show_default=False, prompt_suffix=typographic(" : "), err=True
    )
    takes_likely = answers.get(typed.strip().lower())
    if takes_likely is None:
        _suggest(session, mapping, kind)
        raise Refusal("Rien n’est importé.")
    return takes_likely


def _is_written(session: Session, mapping: ExportMapping, consent: Consent, kind: ImportKind) -> bool:
    """Put the likely columns in the configuration, when that was asked for; whether it was done."""
    if not (consent.write and mapping.likely) or consent.dry_run:
        return False
    write_names(session.campaign, mapping.likely, kind.section, kind.settings(session.campaign.imports).fields)
    session.say(f"{session.campaign.path} : [{kind.section}] a maintenant les colonnes probables.")
    return True


def _suggest(session: Session, mapping: ExportMapping, kind: ImportKind) -> None:
    if mapping.likely and not session.quiet:
        echo(suggestion(mapping, session.campaign, kind), err=True)


def lacking_text(mapping: ExportMapping, tab: TabSchema) -> str:
    """The headers of what no column fills."""
    return listed(named(requirement, tab) for requirement in mapping.lacking)


def _refuse_uncertain(mapping: ExportMapping, export: Export, tab: TabSchema, kind: ImportKind) -> None:
    if not mapping.uncertain:
        return
    fields = listed(named(requirement, tab) for requirement in mapping.uncertain)
    likely = " si les colonnes probables vous conviennent" if mapping.likely else ""
    left = f" (restera vide : {lacking_text(mapping, tab)})" if mapping.lacking else ""
    ways = f"Nommez-les dans [{kind.section}] de la configuration, ou relancez avec --yes{likely}{left}."
    if mapping.lacks_state:
        ways = f"Nommez-les dans [{kind.section}] de la configuration. {_without_state(mapping, kind)}"
    elif mapping.likely_state:
        ways += f" L’état est sans doute {mapping.likely_state} : « --write-mapping » le garde dans la configuration."
    raise Refusal(typographic(f"« {export.name} » : aucune colonne sûre pour {fields}. Rien n’est importé. {ways}"))


def _without_state(mapping: ExportMapping, kind: ImportKind) -> str:
    """What follows when the export does not say the state of its rows, and what to do; `--yes` does not settle it."""
    alike = listed_first([f"« {header} »" for header in mapping.doubtful_states])
    which = f"Est-ce {alike} ? " if alike else ""
    return (
        f"Rien ne dit l’état de chaque {kind.word}, et {_LEFT_IN}. {which}Donnez le nom de sa colonne à "
        f"{kind.section}.etat, ou écrivez etat = [] si l’export n’en a pas."
    )
