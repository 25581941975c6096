"""Addresses of tenders."""
