"""What was lost, when, where and with whom; what else could be, and whom to win back first."""
