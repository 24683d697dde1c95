"""Without this package no published figure is checked from end to end."""
