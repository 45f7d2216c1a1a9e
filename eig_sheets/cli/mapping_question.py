"""Asks which columns of an export `import` takes: the sure ones, and the likely ones once a person said yes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

import click

from eig_sheets.campaign.campaign_schema import schema_of
from eig_sheets.cli.mapping_view import counted, mapping_text, named, suggestion
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.config import ImportSettings
from eig_sheets.config.mapping_file import write_names
from eig_sheets.importing.kinds import ImportKind
from eig_sheets.importing.mapping import ExportMapping, mapping_of
from eig_sheets.importing.reading import Export
from eig_sheets.text.french import listed, listed_first, typographic
from eig_sheets.workbook.fields import TabSchema

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
    mapping, tab = _mapping(session, export, settings, kind)
    if mapping is None:
        return ChosenColumns(settings)
    is_asked = sys.stdin.isatty() and not consent.yes
    if is_asked or not session.quiet:
        echo(typographic(mapping_text(mapping, export.name, tab, kind)), err=True)
    if consent.yes and mapping.lacks_state:
        raise Refusal(typographic(f"« {export.name} » : {_without_state(mapping, kind)} Rien n’est importé."))
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
    blank = [f"Restent vides : {_lacking(mapping, tab)}."] if mapping.lacking else []
    return ChosenColumns(settings, (*ending, *map(typographic, blank), counted(mapping, with_likely=takes_likely)))


def refuse_unless_sure(session: Session, export: Export, settings: ImportSettings, kind: ImportKind) -> None:
    """Raise Refusal when a required column is not sure: nobody is there to be asked, and values stay out of logs."""
    mapping, tab = _mapping(session, export, settings, kind)
    if mapping is not None:
        _refuse_uncertain(mapping, export, tab, kind)


def _mapping(
    session: Session, export: Export, settings: ImportSettings, kind: ImportKind
) -> tuple[ExportMapping | None, TabSchema]:
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
        question = f"Restera vide : {_lacking(mapping, tab)}. {question}"
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


def _lacking(mapping: ExportMapping, tab: TabSchema) -> str:
    return listed(named(requirement, tab) for requirement in mapping.lacking)


def _refuse_uncertain(mapping: ExportMapping, export: Export, tab: TabSchema, kind: ImportKind) -> None:
    if not mapping.uncertain:
        return
    fields = listed(named(requirement, tab) for requirement in mapping.uncertain)
    likely = " si les colonnes probables vous conviennent" if mapping.likely else ""
    left = f" (restera vide : {_lacking(mapping, tab)})" if mapping.lacking else ""
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
