"""The same sockets where no WebSocket gets through: frames come and go in plain HTTP requests."""
