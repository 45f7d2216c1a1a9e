"""Commands of the feature that say what a file is, and where."""

COMMANDS = [("doctor",)]
