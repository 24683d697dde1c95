"""Without this package no city's policy pack, roster or demonstration can be played."""
