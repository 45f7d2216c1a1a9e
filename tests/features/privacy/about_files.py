"""The commands of personal data that are about files, which a workbook in memory has not."""

COMMANDS = (("archives", "list"),)
