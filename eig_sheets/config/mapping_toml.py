"""Names of columns in a section of the configuration file, such as `[import.fields]`: the rest stays as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.errors import ConfigError
from eig_sheets.config.export_columns import ColumnName
from eig_sheets.storage import regular_files
from eig_sheets.storage.file_replacement import ConcurrentSaveError, replace_version
from eig_sheets.text import toml
from eig_sheets.text.french import typographic

_LONGEST: Final = 110
_TEXT: Final = r'"""(?:\\.|[^\\])*?"""' r"|'''[\s\S]*?'''" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'"
_TOKEN: Final = re.compile(_TEXT + r"|#[^\n]*|[\[\]{}]", re.DOTALL)
_PIECE: Final = re.compile(_TOKEN.pattern + r"""|,|[^\s,\[\]{}"'#]+""", re.DOTALL)
_DEPTHS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}


class UneditableError(Exception):
    """The file is written in a way that this module does not edit: a person has to."""


def toml_line(field: str, names: Sequence[ColumnName]) -> str:
    """The line that gives a field its names; several lines when they are long."""
    written = [_written(name) for name in names]
    line = f"{field} = [{', '.join(written)}]"
    return line if len(line) <= _LONGEST else f"{field} = [\n" + "".join(f"  {name},\n" for name in written) + "]"


def with_names(
    text: str,
    added: Mapping[str, ColumnName],
    before: Mapping[str, Sequence[ColumnName]],
    section: str = "import.fields",
) -> str:
    """The text of the file in which each field has one more name in that section, after its own.

    `before`: the names in force, which a field that the file does not have keeps. Raises UneditableError.
    """
    expected = _with(tomllib.loads(text), added, before, section.split("."))
    for field, name in added.items():
        text = _with_name(text, field, name, before.get(field, ()), section)
    try:
        written = toml.parsed(text)
    except (tomllib.TOMLDecodeError, toml.BoundsError):
        raise UneditableError from None
    if written != expected:
        raise UneditableError
    return text


def _with(
    values: dict[str, Any],
    added: Mapping[str, ColumnName],
    before: Mapping[str, Sequence[ColumnName]],
    section: Sequence[str],
) -> Any:
    if section:
        first, *others = section
        return {**values, first: _with(values.get(first, {}), added, before, others)}
    named = {
        field: [*values.get(field, map(_plain, before.get(field, ()))), _plain(name)] for field, name in added.items()
    }
    return {**values, **named}


def _plain(name: ColumnName) -> Any:
    if isinstance(name, str):
        return name
    values = name.model_dump(exclude_defaults=True, exclude={"join"})
    return {**values, **({"join": [_plain(part) for part in name.join]} if name.join else {})}


def _written(name: ColumnName) -> str:
    return _toml(_plain(name))


def _toml(value: Any) -> str:
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dict():
            return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _with_name(text: str, field: str, name: ColumnName, before: Sequence[ColumnName], name_of_section: str) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    line = toml_line(field, (*before, name)).replace("\n", newline)
    section = _section(text, name_of_section)
    if section is None:
        blank = "" if not text else newline if text.endswith("\n") else newline * 2
        return f"{text}{blank}[{name_of_section}]{newline}{line}{newline}"
    key = re.compile(rf"[ \t]*(?:{re.escape(field)}|\"{re.escape(field)}\"|'{re.escape(field)}')[ \t]*=[ \t]*")
    for place, statement in section:
        if assignment := key.match(statement):
            return _in_list(text, place + assignment.end(), _written(name), newline)
    place, statement = section[-1]
    end = place + len(statement.rstrip())
    return f"{text[:end]}{newline}{line}{text[end:] or newline}"


def _section(text: str, name: str) -> list[tuple[int, str]] | None:
    """The statements of a section, its own line first, with their places; None when the file has none."""
    lines: list[tuple[int, str]] | None = None
    spaced = r"[ \t]*\.[ \t]*".join(map(re.escape, name.split(".")))
    header = re.compile(rf"[ \t]*\[[ \t]*{spaced}[ \t]*\][ \t]*(?:#.*)?\r?$")
    for place, statement in _statements(text):
        if lines is not None and statement.lstrip().startswith("["):
            return lines
        if lines is not None and statement.strip() and not statement.lstrip().startswith("#"):
            lines.append((place, statement))
        elif lines is None and header.fullmatch(statement):
            lines = [(place, statement)]
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement, with its place: a line, or the lines of a list or of a text."""
    place = 0
    while place < len(text):
        end = _statement_end(text, place)
        yield place, text[place:end]
        place = end + 1


def _statement_end(text: str, place: int) -> int:
    depth = 0
    while True:
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        token = _TOKEN.search(text, place)
        if token is None or (token.start() > end and depth <= 0):
            return end if depth <= 0 else len(text)
        depth += _DEPTHS.get(token[0], 0)
        place = token.end()


def _in_list(text: str, place: int, written: str, newline: str) -> str:
    """The text with one more value at the end of the list that begins there. Raises UneditableError."""
    last, close, has_comma = _end_of_list(text, place)
    line_end = text.find("\n", last)
    if not last < line_end < close:
        return f"{text[:last]}, {written}{text[last:]}" if not has_comma else f"{text[:close]}{written}{text[close:]}"
    line_end -= text[line_end - 1] == "\r"
    margin = re.match(r"[ \t]*", text[text.rfind("\n", 0, last) + 1 :])
    indent = margin[0] if margin and text.rfind("\n", 0, last) > place else "  "
    comma = "" if has_comma else ","
    return f"{text[:last]}{comma}{text[last:line_end]}{newline}{indent}{written},{text[line_end:]}"


def _end_of_list(text: str, place: int) -> tuple[int, int, bool]:
    """Where the last value of the list ends, where the list is closed, and whether a comma is between."""
    depth, last, has_comma = 0, place, False
    for token in _PIECE.finditer(text, place):
        depth += _DEPTHS.get(token[0], 0)
        if token.start() == place and token[0] != "[":
            break
        if depth == 0:
            return last, token.start(), has_comma
        if not token[0].startswith("#"):
            has_comma = token[0] == "," and depth == 1
            last = last if has_comma else token.end()
    raise UneditableError


_BYTE_ORDER_MARK = "\ufeff"


def write_names(
    campaign: Campaign, added: Mapping[str, ColumnName], section: str, before: Mapping[str, Sequence[ColumnName]]
) -> None:
    """Add a name to each field in a section of the campaign's file: nothing else of it changes.

    `before`: the names in force. Raises ConfigError, OSError.
    """
    if campaign.home != campaign.folder:
        raise ConfigError(
            typographic(
                "La configuration livrée avec le programme n’est pas modifiée. Il vous faut la vôtre : "
                f"{campaign.to_edit}. Puis relancez."
            )
        )
    path = campaign.path.resolve()
    saved = regular_files.read_bytes(path, regular_files.TEXT_BYTES)
    text = saved.decode("utf-8")
    bare = text.removeprefix(_BYTE_ORDER_MARK)
    try:
        edited = with_names(bare, added, before, section)
        replace_version(path, saved, (text[: len(text) - len(bare)] + edited).encode(), lambda: None)
    except UneditableError:
        raise ConfigError(_by_hand(campaign, added, section, before)) from None
    except ConcurrentSaveError:
        raise ConfigError(
            typographic(f"{campaign.path} a été enregistré entre-temps : rien n’y est changé. Relancez.")
        ) from None


def _by_hand(
    campaign: Campaign, added: Mapping[str, ColumnName], section: str, before: Mapping[str, Sequence[ColumnName]]
) -> str:
    lines = [toml_line(field, (*before.get(field, ()), name)) for field, name in added.items()]
    return typographic(
        f"{campaign.path} : [{section}] y est écrit d’une façon que --write-mapping ne modifie pas. Mettez-y "
        "vous-même :"
    ) + "\n".join(["", *lines])
