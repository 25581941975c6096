"""From an export of an ERP to batches of clean lines: read, map, check, reconcile, keep."""
