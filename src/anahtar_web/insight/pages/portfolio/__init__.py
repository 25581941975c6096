"""The portfolio: what the accounts one sees come to, how much hangs on how few, what changed."""

from anahtar_web.insight.pages.portfolio.choices import FilterForm, WithoutForm
from anahtar_web.insight.pages.portfolio.page import Asking, PortfolioPage, asked_for, asked_or_absent, turns_for

__all__ = ["Asking", "FilterForm", "PortfolioPage", "WithoutForm", "asked_for", "asked_or_absent", "turns_for"]
