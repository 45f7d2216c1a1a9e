"""The commands of personal data on a damaged workbook."""

from tests.damaged_cells.options import JSON

COMMANDS = (("archives", "list", *JSON),)
LEFT_OUT = {
    ("person", "show"): "shows cells as they are, each by its address",
    ("archives", "register"): "of the configuration",
    ("archives", "cells"): "lists cells as they are, each by its address",
    ("archives", "purge"): "of the state folder",
    ("archives", "verify"): "of the state folder",
    ("archives", "bordereau"): "of the state folder",
    ("archives", "erase"): "of the state folder",
}
