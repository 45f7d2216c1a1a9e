"""The commands of openness on a damaged workbook."""

COMMANDS = (("export", "--counts", "--to", "FILE"),)
