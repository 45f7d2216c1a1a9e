"""The rules of a call as its workbook records them, and what changed since."""
