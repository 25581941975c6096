"""The answer on paper: terminal, workbook, page and files, all from one `Analysis`."""
