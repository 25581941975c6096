"""When the ledger is analysed by itself, what came of it each time, and what it changed."""
