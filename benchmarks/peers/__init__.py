"""Without this package the only peer would be a library that the product is built on."""
