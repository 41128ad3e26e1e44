"""``serve``: the far end of the line, for an employer's own network."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from readiness.cli.passphrase import unlock, with_passphrase
from readiness.cli.root import Exit, cli, with_language
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.text import N_

DEFAULT_LISTEN = "127.0.0.1:8077"
MAX_PORT = 65535
GIGABYTE = 1_000_000_000
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MANY = click.IntRange(1, 60_000)


@cli.command(epilog="Example: readiness serve --listen 192.0.2.7:8077")
@click.option("--listen", default=DEFAULT_LISTEN, show_default=True, metavar="HOST:PORT")
@click.option("--certificate", type=FILE, help="PEM file; the server then speaks TLS only.")
@click.option("--key", type=FILE, help="PEM file of its key, if it is not in the same file.")
@click.option(
    "--receipt-key",
    type=FILE,
    help="Keys of this server, made by: readiness keys new. It signs what it sees of a transfer.",
)
@with_passphrase
@click.option("--connections", type=MANY, help="At the same time, all clients together.")
@click.option("--connections-per-client", type=MANY, help="At the same time, for one address.")
@click.option("--gigabytes-per-client", type=MANY, help="Within an hour, for one address.")
@with_language
def serve(
    *,
    listen: str,
    certificate: Path | None,
    key: Path | None,
    receipt_key: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    connections: int | None,
    connections_per_client: int | None,
    gigabytes_per_client: int | None,
    language: str,
) -> Exit:
    """Run a measuring server for the line probes, until Ctrl+C.

    It needs one port, for TCP and for UDP.
    """
    from readiness.server import Limits
    from readiness.server import serve as run_server

    host, port = _address(listen)
    if key and not certificate:
        raise InputError(
            "key-without-certificate",
            N_("A key is of no use without its certificate."),
            where="--key",
            hint=N_("Give the certificate too: --certificate FILE --key FILE."),
        )
    chosen = {
        "connections": connections,
        "connections_per_client": connections_per_client,
        "bytes_per_client": gigabytes_per_client and gigabytes_per_client * GIGABYTE,
    }
    limits = Limits(**{name: value for name, value in chosen.items() if value})
    reader, stop = Reader(language), threading.Event()
    signing = None
    if receipt_key is not None:
        signing = unlock(receipt_key, reader, passphrase_file, passphrase_fd).signing

    def ready(address: str) -> None:
        click.echo(
            reader.text(N_("Measuring server at {address}; Ctrl+C ends it."), address=address)
        )

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        run_server(
            host,
            port,
            ready=ready,
            stop=stop,
            limits=limits,
            certificate=certificate,
            key=key,
            receipt_key=signing,
        )
    except OSError as error:
        raise InputError(
            "cannot-listen",
            N_("The address cannot be used: {reason}"),
            where=f"--listen {listen}",
            hint=N_("Choose another port, or an address of this computer."),
            reason=error.strerror or type(error).__name__,
        ) from error
    return Exit.READY


def _address(listen: str) -> tuple[str, int]:
    host, colon, port = listen.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > MAX_PORT:
        raise InputError(
            "listen-address",
            N_("{listen} is no address."),
            where="--listen",
            hint=N_("Write HOST:PORT, for example 127.0.0.1:8077."),
            listen=listen,
        )
    return host.strip("[]") or "127.0.0.1", int(port)
