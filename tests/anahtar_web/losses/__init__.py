"""Losses: found with an analysis, read by who may, taken out and corrected by people."""
