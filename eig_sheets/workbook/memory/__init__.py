"""Workbooks in memory, for tests and examples: they read, write and refuse as an .xlsx file does."""

from eig_sheets.workbook.memory.book import MemoryWorkbook, Storage

__all__ = ["MemoryWorkbook", "Storage"]
