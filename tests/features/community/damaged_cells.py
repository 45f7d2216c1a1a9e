"""What the tests on damaged workbooks do with the commands of this feature."""

LEFT_OUT = ((("projects", "search"), "of past calls"),)
