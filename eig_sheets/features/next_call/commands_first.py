"""`init DOSSIER`: a call that follows none, from what people answer in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from eig_sheets import config, loading
from eig_sheets.cli import terminal
from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.program_name import program, shell_quoted
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.config.coherence import day_of
from eig_sheets.domain.rules import EmailRules
from eig_sheets.features.next_call.commands_answers import DAY, DAYS, SCALE, Asked, every_day
from eig_sheets.features.next_call.commands_files import TEXTS, location_from, write_call
from eig_sheets.features.next_call.first_call import (
    COFINANCING,
    FirstCall,
    asked_about,
    suggested_closing,
    suggested_id,
    suggested_jury,
    with_needs,
)
from eig_sheets.features.next_call.first_call_text import configuration_of
from eig_sheets.registry import Features
from eig_sheets.run.commands_creation import create_missing
from eig_sheets.storage import regular_files
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook.quoting import did_you_mean

_TEXTS: Final = Path(__file__).with_name("first_texts")
_CRITERIA: Final = "Intérêt ; Qualité ; Faisabilité"
_PUBLIC: Final = "Une administration en prend-elle les décisions ?"
_STATES: Final = "L’export du formulaire dit-il quels dossiers sont des brouillons (Démarche Numérique : oui) ?"
_MONEY: Final = "Un co-financement de personnes recrutées ?"
_AMOUNT: Final = 20_000
_ON_MONEY: Final = "cofinancement_a_completer"


def first_call(session: Session, folder: Path, options: Mapping[str, Any], *, dry_run: bool) -> None:
    """Ask what nobody said, then write the configuration, the texts and the workbook. Raises Refusal."""
    eig = loading.load(config.packaged())
    call = _Interview(options, eig.features).call(session.clock.today)
    path = folder / config.CONFIG_NAME
    text = configuration_of(call, eig.features, _location(session, path), eig)
    texts = {path.parent / TEXTS / name: text for name, text in _texts(call).items()}
    loading.load(path, text)
    if dry_run:
        terminal.echo(text.rstrip())
        session.say(f"Rien n’est écrit dans {folder}.")
        return
    new = Session(str(path), None, session.today, session.verbose, quiet=True)
    write_call(folder, {path: text, **texts}, lambda: _create_workbooks(new))
    session.say(_summary(call, new))


def _texts(call: FirstCall) -> dict[str, str]:
    """The texts of its e-mails, by the names of their files: those of no call, and on money that of the program."""
    of_program = config.packaged().parent / EmailRules().templates
    files = [*_TEXTS.glob("*.md"), *(of_program.glob(f"{_ON_MONEY}.md") if COFINANCING in call.parts else ())]
    return {path.name: regular_files.read_text(path) for path in sorted(files)}


def _location(session: Session, path: Path) -> str:
    return "../campagne.xlsx" if session.location is None else location_from(path.parent, session.location)


def _create_workbooks(session: Session) -> None:
    for each in session.targets:
        create_missing(each)


_REQUESTS: Final = (
    "\nPour répondre à Demandes, toutes les cinq minutes (docs/demandes.fr.md) :\n\n    {command} requests run"
)


def _summary(call: FirstCall, session: Session) -> str:
    command = f"{program()} --config {shell_quoted(str(session.campaign.path))}"
    return "\n".join([
        typographic(f"{call.id} est prêt : {session.workbook.location}."),
        typographic(
            f"Relisez {session.campaign.path} (« hypothèse » : à décider) et les textes de "
            f"{session.campaign.templates_folder}, saisissez les jurés dans Jury, puis, quand les dossiers arrivent :"
        ),
        f"\n    {command} import export.csv\n    {command} sync",
        *([_REQUESTS.format(command=command)] if call.parts & {"requests"} else []),
    ])  # fmt: skip


class _Interview(Asked):
    """What a call is, and what it has, asked one sentence at a time."""

    def __init__(self, options: Mapping[str, Any], features: Features) -> None:
        super().__init__(options)
        self._features = features
        self._guessed = set[str]()

    def call(self, today: date) -> FirstCall:
        """The call that people describe. Raises UsageError without an opening nor a terminal to ask for one."""
        if not self.asks and self._options["opens"] is None:
            raise click.UsageError(typographic("Sans terminal, dites le jour de l’ouverture : --opens 2027-01-24."))
        opens = day_of(self._or("opens", "Ouverture", today, DAY))
        name = " ".join(self._or("name", "Nom de l’appel", f"Appel à projets {opens.year}", click.STRING).split())
        closes = self._or("closes", "Clôture", suggested_closing(opens), DAY)
        jury = every_day(self._or("jury", "Jours du jury (premier..dernier)", suggested_jury(closes), DAYS))
        call = FirstCall(
            id=self._options["id_"] or suggested_id(name),
            name=name,
            opens=opens,
            closes=closes,
            jury=jury,
            target=self._or("target", "Combien de lauréats", 3, WholeNumber(1)),
            criteria=_words(self._or("criteria", "Critères du jury, séparés par « ; »", _CRITERIA, click.STRING)),
            scale=self._or("scale", "Notes d’un critère (la plus basse..la meilleure)", (1, 5), SCALE),
            contact=self.answer("contact", "Adresse à laquelle on vous écrit", "", click.STRING) or "",
            is_public=self._holds("private", _PUBLIC),
            states_rows=self._holds("stateless", _STATES),
        )
        given = self._options["parts"]
        if given or not self.asks:
            parts = with_needs(self._checked(given), self._features)
            self._guessed.add("amount")
            amount = _AMOUNT if COFINANCING in parts else 0
        else:
            amount = self._amount()
            parts = frozenset([*([COFINANCING] if amount else ()), *self._wanted()])
        return replace(call, parts=parts, amount=amount, guessed=frozenset(self._guessed))

    def _holds(self, denied: str, question: str) -> bool:
        """Whether something holds, which is the careful side: unless an option or a person denies it."""
        return not self._options[denied] and (not self.asks or self.is_yes(question, default=True))

    def _or(self, option: str, question: str, suggested: Any, kind: click.ParamType[Any]) -> Any:
        said = self.answer(option, question, suggested, kind)
        if said not in (None, ()):
            return said
        self._guessed.add(option)
        return suggested

    def _amount(self) -> int:
        """Euros for each person recruited; 0 without a co-financing."""
        asked = self.is_yes(_MONEY)
        return int(self.typed("Combien d’euros par personne", _AMOUNT, WholeNumber(1))) if asked else 0

    def _wanted(self) -> Iterator[str]:
        chosen: set[str] = set()
        for feature in asked_about(self._features, chosen):
            if self.is_yes(feature.question):
                chosen.add(feature.id)
                yield feature.id

    def _checked(self, names: tuple[str, ...]) -> tuple[str, ...]:
        known = [COFINANCING, *(feature.id for feature in self._features if feature.question)]
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known)
                raise Refusal(typographic(f"--with {name} : aucune partie de ce nom.{hint} Il y a {listed(known)}."))
        return names


def _words(text: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.split(";") if word.strip())
    if not words:
        raise click.UsageError(
            typographic("--criteria : il faut au moins un critère, par exemple « Clarté ; Utilité ».")
        )
    return words
