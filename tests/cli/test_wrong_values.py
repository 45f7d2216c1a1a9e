"""A value of the wrong type, for each option and argument of each command: one French sentence, exit code 2."""

import click
import pytest

from eig_sheets.cli.click_french import Day, WholeNumber
from tests.cli.test_errors import refused
from tests.cli.test_help import command_at, commands
from tests.program import eig

NOT_UTF8 = "caf\udce9"
DAYS_THAT_ARE_NONE = ("abc", "", "2021-02-30", "9999-12-31", "0001-01-01", NOT_UTF8)


def wrong_values(kind):
    """What is refused for a parameter of that type; of a feature's own types, its tests say it."""
    for known, values in (
        (WholeNumber, ("abc", "", "1.5", "-3", "1e3", "9" * 30, "9" * 5000, NOT_UTF8)),
        (Day, DAYS_THAT_ARE_NONE),
        (click.Choice, ("abc", "", NOT_UTF8)),
        (click.Path, ()),  # any name is one
        (click.types.BoolParamType, ()),
        (click.types.StringParamType, (NOT_UTF8,)),
    ):
        if type(kind) is known:
            return values
    assert type(kind).__module__.startswith("eig_sheets.features."), kind
    return ()


def right_value(kind):
    if isinstance(kind, click.Choice):
        return kind.choices[0]
    return {WholeNumber: "1", Day: "2021-04-07"}.get(type(kind), "x")


def words(parameter, value):
    return [parameter.opts[-1], value] if isinstance(parameter, click.Option) else [value]


def cases():
    """Each wrong value: its command, its parameter, and the command line, with what must be beside it."""
    for path in ((), *commands()):
        parameters = command_at(path).params
        for parameter in parameters:
            for value in () if getattr(parameter, "count", False) else wrong_values(parameter.type):
                if value.startswith("-") and isinstance(parameter, click.Argument):
                    continue
                beside = [
                    known for known in parameters
                    if known.required or (isinstance(known, click.Argument) and isinstance(parameter, click.Argument))
                ]  # fmt: skip
                given = [words(other, value if other is parameter else right_value(other.type)) for other in beside]
                yield path, parameter, sum(given, [] if parameter in beside else words(parameter, value))


@pytest.mark.parametrize("path", [(), *commands()], ids=lambda path: " ".join(path) or "eig-sheets")
def test_a_wrong_value_is_refused_in_french(path):
    for of, parameter, given in cases():
        if of == path:
            named = parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.human_readable_name
            after = ["rank"] if path == () else []
            refused(eig(*path, *given, *after), 2, "Valeur refusée pour", named)


def test_enough_is_tried():
    tried = [parameter for _, parameter, _ in cases()]
    assert sum(isinstance(one.type, WholeNumber) for one in {id(one): one for one in tried}.values()) >= 10
    assert len(tried) > 150
