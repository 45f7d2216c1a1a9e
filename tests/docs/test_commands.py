"""Every command that documentation tells to type is one that the program takes."""

import click
import pytest

from eig_sheets.cli import cli
from tests.docs.command_line import parse, unknown_options
from tests.docs.pages import PAGES, Typed, in_blocks, in_sentences, named, words

TYPED = [
    typed for page in PAGES for typed in (*in_blocks(page), *in_sentences(page)) if typed.words[:1] != ("COMMANDE",)
]
ABRIDGED = [typed for page in PAGES for typed in named(page, cli.commands)]


def refusals(commands):
    for typed in commands:
        try:
            parse(typed.words)
        except click.UsageError as error:
            yield f"{typed}: {error.format_message()}"


def test_the_program_takes_every_command_of_every_page():
    assert len(TYPED) > 150
    assert [*refusals(TYPED)] == []


def test_what_is_named_without_the_program_has_its_command_and_options():
    assert len(ABRIDGED) > 60
    assert [str(typed) for typed in ABRIDGED if unknown_options(typed.words)] == []


@pytest.mark.parametrize(
    "line",
    ["rankings", "rank --explain", "rank --formats csv", "jury ballot", "--weekbook x rank", "rank --format xml"],
)
def test_a_command_that_is_not_is_seen(line):
    assert len([*refusals([Typed("page.md", words(line))])]) == 1


def test_an_option_that_is_not_is_seen():
    assert unknown_options(words("jury ballots --share --shares")) == ["--shares"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (" rank --explain 3712437  # pourquoi", ("rank", "--explain", "3712437")),
        (' -q check --format csv"', ("-q", "check", "--format", "csv")),
        (" > ~/.config/fish/completions/eig-sheets.fish", ()),
        (" rank; echo $?", ("rank",)),
    ],
)
def test_what_follows_a_command_is_left_aside(line, expected):
    assert words(line) == expected
