"""An employer's round: a folder, the command, keys, a list, and three who are invited."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from readiness.cli import main
from readiness.trust.keys import unlocked
from tests.fakes.line import measuring_server, relay
from tests.fakes.trust import PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSPHRASE = "correct horse battery"
LEDGER = "sent/invitations.readiness-ledger"
COMPUTER = ("--only", "memory")
"""The quickest check that is real."""


@dataclass
class Round:
    """The folder of the round and the command."""

    folder: Path
    run: Callable[..., tuple[int, str, str]]
    invitations: dict[str, Path]

    def at_home(self, who: str, *more: str) -> Path:
        """Somebody's own computer: opens an invitation, measures, hands in the file."""
        status, _, err = self.run("check", *more, "--out", who, "--format", "json", home=who)
        assert status in (0, 1, 2), err
        return max((self.folder / who).glob("*.readiness.json"))

    def answers(self, who: str, invitation: str) -> Path:
        """Somebody answers the invitation of that name with a quick check."""
        return self.at_home(who, "--invitation", str(self.invitations[invitation]), *COMPUTER)

    def verify(self, path: Path, *more: str) -> tuple[int, dict[str, Any]]:
        """What the recruiter is told about one report."""
        arguments = ("--ledger", LEDGER, "--profile", "acme.toml", "--json")
        status, out, _ = self.run("verify", str(path), *(more or arguments))
        found: dict[str, Any] = json.loads(out)["reports"][0]
        return status, found


@pytest.fixture(scope="module")
def made_before() -> dict[str, dict[str, bytes]]:
    """Files of keys: locking them is slow on purpose, so it is done once."""
    return {}


@pytest.fixture
def acme(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    made_before: dict[str, dict[str, bytes]],
) -> Round:
    """Keys are made, a list is written, three are invited."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str, home: str = "employer") -> tuple[int, str, str]:
        monkeypatch.setenv("READINESS_HOME", str(tmp_path / f"home-{home}"))
        status = main([*arguments, "--lang", "en"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    (tmp_path / "secret.txt").write_text(f"{PASSPHRASE}\n")
    (tmp_path / "acme.toml").write_bytes(PROFILE)
    (tmp_path / "people.csv").write_text("reference,mail\nAda,a@x\nBen,b@x\nCleo,c@x\n")
    secret = ("--passphrase-file", "secret.txt")
    for name in ("acme", "measuring"):
        for path, data in made_before.get(name, {}).items():
            (tmp_path / path).write_bytes(data)
        if name not in made_before:
            assert run("keys", "new", name, *secret)[0] == 0
            made_before[name] = {
                path.name: path.read_bytes() for path in tmp_path.glob(f"{name}.r*")
            }
    status, out, err = run(
        *("invite", "--keys", "acme.readiness-keys", "--profile", "acme.toml"),
        *("--employer", "Acme Ltd", "--server", "https://measure.example:443", "--seal"),
        *("--receipt-key", "measuring.readiness-public", "--table", "people.csv"),
        *("--out", "sent", "--json", *secret),
    )
    assert status == 0, err
    made = {one["reference"]: tmp_path / one["file"] for one in json.loads(out)["invitations"]}
    return Round(folder=tmp_path, run=run, invitations=made)


def measured_by_the_server(acme: Round, invitation: Path) -> Path:
    """Ada measures against the employer's server, over a line of 40 and 12 Mbit/s."""
    private = (acme.folder / "measuring.readiness-keys").read_bytes()
    key = unlocked(private, PASSPHRASE).signing
    with measuring_server(receipt_key=key) as server, relay(server, down=40, up=12) as address:
        return acme.at_home(
            "ada",
            *("--invitation", str(invitation), "--only", "line_speed", *COMPUTER),
            *("--method", "serve", "--server", address),
        )


def altered(path: Path) -> Path:
    """A value in the file is improved with an editor."""
    tree = json.loads(path.read_text())
    payload = json.loads(base64.b64decode(tree["payload"]))
    payload["session"]["runs"][0]["measurements"][0]["value"] = 64.0
    tree["payload"] = base64.b64encode(json.dumps(payload).encode()).decode()
    path.write_text(json.dumps(tree))
    return path
