import signal
from pathlib import Path
from urllib.parse import quote

import redis

from core.embedded import account, binaries, processes, server


class Server(server.Server):
    """A Valkey of our own; its socket lies in a folder that nobody else may enter."""

    name = "Valkey"
    socket = "valkey.sock"
    farewell = signal.SIGTERM

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket_folder / self.socket))}"

    def command(self, runner: account.Account) -> list[str]:
        program = binaries.valkey(runner, self.home)
        self.data.mkdir(exist_ok=True)
        runner.give(self.data)
        socket = str(self.socket_folder / self.socket)
        address = ["--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"]
        keeping = ["--dir", str(self.data), "--save", "", "--appendonly", "yes" if self.durable else "no"]
        return [str(program), *address, *keeping]

    def clear_the_way(self) -> None:
        processes.end(processes.strays("valkey-server", self.data), self.farewell)

    def answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False
