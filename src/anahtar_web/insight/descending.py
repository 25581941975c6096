"""The index of most lists: the greatest first, what is unknown last."""

from typing import Any

from django.db import models


class GreatestFirstIndex(models.Index):
    """An index whose columns written `-column` run from the greatest down, null last.

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
