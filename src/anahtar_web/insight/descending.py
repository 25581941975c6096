"""The order of most lists: the greatest first, what is unknown last; and the index that serves it."""

from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.expressions import OrderBy


def greatest_first(column: str) -> OrderBy:
    """Order from the greatest down, null last."""
    return F(column).desc(nulls_last=True)


class GreatestFirstIndex(models.Index):
    """An index whose columns written `-column` run as `greatest_first` does.

    PostgreSQL puts null first in a descending index and would not serve the list with it; SQLite puts it last anyhow
    and takes no NULLS LAST in an index.
    """

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        """Write the statement that makes it."""
        if schema_editor.connection.vendor != "postgresql":
            return super().create_sql(model, schema_editor, using, **kwargs)
        orders = self.fields_orders
        try:
            self.fields_orders = [(name, f"{order} NULLS LAST" if order else "") for name, order in orders]
            return super().create_sql(model, schema_editor, using, **kwargs)
        finally:
            self.fields_orders = orders
