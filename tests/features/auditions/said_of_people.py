"""The command of auditions that names people to the person who runs it, and why."""

EXCEPTIONS = {("jury", "schedule"): "who is expected in two places at once"}
