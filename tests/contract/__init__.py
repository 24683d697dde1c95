"""Without this package no implementation is held to the interface it claims."""
