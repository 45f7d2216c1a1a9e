"""The local .xlsx backend: the package is edited, never rewritten."""

from eig_sheets.workbook.xlsx.book import XlsxWorkbook
from eig_sheets.workbook.xlsx.proof import untouched

__all__ = ["XlsxWorkbook", "untouched"]
