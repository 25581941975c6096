"""Bids: lots, criteria, prices, who took part, the outcome and its reasons."""
