"""What tests of features tell tests of the whole program, each in a module of their folder."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from eig_sheets.installed import FEATURES


def modules_of_features(name: str) -> list[ModuleType]:
    """The modules of that name in the folders of features that have one."""
    folder = Path(__file__).parent
    having = [feature.id for feature in FEATURES if (folder / feature.id / f"{name}.py").is_file()]
    return [import_module(f"tests.features.{id_}.{name}") for id_ in having]
