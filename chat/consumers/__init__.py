"""The sockets: find, call one service, answer."""
