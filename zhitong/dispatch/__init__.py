"""Placements with their two ends, and whether people are still there."""
