"""A call in its workbook, run after run: read, checked, computed, planned, written back."""
