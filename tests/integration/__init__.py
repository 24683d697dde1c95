"""Without this package nothing is tested against a real PostgreSQL."""
