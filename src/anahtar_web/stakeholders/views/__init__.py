"""Addresses of the people of an account, one module per page."""
