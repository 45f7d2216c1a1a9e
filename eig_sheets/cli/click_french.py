"""Click in French: help pages, and one sentence for each usage error."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NoReturn

import click

from eig_sheets.cli import interruption
from eig_sheets.cli.terminal import echo, output_error
from eig_sheets.text.french import NARROW, listed, typographic
from eig_sheets.text.french_days import YEARS


class FrenchCommand(click.Command):
    """A command whose help page is in French, correctly typed before it is cut into lines."""

    def __init__(self, *args: Any, **options: Any) -> None:
        texts = {key: typographic(options[key]) for key in ("help", "epilog") if options.get(key)}
        super().__init__(*args, **{**options, **texts})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; those that are texts, and no names of files, are in UTF-8."""
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            if parameter.type is click.STRING and not _is_text(ctx.params.get(parameter.name or "")):
                raise click.BadParameter("ce texte n’est pas en UTF-8", ctx, parameter)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"Utilisation{NARROW}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the sub-commands of a group."""
        options = (parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option))
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(f"Options{NARROW}"):
            formatter.write_dl([(name, _option_help(text)) for name, text in records])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, described in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option


def _is_text(value: str | tuple[str, ...] | None) -> bool:
    """Whether a value is text: Python has lone surrogates in the place of bytes that are not UTF-8."""
    try:
        "".join(value or "").encode()
    except UnicodeEncodeError:
        return False
    return True


class WholeNumber(click.IntRange):
    """A whole number: the one type of numbers, so that each is refused in the same words."""

    def __init__(self, least: int) -> None:
        super().__init__(min=least)
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        try:
            number = int(value)
        except ValueError:
            number = self._least - 1
        if not self._least <= number <= _LARGEST:
            self.fail(f"il faut un nombre entier, {self._least} ou plus", param, ctx)
        return number


_LARGEST: Final = 2**53
"""SQLite and JSON hold it."""


class Day(click.DateTime):
    """A day, as 2021-04-07, of a year that can be meant: every date that is reckoned from it is one, too."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day, at midnight."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail("il faut une date comme 2021-04-07", param, ctx)
        refuse_year(day, param, ctx)
        return day


def refuse_year(day: date, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """Raise BadParameter for a day of a year that nobody can mean."""
    if day.year not in YEARS:
        raise click.BadParameter(f"il faut une année de {YEARS[0]} à {YEARS[-1]}", ctx, param)


def at_most_one(given: Mapping[str, bool]) -> None:
    """Raise UsageError when several of these options are given."""
    chosen = [option for option, is_given in given.items() if is_given]
    if len(chosen) > 1:
        raise click.UsageError(f"{listed(chosen)} ne vont pas ensemble : choisissez l’une d’elles.")


def _option_help(text: str) -> str:
    french = text.replace("[default: ", "[par défaut : ")
    french = re.sub(r"\brequired\]", "obligatoire]", french)
    return typographic(re.sub(r"\bx>=(\d+)", r"\1 ou plus", french))


_OWN_DEFECT: Final = 70
"""EX_SOFTWARE of sysexits.h: a defect of the program."""


def run(cli: click.Group) -> NoReturn:
    """Run the program: 0 done, 1 the data or the service says no, 2 wrong usage, 70 our own defect; no traceback."""
    try:
        with interruption.recording_interrupts():
            code = _main(cli)
    except click.exceptions.NoArgsIsHelpError as error:
        echo(error.ctx.get_help(), err=True)
        code = error.exit_code
    except click.ClickException as error:
        echo(typographic(_error_sentence(error)), err=True)
        code = error.exit_code
    except click.exceptions.Abort:
        echo(typographic("Interrompu : rien de plus n’a été écrit."), err=True)
        code = 1
    except Exception as error:
        echo(typographic(_crash_sentence(error, cli)), err=True)
        code = _OWN_DEFECT
    sys.exit(code if isinstance(code, int) else 0)


def _main(cli: click.Group) -> Any:
    try:
        return cli.main(standalone_mode=False, prog_name="eig-sheets")
    except OSError as error:  # Click prints pages of help by itself; where commands fail, they say of which file
        if error.errno not in _OUTPUT_FAILURES or error.filename is not None:
            raise
        raise output_error(error) from None


_OUTPUT_FAILURES: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _crash_sentence(error: Exception, cli: click.Group) -> str:
    what = "La mémoire n’a pas suffi" if isinstance(error, MemoryError) else "Erreur imprévue du programme"
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("eig_sheets"):
        return f"Il manque à cette installation la bibliothèque « {error.name} » : réinstallez eig-sheets."
    try:
        from eig_sheets.cli import crash_report

        where = f"Le détail, sans donnée de la campagne, est dans {crash_report.saved(error, _command(cli))} :"
    except (OSError, MemoryError):
        where = f"Le détail n’a pas pu être enregistré ({type(error).__name__}) :"
    return (
        f"{what} : la commande s’est arrêtée, et aucun fichier n’est écrit à moitié. {where} transmettez-le à la "
        "personne qui maintient l’outil."
    )


def _command(cli: click.Group) -> list[str]:
    """The names of the command that was typed, without its options and arguments."""
    names = ["eig-sheets"]
    command: click.Command = cli
    for word in sys.argv[1:]:
        if isinstance(command, click.Group) and word in command.commands:
            names.append(word)
            try:
                command = command.commands[word]
            except ImportError:  # of a library that is missing: that is what is being reported
                break
    return names


def _error_sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        if (place := _group_option_usage(error)) is not None:
            return f"L’option {error.option_name} s’écrit avant la commande : « {place} »."
        close = f" Vouliez-vous dire {' ou '.join(sorted(error.possibilities))} ?" if error.possibilities else ""
        return f"Option inconnue : {error.option_name}.{close}{_see_help(error)}"
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_name(error)}.{_see_help(error)}"
    if isinstance(error, click.BadParameter):
        return f"Valeur refusée pour {_name(error)} : {_cause(error)}.{_see_help(error)}"
    if isinstance(error, click.UsageError):
        return f"{_usage(error)}{_see_help(error)}"
    return error.format_message()


def _group_option_usage(error: click.NoSuchOption) -> str | None:
    """The right place of an option of a group that was given to one of its commands; None for any other option."""
    if error.ctx is None:
        return None
    for group in _parent_contexts(error.ctx):
        for option in group.command.params:
            if error.option_name in option.opts:
                after = error.ctx.command_path.removeprefix(group.command_path)
                return f"{group.command_path} {_option_usage(option)}{after}"
    return None


def _parent_contexts(context: click.Context) -> Iterator[click.Context]:
    while context.parent is not None:
        context = context.parent
        yield context


def _option_usage(option: click.Parameter) -> str:
    return f"{option.opts[0]} {option.metavar}" if option.metavar else option.opts[0]


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "un argument"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else f"l’argument {parameter.human_readable_name}"


def _cause(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"les valeurs possibles sont {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.Path) and " is a file" in error.message:
        return "c’est un fichier, il faut un dossier"
    if isinstance(kind, click.Path) and " is not " in error.message:
        return "vos droits n’y suffisent pas"
    return error.message.rstrip(".")


def _usage(error: click.UsageError) -> str:
    group = error.ctx.command if error.ctx else None
    words = error.message.split("'")
    if isinstance(group, click.Group) and error.message.startswith("No such command"):
        return f"Commande inconnue : {words[1]}.{_closest(words[1], group)}"
    if "unexpected extra argument" in error.message:
        return f"Argument en trop : {error.message.rpartition('(')[2].rstrip(')')}."
    if "requires an argument" in error.message:
        return f"L’option {words[1]} attend une valeur."
    if "does not take a value" in error.message:
        return f"L’option {words[1]} n’attend pas de valeur."
    if error.message.startswith("Missing command"):
        return "Il manque une commande."
    return error.message


def _closest(word: str, group: click.Group) -> str:
    import difflib

    close = difflib.get_close_matches(word, group.commands, 1, 0.5)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""


def _see_help(error: click.UsageError) -> str:
    return f" Voyez « {error.ctx.command_path} --help »." if error.ctx else ""
