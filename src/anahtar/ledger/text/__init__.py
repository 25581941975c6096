"""Delimited text: encoding, delimiter, header, rows and cells, with the line each row stands on."""
