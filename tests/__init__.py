"""Without this package the test folders cannot share names and fixtures."""
