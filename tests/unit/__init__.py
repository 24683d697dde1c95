"""Without this package the rules are not tested apart from a database."""
