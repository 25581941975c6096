"""The trail: every change, by whom, from where, chained so that tampering shows."""
