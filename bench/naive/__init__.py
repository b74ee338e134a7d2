"""The reference: a chat as the tutorial of Channels builds it, in the same layout as ours.

It is kept as kind to itself as its design allows: database connections persist, the traps of redis-py's
timeouts and pool are defused, the faster WebSocket code of uvicorn serves it. What it is measured for is
the design: the ORM through `database_sync_to_async`, the stock consumer, `group_send` over Redis.
"""
