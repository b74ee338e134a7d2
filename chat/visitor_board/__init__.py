"""The visitor board: who is on each company's website now, and who left a short while ago.

Each process keeps its own visitors in memory; the socket is their heartbeat. Valkey holds what all processes
know together and hears of changes three times a second, in one step for each company in which something changed.
That step counts the version up and publishes the change, encoded once for all agents, so versions never mix. Rows
of visits (chat/hot/visits.py) know who has left; losing all of Valkey loses nothing.
"""

from chat.visitor_board.board import Board

__all__ = ["Board"]
