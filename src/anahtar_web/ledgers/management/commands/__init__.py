"""`anahtar-web import`."""
