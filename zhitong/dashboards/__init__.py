"""Read only: funnels, maps and flows."""
