"""Reading what was promised and delivered."""
