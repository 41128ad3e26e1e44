"""How test files are given out: what takes minutes begins first, and what waits has its own worker.

A journey waits for lines and sound most of its time, so a third worker that has nothing else to do
costs the two others, one for each core, little. Within a group the order stays random, as
pytest-randomly has made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer
    from xdist.workermanage import WorkerController

LONGEST_FIRST = ("tests/journeys/", "tests/ui/test_window_everywhere.py", "tests/rig/", "tests/ui/")
WAIT = ("tests/journeys/", "tests/rig/test_whole_run.py", "tests/rig/test_watch_emulated.py")
"""Files that wait most of their time."""

WAITING = "gw2"
"""The third worker."""


class WaitingBeside(LoadFileScheduling):  # type: ignore[misc]  # it ships no types
    """By file; what waits to the third worker, which ends after that, all else to the others.

    A test that takes its worker down fails and is not given out again; the rest of its file is.
    """

    def remove_node(self, node: WorkerController) -> str | None:
        """Take a worker out; what it had not done goes to the others.

        Returns:
            The test during which it went down; ``None`` if it had nothing to do.
        """
        workload = self.assigned_work.pop(node)
        open_ = [(unit, test) for unit in workload.values() for test in unit if not unit[test]]
        if not open_:
            return None
        unit, crashed = open_[0]
        unit[crashed] = True
        self.workqueue.update(workload)
        for other in list(self.assigned_work):
            self._reschedule(other)
        return str(crashed)

    def _reschedule(self, node: WorkerController) -> None:
        """Give a worker two tests to do, or tell it that there are none.

        It begins its last one only when it knows what comes after it; alone, xdist leaves the
        worker that stands in for one that went down with a single test, and waits for ever.
        """
        super()._reschedule(node)
        while not node.shutting_down and self._pending_of(self.assigned_work[node]) < 2:
            super()._reschedule(node)

    def _assign_work_unit(self, node: WorkerController) -> None:
        waits = node.gateway.id == WAITING
        file = next((file for file in self.workqueue if file.startswith(WAIT) is waits), None)
        if file is not None:
            self.workqueue.move_to_end(file, last=False)
        elif waits:
            node.shutdown()
            return
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WaitingBeside | None:
    """Ours where there is a third worker and files stay whole."""
    wanted = config.getvalue("dist") == "loadfile" and config.getvalue("numprocesses") == 3
    return WaitingBeside(config, log) if wanted else None


def _group(item: pytest.Item) -> int:
    return next(
        (n for n, start in enumerate(LONGEST_FIRST) if item.nodeid.startswith(start)),
        len(LONGEST_FIRST),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by group; files stay whole, as ``--dist loadfile`` needs it."""
    items.sort(key=_group)
