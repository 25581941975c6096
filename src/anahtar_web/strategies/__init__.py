"""Strategies of behaviour: what we do, how often, who, what we never do; and where we deviate from that."""
