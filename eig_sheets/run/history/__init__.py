"""The history of runs: what each kept without a name, and what changed from one to another."""
