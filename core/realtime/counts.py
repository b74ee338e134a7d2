"""What the sockets of this process did, in plain integers: adding to one costs the hot path nothing to speak of."""

import collections

commands = 0
acks = 0
#: By the code of the error.
refusals: collections.Counter[str] = collections.Counter()
stored = 0
repeated = 0
