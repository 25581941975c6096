"""The analysed house of `insight`."""

from tests.anahtar_web.insight.conftest import data, firm, firm_by_revenue, publish, run

__all__ = ["data", "firm", "firm_by_revenue", "publish", "run"]
