"""Parley as people meet it: the whole product running, real browsers, nobody looking behind the curtain."""
