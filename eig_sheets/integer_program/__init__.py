"""Mixed integer linear programs: variables, constraints with a name and a price, objectives in their order.

`linear` has sums of variables, `program` what people declare and ask for, `highs` solves one objective of it.
"""

from eig_sheets.integer_program.highs import Optimum, Solution
from eig_sheets.integer_program.linear import NO_COLUMN, NOTHING, Columns, Key, Linear, Numbers, Variables, total
from eig_sheets.integer_program.program import Program

__all__ = [
    "NOTHING",
    "NO_COLUMN",
    "Columns",
    "Key",
    "Linear",
    "Numbers",
    "Optimum",
    "Program",
    "Solution",
    "Variables",
    "total",
]
