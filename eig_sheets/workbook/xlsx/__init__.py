"""The .xlsx backend of the workbook: the package of the file is edited, never rewritten."""

from eig_sheets.workbook.xlsx.book import XlsxWorkbook
from eig_sheets.workbook.xlsx.integrity import unexpected_changes

__all__ = ["XlsxWorkbook", "unexpected_changes"]
