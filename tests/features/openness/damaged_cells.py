"""What the tests on damaged workbooks do with the commands of this feature."""

COMMANDS = (("export", "--counts", "--to", "FILE"),)
