"""What the ledger makes somebody look at today: at most seven lines, the most money first, each with its why."""
