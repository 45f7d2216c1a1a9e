"""A call's workbook: tabs and columns as data, who owns which, what stands in their cells."""
