"""A call in its workbook: read, computed, explained, compared with what was recorded."""
