"""Imports each of some modules before any other of the package: `python -m tests.import_alone MODULE…`."""

import contextlib
import importlib
import json
import os
import sys

LIBRARIES = (
    "click", "docx", "gspread", "highspy", "holidays", "icalendar", "jinja2", "markdown_it", "numpy", "pandas",
    "pydantic", "python_calamine", "rapidfuzz", "rich.table", "xlsxwriter",
)  # fmt: skip
"""What takes time to import, once for all of the modules; the others may import more."""


def error_of(module):
    """What importing a module says, in a process where no other of the package was; empty when it succeeds."""
    reading, writing = os.pipe()
    if not os.fork():
        said = ""
        try:
            importlib.import_module(module)
        except BaseException as error:  # a module that exits is at fault too
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        said = told.read()
    os.wait()
    return said


def main():
    """Print the modules that could not be imported, each with its error, as JSON."""
    for library in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(library)
    errors = {module: error_of(module) for module in sys.argv[1:]}
    json.dump({module: error for module, error in errors.items() if error}, sys.stdout)


if __name__ == "__main__":
    main()
