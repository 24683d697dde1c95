"""Without this package no event is stored, ordered or kept from change."""
