"""What can happen to deliveries."""
