"""Backups: one file that holds everything people have put into Anahtar, checked on the way out and on the way in."""
