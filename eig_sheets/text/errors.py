"""The error that people can do something about."""


class ExpectedError(Exception):
    """What stops a command, told in its own French sentence: what is wrong, where, and what to do."""
