"""Addresses to pages: parse, one call, render."""
