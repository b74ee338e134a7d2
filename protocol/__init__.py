"""The language of the sockets: every frame, defined once. Imports nothing of ours."""
