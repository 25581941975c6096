"""Views of the app: reading, saying who went on as whom, taking lists out."""
