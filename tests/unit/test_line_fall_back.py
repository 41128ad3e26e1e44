"""Several methods in order: who is asked, what is said of those that failed, what it costs."""

from __future__ import annotations

import pytest

from readiness.cancel import Token
from readiness.model.call import CallStream, Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.line_method import LINE_METHODS, STUN_SERVERS
from readiness.ports import Choices, Need
from readiness.system.line import beside, child_line, public
from readiness.system.line.choice import Choice, Progress
from readiness.system.line.messages import CallJob, Job, Reading, Stream
from readiness.system.line.opening import open_line

AGREED = frozenset({Need.NETWORK})
BUDGET = 100_000_000
STREAM = CallStream(
    transport=Transport.STUN, begin=0.0, interval_s=0.02, payload=172, sent=(0.0,), returned=(0.02,)
)


class Backend:
    """Gives figures, or fails as it is told; notes what it was asked and with which budget."""

    def __init__(self, name: str, log: list[str], fails: dict[str, CannotMeasure]) -> None:
        self.method = name
        self._log = log
        self._fails = fails
        self._budget = 0

    def with_budget(self, budget: int) -> Backend:
        """The same with another budget."""
        made = Backend(self.method, self._log, self._fails)
        made._budget = budget
        return made

    def download(self, progress: Progress) -> Reading:
        """A figure."""
        return self._reading("download", progress)

    def upload(self, progress: Progress) -> Reading:
        """A figure."""
        return self._reading("upload", progress)

    def call(self, progress: Progress) -> CallStream:
        """A stream."""
        self._ask("call", progress)
        return STREAM

    def _reading(self, part: str, progress: Progress) -> Reading:
        self._ask(part, progress)
        return Reading(rate=10.0, half_width=0.5, samples=20, trace=None, summary={"streams": 6})

    def _ask(self, part: str, progress: Progress) -> None:
        self._log.append(f"{self.method} {part} {self._budget}")
        progress(0.5, 8.0)
        if part in self._fails:
            raise self._fails[part]


def _refused(**summary: int) -> CannotMeasure:
    return CannotMeasure(FailureCode.UNREACHABLE, "connection-refused", **summary)


def _quiet(_fraction: float, _value: float | None) -> None:
    return


def _choice(**fails: dict[str, CannotMeasure]) -> tuple[Choice, list[str]]:
    log: list[str] = []
    makers = [(name, Backend(name, log, parts).with_budget) for name, parts in fails.items()]
    return Choice(makers, BUDGET), log


def test_while_the_first_works_no_other_is_asked() -> None:
    choice, log = _choice(serve={}, cloudflare={})
    choice.download(_quiet)
    choice.upload(_quiet)

    assert log == [f"serve download {BUDGET}", f"serve upload {BUDGET}"]


def test_what_failed_before_is_named_in_the_figure() -> None:
    stalled = CannotMeasure(FailureCode.TIMED_OUT, "stalled", bytes=0)
    choice, _ = _choice(
        serve={"download": _refused(bytes=0)}, cloudflare={"download": stalled}, ndt7={}
    )
    found = choice.download(_quiet)

    assert found.summary == {
        "streams": 6,
        "fell_back": "serve: connection-refused; cloudflare: stalled",
    }
    assert choice.method == "ndt7"


def test_the_other_direction_begins_with_what_worked() -> None:
    choice, log = _choice(serve={"download": _refused(bytes=0)}, cloudflare={})
    choice.download(_quiet)
    found = choice.upload(_quiet)

    assert log[-1] == f"cloudflare upload {BUDGET}"
    assert found.summary["fell_back"] == "serve: connection-refused"


def test_if_all_fail_the_failure_names_all() -> None:
    choice, _ = _choice(
        serve={"upload": _refused(bytes=0)},
        ndt7={"upload": CannotMeasure(FailureCode.UNREACHABLE, "server-busy", bytes=0)},
    )
    with pytest.raises(CannotMeasure) as caught:
        choice.upload(_quiet)

    assert (caught.value.code, caught.value.detail) == (
        FailureCode.UNREACHABLE,
        "no-method-worked",
    )
    assert caught.value.summary["tried"] == "serve: connection-refused; ndt7: server-busy"


def test_what_a_method_moved_comes_off_the_budget_of_the_next() -> None:
    choice, log = _choice(serve={"download": _refused(bytes=30_000_000)}, cloudflare={})
    choice.download(_quiet)

    assert log[-1] == "cloudflare download 70000000"


def test_when_the_budget_is_spent_nobody_else_is_asked() -> None:
    choice, log = _choice(serve={"download": _refused(bytes=99_900_000)}, cloudflare={})
    with pytest.raises(CannotMeasure, match="no-method-worked"):
        choice.download(_quiet)

    assert log == [f"serve download {BUDGET}"]


def test_a_call_falls_back_too() -> None:
    choice, _ = _choice(serve={"call": _refused()}, cloudflare={})

    assert choice.call(_quiet).summary["fell_back"] == "serve: connection-refused"


# --- what open_line makes of the choices ---------------------------------------------------------


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Every job that a line would do; each fails."""
    done: list[Job] = []

    def refuse(_token: Token, job: Job, _progress: object, **_: object) -> None:
        done.append(job)
        raise _refused()

    for room in (public, child_line, beside):
        monkeypatch.setattr(room, "run_job", refuse)
    return done


def _transfers(jobs: list[Job]) -> list[Job]:
    """Without the calls beside them."""
    return [job for job in jobs if not isinstance(job, CallJob)]


def _try(choices: Choices, *parts: str) -> None:
    line = open_line(choices, Token())
    for part in parts:
        with pytest.raises(CannotMeasure):
            getattr(line, part)(_quiet)


def test_only_what_was_agreed_to_is_contacted(jobs: list[Job]) -> None:
    _try(
        Choices(consent=AGREED, method="cloudflare", fallbacks=("speedtest-cli",)),
        "download",
        "upload",
    )

    transfers = [type(job).__name__ for job in _transfers(jobs)]
    assert transfers == ["ShapeJob", "SpeedtestJob"] * 2
    assert {job.address for job in jobs if isinstance(job, CallJob)} == {STUN_SERVERS}


def test_a_server_belongs_to_the_chosen_method_alone(jobs: list[Job]) -> None:
    server = "https://speed.employer.example"
    _try(
        Choices(consent=AGREED, server=server, method="librespeed", fallbacks=("cloudflare",)),
        "download",
    )

    asked = [getattr(job, "address", "") for job in _transfers(jobs)]
    assert asked == [server, "https://speed.cloudflare.com"]


def test_a_call_of_a_public_method_goes_to_the_named_servers_and_its_own_host(
    jobs: list[Job],
) -> None:
    _try(Choices(consent=AGREED, method="cloudflare"), "call")

    assert [(job.transport, job.address) for job in jobs if isinstance(job, CallJob)] == [
        (Transport.STUN, STUN_SERVERS),
        (Transport.TCP, "speed.cloudflare.com:443"),
    ]


@pytest.mark.parametrize("method", ["ndt7", "librespeed", "cloudflare"])
def test_with_an_own_server_no_public_one_is_contacted_for_the_call(
    method: str, jobs: list[Job]
) -> None:
    choices = Choices(consent=AGREED, method=method, server="http://192.0.2.7:8080")
    _try(choices, "call")

    assert [job.address for job in jobs if isinstance(job, CallJob)] == ["192.0.2.7:8080"]


def test_a_stream_over_connections_says_why_it_is_no_better_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(_token: Token, job: CallJob, _progress: object, **_: object) -> Stream:
        if job.transport is Transport.STUN:
            raise CannotMeasure(FailureCode.TIMED_OUT, "udp-blocked")
        return Stream(stream=STREAM)

    monkeypatch.setattr(child_line, "run_job", answer)
    found = open_line(Choices(consent=AGREED, method="cloudflare"), Token()).call(_quiet)

    assert found.summary["fell_back"] == "stun: udp-blocked"


@pytest.mark.parametrize("method", ["librespeed", "iperf3", "serve"])
def test_a_method_without_public_servers_needs_one(method: str) -> None:
    with pytest.raises(CannotMeasure, match="no-server"):
        open_line(Choices(consent=AGREED, method=method), Token())


def test_every_method_has_a_line() -> None:
    for method in LINE_METHODS:
        server = "192.0.2.7:8080" if method.takes_server else ""
        choices = Choices(consent=AGREED, method=method.id, server=server)

        assert open_line(choices, Token()).method == method.id
