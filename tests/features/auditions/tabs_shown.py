"""The tab of auditions that people see in a demonstration, with the first day on which they do."""

SINCE: dict[str, str] = {}
MADE_LATER = {"Planning des auditions": "2021-04-23"}
OPTIONAL_ROBOT_TABS = ("Planning des auditions",)
"""There once it has rows."""
