"""A configuration that says only what differs from another one: `extends` and `without`.

Tables are merged key by key; any other value, lists and lists of tables included, replaces the parent's whole.
`without` lists keys of the parent that are taken away before the merge. Paths belong to the file that says them, but
for those of the workbook and of the state folder, which start from the campaign's own file.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path
from typing import Any, Final

from eig_sheets.config.errors import ConfigError, error_report
from eig_sheets.config_file import PACKAGED_NAME, packaged
from eig_sheets.spreadsheet.locations import is_online
from eig_sheets.storage import regular_files
from eig_sheets.text import toml
from eig_sheets.text.french import listed, typographic, why
from eig_sheets.text.toml import toml_mistake

_EXTENDS, _WITHOUT, _TEMPLATES, _LOCATIONS = "extends", "without", "emails.templates", ("location", "talents")
_PATHS: Final = re.compile(r"emails\.templates|gmail\.key|.*_file")
"""The keys whose values are paths that start from the folder of the file that says them."""
_KEY_IN_SENTENCE: Final = re.compile(r"[a-z_]+(?:\[\d+\])?(?:\.\w+(?:\[\d+\])?)*")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a configuration: what it says, and the keys of its parent that it takes away.

    `moved`: what it says of keys where they no longer stand, in sentences.
    """

    path: Path
    values: Values
    without: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """The files of a configuration, its own first, and the one in which each value stands, by dotted key."""

    paths: tuple[Path, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    templates: tuple[Path, ...] = ()
    """The folders of the parents' templates, the nearest first."""
    moved: tuple[str, ...] = ()
    """A French sentence for each file with keys that have another place now and were read where they stood."""
    sections: tuple[Path, ...] = ()
    """The files of sections that belong to the last ancestor, after it in `paths`."""

    def file_of(self, key: str) -> Path | None:
        """The file in which the value of a key, or the list that has it, stands; None: in none."""
        key = re.sub(r"\[\d+\]", "", key)
        while key and key not in self.files:
            key = key.rpartition(".")[0]
        return self.files.get(key)

    def layer_of(self, key: str) -> Path | None:
        """The configuration that gives the value of a key, be it in the file of a section; None: none does."""
        file = self.file_of(key)
        return self.paths[-1 - len(self.sections)] if file in self.sections else file

    def located(self, sentences: Iterable[str]) -> list[str]:
        """Sentences on keys, each with the files in which its keys stand, when that is not the campaign’s own."""
        return [self._located(sentence) for sentence in sentences]

    def _located(self, sentence: str) -> str:
        files = {key: self.file_of(key) for key in _KEY_IN_SENTENCE.findall(sentence)}
        elsewhere = [f"{key} est dans {file}" for key, file in files.items() if file not in (None, *self.paths[:1])]
        return f"{sentence} ({' ; '.join(elsewhere)})" if elsewhere else sentence


_NOTHING_MOVED: Final[Mapping[str, str]] = {}
ALONE: Final = Provenance()
"""That of values which come from no file that is known."""


def layers(path: Path, unsaved: str | None = None, moved: Mapping[str, str] = _NOTHING_MOVED) -> list[Layer]:
    """The files of a configuration, the last ancestor first. Raises ConfigError.

    `unsaved`: the text of `path`. `moved`: keys of older versions, each with the place that it has now, dotted.
    """
    stack: list[Layer] = []
    seen: list[Path] = []
    following: Path | None = path
    while following is not None:
        values = _parsed(following, unsaved if following == path else None)
        seen.append(following.resolve())
        parent = _parent(following, values, seen)
        without = _without(following, values)
        renamed = [f"{key} → {moved[key]} (dans without)" for key in without if key in moved]
        renamed += _relocated(values, moved)
        said = f"{listed(renamed)} : à renommer dans {following} ; lu quand même"
        taken_away = tuple(moved.get(key, key) for key in without)
        stack.insert(0, Layer(following, values, taken_away, (typographic(said),) if renamed else ()))
        following = parent
    return stack


def _parent(path: Path, values: Values, seen: list[Path]) -> Path | None:
    if _EXTENDS not in values:
        if _WITHOUT in values:
            raise ConfigError(
                error_report(path, ["without retire des clés de la configuration reprise : il manque extends"])
            )
        return None
    written = values.pop(_EXTENDS)
    if not isinstance(written, str) or (written != PACKAGED_NAME and not written.endswith(".toml")):
        shown = f"« {written} »" if isinstance(written, str) else str(written)
        raise ConfigError(error_report(path, [f"extends = {shown} n’est pas accepté : {_ACCEPTED}"]))
    parent = packaged() if written == PACKAGED_NAME else Path(normpath(path.parent / written))
    if not parent.is_file():  # nor is a link that leads to itself
        raise ConfigError(error_report(path, [f"extends = « {written} » : {parent} n’existe pas ; {_ACCEPTED}"]))
    if parent.resolve() in seen:
        raise ConfigError(error_report(path, [f"extends = « {written} » tourne en rond : {parent} reprend ce fichier"]))
    return parent


_ACCEPTED: Final = f"il faut « {PACKAGED_NAME} », ou le chemin d’un fichier .toml à partir du dossier de celui-ci"


def _without(path: Path, values: Values) -> tuple[str, ...]:
    written = values.pop(_WITHOUT, [])
    if isinstance(written, list) and all(isinstance(key, str) for key in written):
        return tuple(written)
    message = 'without n’est pas accepté : il faut une liste de clés, par exemple ["cofinancing.envelope"]'
    raise ConfigError(error_report(path, [message]))


def merged(stack: list[Layer], beneath: Sequence[Path] = ()) -> tuple[Values, Provenance]:
    """The values of a configuration of several files, the last ancestor first, and where each stands.

    `beneath`: the files of sections that belong to the last ancestor, and are not in its own.
    """
    values: Values = {}
    files: dict[str, Path] = {}
    for path in beneath:
        _merge(_parsed(path), values, files, path)
    if len(stack) == 1:
        _merge(stack[0].values, values, files, stack[0].path)
        return values, Provenance((stack[0].path, *beneath), files, moved=stack[0].moved, sections=tuple(beneath))
    folders: list[Path] = []
    for layer in stack:
        _take_away(layer, values, files, folders)
        own = _with_absolute_paths(layer.values, layer.path.parent)
        if layer is stack[0] and isinstance(emails := own.setdefault("emails", {}), dict):
            emails.setdefault("templates", normpath(layer.path.parent.absolute() / "emails"))
        _merge(own, values, files, layer.path)
        folders[:0] = _template_folders(own)
    _refuse_the_workbook_of_another(stack[-1].path, values, files)
    paths = (*(layer.path for layer in reversed(stack)), *beneath)
    moved = tuple(sentence for layer in stack for sentence in layer.moved)
    provenance = Provenance(paths, files, tuple(folders[1:]), moved, tuple(beneath))
    return values, provenance


def _relocated(values: Values, moved: Mapping[str, str]) -> Iterator[str]:
    """Put the values of keys that have another place now where they stand; « old → new » of each."""
    for old, new in moved.items():
        *tables, name = old.split(".")
        holder: Any = values
        for table in tables:
            holder = holder.get(table) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and name in holder:
            *new_tables, new_name = new.split(".")
            value = holder.pop(name)
            place: Any = values
            for table in new_tables:
                place = place.setdefault(table, {}) if isinstance(place, dict) else None
            if isinstance(place, dict):  # else its validation refuses what is no table
                place.setdefault(new_name, value)
            yield f"{old} → {new}"


def _take_away(layer: Layer, values: Values, files: dict[str, Path], folders: list[Path]) -> None:
    known = {key for leaf in files for key in _with_tables(leaf)}
    if errors := [_not_inherited(key, known) for key in layer.without if key not in known]:
        raise ConfigError(error_report(layer.path, errors))
    for key in layer.without:
        table, _, name = key.rpartition(".")
        holder = values
        for part in table.split(".") if table else ():
            holder = holder.get(part, {})
        holder.pop(name, None)
        for leaf in [leaf for leaf in files if leaf == key or leaf.startswith(f"{key}.")]:
            del files[leaf]
        if key in (_TEMPLATES, "emails"):
            folders.clear()


def _not_inherited(key: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(key, [*known], 1, 0.6)
    hint = f" ; vouliez-vous dire « {close[0]} » ?" if close else " : retirez-la de cette liste"
    return f"without : « {key} » n’est pas une clé de la configuration reprise{hint}"


def _with_tables(leaf: str) -> Iterator[str]:
    """A dotted key, and those of the tables that it is in."""
    while leaf:
        yield leaf
        leaf = leaf.rpartition(".")[0]


def _merge(own: Values, values: Values, files: dict[str, Path], path: Path, table: str = "") -> None:
    for name, value in own.items():
        key = f"{table}.{name}".lstrip(".")
        if isinstance(value, dict) and isinstance(values.get(name), dict):
            _merge(value, values[name], files, path, key)
            continue
        for leaf in [leaf for leaf in files if leaf == key or leaf.startswith(f"{key}.")]:
            del files[leaf]
        values[name] = value
        files |= dict.fromkeys(_leaves({name: value}, table), path)


def _leaves(values: Values, table: str = "") -> Iterator[str]:
    """The dotted keys of the values that are no tables."""
    for name, value in values.items():
        key = f"{table}.{name}".lstrip(".")
        if isinstance(value, dict) and value:
            yield from _leaves(value, key)
        else:
            yield key


def _with_absolute_paths(values: Values, folder: Path, table: str = "") -> Values:
    return {name: _absolute(value, folder, f"{table}.{name}".lstrip(".")) for name, value in values.items()}


def _absolute(value: Any, folder: Path, key: str) -> Any:
    if isinstance(value, dict):
        return _with_absolute_paths(value, folder, key)
    if isinstance(value, str) and value and _PATHS.fullmatch(key):
        return normpath(folder.absolute() / value)
    return value


def _template_folders(own: Values) -> list[Path]:
    emails = own.get("emails", {})
    folder = emails.get("templates") if isinstance(emails, dict) else None
    return [Path(folder)] if isinstance(folder, str) else []


def _refuse_the_workbook_of_another(path: Path, values: Values, files: Mapping[str, Path]) -> None:
    """Refuse a workbook that is inherited, and that is also the parent's own: two calls would write in it."""
    for key in _LOCATIONS:
        owner = files.get(f"workbook.{key}")
        if owner is None or owner == path:
            continue
        location = str(values["workbook"][key])
        same_file = normpath(path.parent / location) == normpath(owner.parent / location)
        if is_online(location) or Path(location).is_absolute() or same_file:
            cause = f"celui de {owner} est le classeur d’un autre appel : donnez le vôtre"
            message = f"workbook.{key} n’est pas donné, et {cause}"
            raise ConfigError(error_report(path, [message]))


def _parsed(path: Path, unsaved: str | None = None) -> dict[str, Any]:
    """The values of a configuration file, not validated: of its text `unsaved`, if given. Raises ConfigError."""
    text = _read(path) if unsaved is None else unsaved
    try:
        return toml.parsed(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{path} n’est pas un fichier TOML valable, {toml_mistake(error, text)}."
    except toml.BoundsError as error:
        message = f"{path} : configuration refusée ({error}). Corrigez cette valeur."
    raise ConfigError(typographic(message))


def _read(path: Path) -> str:
    try:
        return regular_files.read_text(path, "utf-8-sig")
    except FileNotFoundError:
        message = f"Configuration introuvable : {path}. Vérifiez --config ou EIG_SHEETS_CONFIG."
    except (OSError, UnicodeDecodeError) as error:
        cause = why(error) if isinstance(error, OSError) else "encodage"
        message = f"Configuration illisible : {path} ({cause}). Elle doit être un texte en UTF-8."
    raise ConfigError(typographic(message))
