"""`make bench`: what Parley costs, measured beside the usual design on the same machine."""
