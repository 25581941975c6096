"""Winning lost accounts back: lists, offers with budget and approval, who is left alone, and what came of it."""
