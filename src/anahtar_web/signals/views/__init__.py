"""Views of the app: reading signals, deciding on them."""
