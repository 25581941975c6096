"""Pages of imports: parse, one call, render."""
