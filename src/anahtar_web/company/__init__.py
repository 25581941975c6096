"""The company that uses Anahtar: its currency, year, languages, thresholds and criteria, with their history."""
