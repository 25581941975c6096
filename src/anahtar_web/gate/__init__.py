"""What a view may do: roles and rights, read-only views, atomic writes, forms that count once."""
