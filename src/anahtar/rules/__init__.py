"""Verdicts on a few plain values and a day, each with its evidence. No clock, no database, no table."""
