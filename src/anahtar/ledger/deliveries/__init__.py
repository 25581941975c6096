"""Files of promised and actual deliveries: read as sales are, row by row, into one table."""
