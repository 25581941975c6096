"""Sheets into a reconciled batch: read, judge, set aside, write, and count again."""
