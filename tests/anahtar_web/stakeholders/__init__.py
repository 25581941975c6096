"""The people of an account: written down, moved, tied, related, and read on any day."""
