"""Settings, addresses, the roles table, base pages and the demo world."""
