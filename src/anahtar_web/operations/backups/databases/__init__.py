"""Taking a snapshot of a database that is in use, and filling an empty one."""
