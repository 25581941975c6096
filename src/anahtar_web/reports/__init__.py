"""The portfolio on paper: as a PDF, as a workbook, and by mail every month."""
