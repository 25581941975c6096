"""Work that goes on after the page has answered: progress, lease, cancelling."""
