"""Without this package no read model can be rebuilt, checked or filled from a file."""
