"""What was promised when, and what arrived: on time in full."""
