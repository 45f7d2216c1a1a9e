"""The benchmark of teams, at its smallest size, and a line that it prints."""

SMALLEST = {"bench_teams.py": (("--rounds", "1"), r"\| 471 candidates, 96 with a note, 16 projects \| \d")}
