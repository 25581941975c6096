"""Built-in tags and filters of every template."""
