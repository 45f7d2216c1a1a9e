"""The .xlsx backend of the workbook: the package of the file is edited, never rewritten."""

from eig_sheets.spreadsheet.xlsx.book import XlsxWorkbook
from eig_sheets.spreadsheet.xlsx.integrity import unexpected_changes

__all__ = ["XlsxWorkbook", "unexpected_changes"]
