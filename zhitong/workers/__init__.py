"""The register of people and households."""
