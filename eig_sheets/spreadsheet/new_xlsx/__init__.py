"""A workbook as data, with its look, and a new .xlsx file of it."""
