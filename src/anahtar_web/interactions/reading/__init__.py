"""Mails, calendars and address cards that somebody else made, read in a process of its own behind walls.

What runs inside it (`inside`, `mails`, `calendars`, `cards`) knows neither Django nor the database.
"""
