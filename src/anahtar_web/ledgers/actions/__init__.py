"""Everything that can happen to an import: uploaded, decided about, imported, cancelled, taken back."""
