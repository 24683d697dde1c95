"""Without this package the program has no command to run from a terminal."""
