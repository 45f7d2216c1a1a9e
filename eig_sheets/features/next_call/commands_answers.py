"""The decisions of people for a new call: options of `init`, else answers on a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from eig_sheets.campaign.reading import read
from eig_sheets.cli import terminal
from eig_sheets.cli.click_french import WholeNumber, refuse_year
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.config.coherence import day_of
from eig_sheets.features.next_call.differences import Decided, NextCall
from eig_sheets.features.next_call.jurors import Juror, jurors_of, named
from eig_sheets.text.french import listed, plain, plural, typographic
from eig_sheets.workbook import values

_ALL, _NONE = "tous", "aucun"


class _FrenchDay(click.ParamType[Any]):
    """A day, or a day and an hour, as French people or ISO write it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, with its hour when one is given."""
        if isinstance(value, date):
            return value
        try:
            moment = values.moment(str(value), ZoneInfo("UTC"))
        except values.UnreadableError:
            moment = None
        if moment is None:
            self.fail(f"« {value} » n’est pas une date : écrivez par exemple 2022-01-24 ou 24/01/2022.", param, ctx)
        refuse_year(moment, param, ctx)
        return moment.date() if moment.time() == time.min else moment


class _Days(_FrenchDay):
    """One day, or a first and a last one joined by « .. »."""

    name = "jours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The first and the last days; one when they are the same."""
        if isinstance(value, tuple):
            return value
        if not str(value).strip():
            return ()
        days = [super(_Days, self).convert(word.strip(), param, ctx) for word in str(value).split("..")]
        if len(days) > 2 or days != sorted(set(days)):
            self.fail(
                f"« {value} » : il faut un jour, ou le premier et le dernier : 2022-03-31..2022-04-01.", param, ctx
            )
        return tuple(days)


DAY: Final = _FrenchDay()
DAYS: Final = _Days()


class _Scale(click.ParamType[Any]):
    """The least and the best note of a criterion, joined by « .. »."""

    name = "notes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Both, the first under the second."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"\s*(\d{1,3})\s*(?:\.\.|à|-)\s*(\d{1,3})\s*", str(value))
        if not found or int(found[1]) >= int(found[2]):
            self.fail(f"« {value} » : il faut la plus basse et la meilleure note, par exemple 1..5.", param, ctx)
        return int(found[1]), int(found[2])


SCALE: Final = _Scale()


class Asked:
    """What people say: an option of the command, else an answer on the terminal, where there is one."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self.asks = sys.stdin.isatty()

    def answer(self, option: str, question: str, suggested: Any, kind: click.ParamType[Any]) -> Any:
        """The option, else what is typed on the terminal; None when nobody says."""
        given = self._options[option]
        return given if given is not None or not self.asks else self.typed(question, suggested, kind)

    def typed(self, question: str, suggested: Any, kind: click.ParamType[Any]) -> Any:
        """What is typed on the terminal, asked again while it is not one; Enter takes what is suggested."""
        default = written(suggested)
        while True:
            said = click.prompt(
                typographic(question),
                default=default,
                show_default=bool(default),
                prompt_suffix=typographic(" : "),
                err=True,
            )
            try:
                return kind.convert(said, None, None)
            except click.BadParameter as error:
                terminal.echo(typographic(error.message), err=True)

    def is_yes(self, question: str, *, default: bool = False) -> bool:
        """Whether yes is typed; Enter says the default."""
        shown = typographic(f"{question} [{'O/n' if default else 'o/N'}]")
        while True:
            said = plain(str(click.prompt(shown, default="", show_default=False, prompt_suffix=" ", err=True)))
            if said in ("", "n", "non", "o", "oui"):
                return said in ("o", "oui") or (default and not said)


class Answers(Asked):
    """What people decide: options, else answers on a terminal, else what the last call suggests."""

    def __init__(self, last: Session, options: Mapping[str, Any]) -> None:
        super().__init__(options)
        self._last = last

    def decided(self) -> Decided:
        """What people decide for the call. Raises UsageError without an opening nor a terminal to ask for one."""
        options, campaign = self._options, self._last.campaign
        if not self.asks and options["opens"] is None:
            raise click.UsageError(typographic("Sans terminal, dites le jour de l’ouverture : --opens 2022-01-24."))
        year_later = campaign.campaign.opens.toordinal() + 364
        opens = day_of(self.answer("opens", "Ouverture", date.fromordinal(year_later), DAY))
        suggested = NextCall(campaign, Decided(opens))
        closes = self.answer("closes", "Clôture", suggested.closes, DAY)
        suggested = NextCall(campaign, Decided(opens, closes=closes))
        jury = self.answer("jury", "Jours du jury (premier..dernier)", suggested.jury, DAYS)
        return Decided(
            opens,
            self._another_id(self.answer("id_", "Identifiant", suggested.id, click.STRING), campaign.campaign.id),
            self.answer("name", "Nom", suggested.name, click.STRING),
            closes,
            every_day(jury or ()),
            self.answer("target", "Places", campaign.campaign.target, WholeNumber(1)),
        )

    @staticmethod
    def _another_id(chosen: str | None, last: str) -> str | None:
        """The id that people chose. Raises UsageError when it is that of the last call."""
        if chosen == last:
            raise click.UsageError(typographic(f"« {last} » est l’appel que vous reprenez : donnez un autre --id."))
        return chosen

    def jurors(self) -> list[Juror]:
        """The jurors that people want, of those of the last workbook. Raises Refusal when a name is nobody's."""
        wanted = self._options["jurors"]
        there = wanted != _NONE and self._last.workbook.exists()
        if wanted is None and not (self.asks and there):
            return []
        if wanted not in (None, _NONE) and not there:
            place = self._last.place
            raise Refusal(typographic(f"L’appel d’avant n’a pas de classeur {place} : dites « --jurors aucun »."))
        everybody = self._everybody() if wanted != _NONE else []
        if wanted is None:
            count = plural(len(everybody), "juré", "jurés")
            wanted = click.prompt(
                typographic(f"Jurés à reprendre, parmi {count} ({_ALL}, {_NONE}, ou des noms séparés par « ; »)"),
                default=_ALL, prompt_suffix=typographic(" : "), err=True,
            )  # fmt: skip
        if wanted in (_ALL, _NONE):
            return everybody if wanted == _ALL else []
        chosen, unknown = named(everybody, [word.strip() for word in wanted.split(";") if word.strip()])
        if unknown:
            nobody = listed(f"« {word} »" for word in unknown)
            raise Refusal(typographic(f"{nobody} : personne de ce nom dans l’onglet Jury de {self._last.place}."))
        return chosen

    def _everybody(self) -> list[Juror]:
        reading = read(self._last.workbook.read(), self._last.campaign)
        refuse(reading.problems)
        return jurors_of(reading)


def every_day(ends: tuple[date, ...]) -> tuple[date, ...]:
    """Each day from the first to the last."""
    if len(ends) < 2:
        return ends
    first, last = ends[0].toordinal(), ends[-1].toordinal()
    return tuple(map(date.fromordinal, range(first, last + 1)))


def written(value: Any) -> str:
    """A suggestion as people type it."""
    if isinstance(value, tuple):
        return "..".join(written(day) for day in dict.fromkeys((value[0], value[-1]))) if value else ""
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
