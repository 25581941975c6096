"""Files into the sales ledger: upload, reading, mapping, checks, import, taking back."""
