"""The robot's tabs that show results, as a night fills them."""

from eig_sheets.run.chart_numbers import NUMBERS, chart_numbers
from eig_sheets.run.sheets import result_sheets


def sheets_of(reading, results):
    """The tabs by id, with the numbers of the charts."""
    return result_sheets(reading, results.having(NUMBERS, chart_numbers(reading, results)))
