"""The in-memory backend, for tests and examples: it reads, writes and rejects as the .xlsx backend does."""

from eig_sheets.spreadsheet.memory.book import MemoryWorkbook, Storage

__all__ = ["MemoryWorkbook", "Storage"]
