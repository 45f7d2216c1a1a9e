"""The robot's columns: one formula in the header cell, which people sort, insert, move and type around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from eig_sheets import config, loading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.spreadsheet.google import areas, cells
from eig_sheets.spreadsheet.model import formulas
from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.fields import RobotField, TabSchema
from live_behaviours.behaviour import behaviour, hold
from live_behaviours.scratch import Rows, Scratch, texts

_FORMULA = "eig_sheets/workbook/lookup_formula.py"
_READ = "eig_sheets/spreadsheet/model/formulas.py, eig_sheets/workbook/diff.py"
_REWRITTEN = "le robot réécrirait ses formules à chaque exécution, même sans changement"
_ASIDE = "une colonne du robot montrerait la valeur d’une autre ligne"

_SHOWN = [("101", 1.0), ("B-2", 2.0), ("", None), ("inconnu", None)]
"""Keys, and what the column shows for each: a number, a text, a blank and one that the robot's tab lacks."""


@dataclass(frozen=True)
class Pair:
    """A people's tab whose column C is the robot's, and the robot's tab that it shows; `first`: the headers' row."""

    scratch: Scratch
    name: str
    source: str
    people: int
    robots: int

    def read(self) -> TabSnapshot:
        """The people's tab as it is now."""
        return self.scratch.read(self.name)

    def beside(self, tab: TabSnapshot, key: int = 0, robot: int = 2, header: int = 1) -> dict[str, object]:
        """What the robot's column shows for each key."""
        rows = range(header + 1, len(tab.rows) + 1)
        return {_text(tab.value(row, key)): tab.value(row, robot) for row in rows}

    def require(self, key: int = 0, robot: int = 2, header: int = 1, source: str = "") -> str:
        """See that the right values and the formula that we would write now are there; say so."""
        tab = self.read()
        shown = {number: value for number, value in self.beside(tab, key, robot, header).items() if number}
        hold(shown == {number: value for number, value in _SHOWN if number}, f"valeurs lues : {_values_text(shown)}")
        expected = _expected_formula(source or self.source, (header, key))
        found = tab.formulas.get((header, robot))
        hold(formulas.same(found, expected), f"formule lue : {found}, attendue : {expected}")
        return f"formule lue : {found}"


def _values_text(shown: Mapping[str, object]) -> str:
    return ", ".join(
        f"{number or '(vide)'} → {'(vide)' if value is None else value}" for number, value in shown.items()
    )


def _text(key: object) -> str:
    return "" if key is None else f"{key:g}" if isinstance(key, float) else str(key)


@cache
def _robot_field() -> tuple[TabSchema, RobotField]:
    tab = schema_of(loading.load(config.packaged())).tab("candidatures")
    return tab, next(field for field in tab.robot_fields if field.source_tab == "classement")


def _expected_formula(source: str, key: tuple[int, int]) -> str:
    """The formula as the tool itself makes it."""
    tab, robot = _robot_field()
    columns = (Column(tab.field(tab.key).header), Column(robot.source_header))
    return lookup_formula.formula(robot, tab, "Rang", key, Sheet("classement", source, Owner.ROBOT, columns))


def _pair(scratch: Scratch, name: str, source: str = "") -> Pair:
    """Both tabs in one batch; the first number is a number, as people type it, the others are texts."""
    source = source or f"Classement d’essai {name}"
    robots, add_robots = scratch.new_tab(source, columns=2)
    people, add_people = scratch.new_tab(name)
    formula = cells.formula(_expected_formula(source, (1, 0)))
    rows: Rows = [["Numéro", "Nom", formula], [101, "Zoé"], ["B-2", "Yves"], [None, "Xavier"], ["inconnu", "Wanda"]]
    values: Rows = [["Numéro", "Rang"], ["101", 1], ["B-2", 2]]
    scratch.send(add_robots, add_people, texts(robots, values), texts(people, rows))
    return Pair(scratch, name, source, people, robots)


@behaviour(
    "Une formule écrite avec des noms anglais et des « ; » est acceptée quelle que soit la langue du classeur, et "
    "rendue telle quelle, à l’orthographe des séparateurs et des apostrophes près",
    _READ,
    _REWRITTEN,
)
def _formula_given_back(scratch: Scratch) -> str:
    first = _pair(scratch, "formule", "L'apostrophe d’essai").require()
    second = _pair(scratch, "formule simple", "Simple").require()
    return f"{first} ; {second}"


@behaviour(
    "ARRAYFORMULA et XLOOKUP remplissent toute la colonne depuis sa cellule d’en-tête ; un numéro vide ou inconnu "
    "donne une cellule vide, un nombre est trouvé comme un texte",
    _FORMULA,
    "les colonnes du robot resteraient vides ou en erreur : il faudrait y écrire des valeurs",
)
def _spill(scratch: Scratch) -> str:
    pair = _pair(scratch, "remplissage")
    shown = pair.beside(pair.read())
    hold(shown == dict(_SHOWN), f"valeurs lues : {_values_text(shown)}")
    return f"valeurs lues : {_values_text(shown)}"


@behaviour(
    "Des lignes insérées juste sous l’en-tête, au milieu et à la fin gardent chaque valeur en face de son numéro",
    _FORMULA,
    _ASIDE,
)
def _rows_inserted(scratch: Scratch) -> str:
    pair = _pair(scratch, "lignes")
    scratch.send(
        areas.insert_dimension(pair.people, "ROWS", 1, 2),
        areas.insert_dimension(pair.people, "ROWS", 3, 5),
        areas.extend(pair.people, "ROWS", 15, 18),
    )
    return pair.require()


@behaviour("Une ligne insérée au-dessus des en-têtes décale les références de la formule", _READ, _REWRITTEN)
def _row_above(scratch: Scratch) -> str:
    pair = _pair(scratch, "titre")
    scratch.send(areas.insert_dimension(pair.people, "ROWS", 0, 1))
    return pair.require(header=2)


@behaviour(
    "Déplacer la colonne des numéros ou celle du robot garde les valeurs et met à jour les références",
    _READ,
    _REWRITTEN,
)
def _columns_moved(scratch: Scratch) -> str:
    pair = _pair(scratch, "colonnes")
    to_the_front = {"source": areas.dimension_range(pair.people, "COLUMNS", 2, 3), "destinationIndex": 0}
    to_the_end = {"source": areas.dimension_range(pair.people, "COLUMNS", 1, 2), "destinationIndex": 5}
    scratch.send({"moveDimension": to_the_front}, {"moveDimension": to_the_end})
    return pair.require(key=4, robot=0)


@behaviour("Renommer l’onglet du robot met son nom à jour dans la formule", _READ, _REWRITTEN)
def _source_renamed(scratch: Scratch) -> str:
    pair, name = _pair(scratch, "renommage"), "Rang de l'essai renommé"
    renamed = {"properties": {"sheetId": pair.robots, "title": name}, "fields": "title"}
    scratch.send({"updateSheetProperties": renamed})
    return pair.require(source=name)


@behaviour(
    "Trier tout l’onglet, colonne du robot comprise, garde la formule et chaque valeur en face de son numéro",
    _FORMULA,
    _ASIDE,
)
def _sorted(scratch: Scratch) -> str:
    pair = _pair(scratch, "tri")
    by_name = [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}]
    scratch.send({"sortRange": {"range": areas.grid_range(pair.people, (1, 5), (0, 3)), "sortSpecs": by_name}})
    first = pair.read().value(2, 1)
    hold(first == "Wanda", f"la première ligne est {first}")
    return pair.require()


@behaviour(
    "Une valeur tapée sous l’en-tête d’une colonne du robot met la formule en erreur REF, son texte restant lisible ; "
    "l’effacer la rétablit",
    "eig_sheets/spreadsheet/google/cells.py, eig_sheets/workbook/ownership.py",
    "le robot ne saurait pas nommer la cellule de trop, ou prendrait la colonne pour celle de l’équipe",
)
def _typed_under(scratch: Scratch) -> str:
    pair = _pair(scratch, "saisie")
    scratch.send(texts(pair.people, [["12e"]], (2, 2)))
    tab = pair.read()
    header, formula = tab.value(1, 2), tab.formulas.get((1, 2))
    hold(header == CellError("#REF!") and tab.value(3, 2) == "12e", f"en-tête : {header}, cellule : {tab.value(3, 2)}")
    hold(formulas.header_in(formula) == "Rang", f"formule lue : {formula}")
    scratch.send(texts(pair.people, [[None]], (2, 2)))
    pair.require()
    return f"en-tête : {header}, puis rétabli"
