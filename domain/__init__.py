"""Without this package no rule of a petition's life exists and no event can be decided."""
