"""Watches every request of ``speedtest-cli``: status, content, bytes. Believes nothing else."""

from __future__ import annotations

import re
import threading
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import Answer, check_status, translate

CONFIG, SERVERS, LATENCY, DOWNLOAD, UPLOAD, OTHER = (
    "config",
    "servers",
    "latency",
    "download",
    "upload",
    "other",
)
_KINDS = (
    (CONFIG, re.compile(r"/speedtest-config\.php$")),
    (SERVERS, re.compile(r"/speedtest-servers(-static)?\.php$")),
    (LATENCY, re.compile(r"/latency\.txt$")),
    (DOWNLOAD, re.compile(r"/random\d+x\d+\.jpg$")),
    (UPLOAD, re.compile(r"/upload\.[a-z]+$")),
)
HOSTS = re.compile(r"^(https?)?://(www|c)\.speedtest\.net(?=/)")
RECEIPT = b"size="


class Witness:
    """Notes the first thing wrong with each kind of request and counts the bytes that moved."""

    def __init__(self, mirror: str = "") -> None:
        self.confirmed = 0
        self._mirror = mirror.rstrip("/")
        self._lock = threading.Lock()
        self._faults: dict[str, CannotMeasure] = {}
        self._received = 0
        self._sending: list[Any] = []

    def attend(self, package: Any) -> None:  # noqa: ANN401 - the package has no types
        """Stand between the package and the network."""
        build_opener, build_request = package.build_opener, package.build_request
        end_of_time = package.SpeedtestUploadTimeout

        def opener(*args: Any, **kwargs: Any) -> _Opener:  # noqa: ANN401 - passed through
            return _Opener(build_opener(*args, **kwargs), self, end_of_time)

        def request(url: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed through
            if self._mirror:
                url = HOSTS.sub(self._mirror, url)
            return build_request(url, *args, **kwargs)

        package.build_opener, package.build_request = opener, request
        for name in ("SpeedtestHTTPConnection", "SpeedtestHTTPSConnection"):
            setattr(package, name, _watched(getattr(package, name), self))

    def note(self, kind: str, found: CannotMeasure) -> None:
        """Keep the first fault of each kind."""
        with self._lock:
            self._faults.setdefault(kind, found)

    def check(self, *kinds: str) -> None:
        """Raise what was noted about requests of these kinds."""
        with self._lock:
            for kind in kinds:
                if kind in self._faults:
                    raise self._faults[kind]

    def received(self, count: int) -> None:
        """Count bytes of downloads."""
        with self._lock:
            self._received += count

    def sending(self, data: object) -> None:
        """Count the bytes of this upload from now on."""
        with self._lock:
            self._sending.append(data)

    def confirm(self) -> None:
        """A server said that an upload arrived."""
        with self._lock:
            self.confirmed += 1

    def total(self, kind: str) -> int:
        """Bytes of downloads or uploads so far."""
        with self._lock:
            if kind == DOWNLOAD:
                return self._received
            return sum(sum(data.total) for data in self._sending)


def kind_of(url: str) -> str:
    """Which piece of the exchange an address stands for."""
    path = urlsplit(url).path
    return next((kind for kind, pattern in _KINDS if pattern.search(path)), OTHER)


class _Opener:
    """What the package takes for its opener."""

    def __init__(self, inner: Any, witness: Witness, end_of_time: type[Exception]) -> None:  # noqa: ANN401
        self._inner = inner
        self._witness = witness
        self._end_of_time = end_of_time

    def open(self, request: Any) -> Any:  # noqa: ANN401 - urllib's own objects pass through
        """Open and note what went wrong; errors go on to the package."""
        kind = kind_of(request.full_url)
        if kind == UPLOAD and request.data is not None:
            self._witness.sending(request.data)
        try:
            response = self._inner.open(request)
        except HTTPError as error:
            self._note_status(kind, error.code)
            raise
        except self._end_of_time:
            raise
        except OSError as error:
            self._witness.note(kind, _finding(error))
            raise
        self._note_status(kind, int(response.status))
        if urlsplit(response.geturl()).hostname != urlsplit(request.full_url).hostname:
            found = CannotMeasure(FailureCode.UNREACHABLE, "captive-portal")
            self._witness.note(kind, found)
        return _Response(response, kind, self._witness)

    def _note_status(self, kind: str, status: int) -> None:
        try:
            check_status(Answer(status=status))
        except CannotMeasure as found:
            self._witness.note(kind, found)


class _Response:
    """A response whose body is counted and looked at while the package reads it."""

    def __init__(self, inner: Any, kind: str, witness: Witness) -> None:  # noqa: ANN401
        self._inner = inner
        self._kind = kind
        self._witness = witness
        self._got = 0
        self._first = b""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - everything else as it was
        return getattr(self._inner, name)

    def read(self, amount: int = -1) -> bytes:
        """Read, count, check."""
        try:
            piece: bytes = self._inner.read(amount)
        except OSError as error:
            self._witness.note(self._kind, _finding(error))
            raise
        self._first = (self._first + piece)[: len(RECEIPT)]
        self._got += len(piece)
        if self._kind == DOWNLOAD:
            self._witness.received(len(piece))
            if not piece and self._got != Answer(status=200, fields=self._fields()).length:
                found = CannotMeasure(FailureCode.UNREACHABLE, "truncated")
                self._witness.note(self._kind, found)
        elif self._kind == UPLOAD:
            if self._first == RECEIPT:
                self._witness.confirm()
            else:
                found = CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
                self._witness.note(self._kind, found)
        return piece

    def _fields(self) -> dict[str, str]:
        return {"content-length": self._inner.headers.get("content-length", "")}


def _finding(error: OSError) -> CannotMeasure:
    inner = error.reason if isinstance(error, URLError) else error
    return translate(inner if isinstance(inner, OSError) else OSError(str(inner)))


def _watched(base: Any, witness: Witness) -> type:  # noqa: ANN401 - the package's class
    """The package's connection, which notes how requests for the latency file were answered."""

    class Watched(base):  # type: ignore[misc]  # the base is only known when it runs
        def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
            self._kind = kind_of(url)
            try:
                super().request(method, url, *args, **kwargs)
            except OSError as error:
                if self._kind == LATENCY:
                    witness.note(LATENCY, _finding(error))
                raise

        def getresponse(self) -> Any:  # noqa: ANN401 - http.client's own
            response = super().getresponse()
            if self._kind == LATENCY:
                try:
                    check_status(Answer(status=response.status))
                except CannotMeasure as found:
                    witness.note(LATENCY, found)
            return response

    return Watched
