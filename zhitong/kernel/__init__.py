"""What every app needs and nothing that knows the trade."""
