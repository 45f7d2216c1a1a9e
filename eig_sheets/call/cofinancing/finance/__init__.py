"""Co-financing for the finance department: the table, and the annexes of the laureates by route."""
