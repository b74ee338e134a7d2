"""Breaks the running product in every way that happens, and then balances the books: `python -m faults`."""
