"""Without this package the HTTP application has no path to answer."""
