"""Tables of databases as sources: named once, tried, and refreshed by hand or before each scheduled analysis."""
