"""Addresses of dossiers, one module per group of pages."""
