"""What is lost and what comes back: between two periods, month by month, where, and what it would take to refill."""
