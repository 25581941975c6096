"""Workbooks: the sheet and header that are meant, read by one library and counted by another."""
