"""Without this package no worklist, rate or ranking can be read."""
