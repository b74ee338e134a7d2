import json
from pathlib import Path

from config.run.address import Address

TEXT = """
Parley is ready.

  {url:<32} what it is; sign up, sign in
  {demo_url:<32} the demo company's website: be a visitor there

  Sign in at {url}sign-in/ with the company ID {company_id} and one of

{agents}

  Operators sign in at {url}operator/; to make one, run meanwhile:
      .venv/bin/python -m config.run.manage make_operator olga

  The data is in {data}. Mail that Parley sends is shown here. Ctrl-C stops it all.
"""


def ready(address: Address, data: Path) -> str:
    demo = json.loads((data / "demo.json").read_text())
    agents = "\n".join(f"      {agent:<8} password {password}" for agent, password in demo["agents"].items())
    return TEXT.format(
        url=address.url, demo_url=address.demo_url, company_id=demo["company_id"], agents=agents, data=data
    )
