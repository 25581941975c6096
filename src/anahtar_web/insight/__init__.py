"""What the ledger says of accounts: the only app that calls the analysis; standings, series, lines."""
