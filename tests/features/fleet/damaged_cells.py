"""What the tests on damaged workbooks do with the commands of this feature."""

LEFT_OUT = ((("fleet", "sync"), "is `sync` of several calls"),)
