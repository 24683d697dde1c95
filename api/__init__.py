"""Without this package nothing reaches the ledger over HTTP."""
