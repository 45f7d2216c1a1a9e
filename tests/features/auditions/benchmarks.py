"""The benchmark of timetables, at its smallest size, and a line that it prints."""

SMALLEST = {
    "bench_auditions.py": (("--sizes", "1", "--rounds", "1"), r"\| 16 auditions, 22 jurors, one jury, 2 days \| \d"),
}
