import errno
import re


class Trouble(Exception):
    """Why set-up can't go on, in one sentence for whoever started it."""


OUT_OF_REACH = "|".join(
    [
        "Temporary failure in name resolution|Name or service not known|nodename nor servname|getaddrinfo",
        "NewConnectionError|Connection refused|ConnectTimeout|ReadTimeout|timed out|Network is unreachable",
        "ProxyError|Could not find a version that satisfies|No matching distribution found",
        "EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH",
    ]
)
CAUSES = {
    "No space left on device|ENOSPC|Disk quota exceeded": "The disk is full: make room and start again.",
    "Read-only file system|EROFS": "This folder is on a read-only disk: Parley must be able to write here.",
    "Permission denied|EACCES|EPERM": "The present user may not write to this folder.",
    "DO NOT MATCH THE HASHES|EINTEGRITY": "A package is not the one that was tested: its hash differs.",
    OUT_OF_REACH: "{registry} is not in reach: check the network, or the proxy or mirror that {client} uses.",
}
REGISTRIES = {"pip": "The Python Package Index", "npm": "The npm registry"}


def explain(output: str, client: str) -> str | None:
    """The sentence for what a package manager printed, if it is one of the usual causes."""
    for pattern, sentence in CAUSES.items():
        if re.search(pattern, output):
            return sentence.format(registry=REGISTRIES.get(client, client), client=client)
    return None


def explain_error(error: OSError) -> str:
    known = {errno.ENOSPC: "No space left on device", errno.EROFS: "EROFS", errno.EACCES: "EACCES"}
    said = explain(known.get(error.errno or 0, ""), "")
    return said or f"Set-up could not go on: {error}."
