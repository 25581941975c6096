"""Tables of databases as a source: pulled month by month into the batches of a ledger, by the reader of files."""
