"""PostgreSQL and Valkey of our own, for an installation that brings neither."""
