"""The hosts that the work needs to reach from the applicant's home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from readiness.model.requirement import Protocol
from readiness.model.text import N_
from ui.employer.bound import Choice, Limit, Line
from ui.employer.edits import REACHABLE, add_host, entries
from ui.employer.fields import LINE, NOTHING, Fields
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.employer.drafting import Drafting
    from ui.employer.fields import Spread
    from ui.journey import Journey

PROTOCOLS = {
    Protocol.TLS: N_("TLS, with a certificate"),
    Protocol.TCP: N_("TCP"),
    # Translators: STUN is the name of a protocol.
    Protocol.UDP: N_("UDP, answered by STUN"),
}
MOST = 24


class HostsCard(Card):
    """A name, a port and how it is spoken to, for each."""

    def __init__(self, journey: Journey, spread: Spread) -> None:
        super().__init__()
        self._reader, self._state = journey.reader, journey.employer.drafting
        self._fields = Fields(self, self.inside, spread)
        self.inside.setSpacing(2 * STEP)
        text = self._reader.text
        self.inside.addWidget(title(text(N_("Hosts to reach"))))
        words = N_(
            "Names of your platform that an agent's day begins with. Applicants see them and agree "
            "before each is greeted once."
        )
        self.inside.addWidget(caption(text(words)))
        draft = self._state.draft
        count = 0 if draft is None else len(entries(draft, "endpoint"))
        for number in range(count):
            self._add_host(number)
        if count < MOST:
            self._fields.add(self._adder, high=LINE)

    def _adder(self) -> QWidget:
        more = Button(self._reader.text(N_("Add a host")), small=True)
        more.setObjectName("add-host")
        more.clicked.connect(self._more)
        row = Beside(gap=STEP)
        row.add(more)
        return row

    def _add_host(self, number: int) -> None:
        state, reader, text, add = self._state, self._reader, self._reader.text, self._fields.add
        place: Place = ("endpoint", number)
        protocols = [(one, text(said)) for one, said in PROTOCOLS.items()]
        add(partial(self._host, number))
        add(partial(Limit, state, (*place, "port"), text(N_("Port")), reader))
        at, took = (*place, "protocol"), partial(self._speak, place)
        # Translators: how a host is spoken to: a list of protocols.
        name = text(N_("Spoken to by"))
        add(partial(Choice, state, at, name, protocols, reader, took=took))
        draft = state.draft
        if draft is not None and draft.value(at) == Protocol.TLS:
            add(partial(_Public, state, (*place, "public"), reader))
        add(Rule, high=NOTHING)

    def _host(self, number: int) -> Line:
        """Its name, and the way to take it out."""
        state, text = self._state, self._reader.text
        place: Place = ("endpoint", number)
        remove = Button(text(N_("Remove")), Look.QUIET, small=True)
        remove.setObjectName(f"remove-host-{number}")
        remove.setAccessibleName(text(N_("Remove this host")))
        chosen = state.chosen

        def drop() -> None:
            state.change(lambda draft: draft.drop(place), place, choose=chosen)

        remove.clicked.connect(drop)
        return Line(state, (*place, "host"), text(N_("Host")), self._reader, button=remove)

    def _speak(self, place: Place, protocol: Protocol) -> None:
        """A certificate is shown by one of the protocols alone."""
        public: Place = (*place, "public")

        def edit(draft: ProfileDraft) -> ProfileDraft:
            after = draft.put((*place, "protocol"), protocol)
            other = protocol is not Protocol.TLS and after.value(public) is not None
            return after.drop(public) if other else after

        self._state.change(edit, place, choose=self._state.chosen)

    def _more(self) -> None:
        askable, chosen = self._state.askables[REACHABLE], self._state.chosen

        def add(draft: ProfileDraft) -> ProfileDraft:
            return add_host(draft, askable)

        self._state.change(add, ("endpoint",), choose=chosen)

    def follow(self) -> None:
        """Show what stands there now."""
        self._fields.follow()


class _Public(Choice):
    """Whether a host shows everybody a certificate that any computer trusts."""

    def __init__(self, state: Drafting, place: Place, reader: Reader) -> None:
        yes_no = ((True, reader.text(N_("yes"))), (False, reader.text(N_("no"))))
        name = reader.text(N_("Its certificate is a public one"))
        note = reader.text(N_("Where another is shown, something on the way has put it there."))
        super().__init__(state, place, name, yes_no, reader, took=self._give, note=note)

    def _give(self, public: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._state.put(self.place, public or None)

    def follow(self) -> None:
        """Left out is no."""
        draft = self._state.draft
        public = draft is not None and draft.value(self.place) is True
        super().follow()
        self.show_number(0 if public else 1)
