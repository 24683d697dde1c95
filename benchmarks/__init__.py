"""Without this package no figure of speed can be repeated beside its peers."""
