"""The HTML report: self-contained, inert, and readable without colours."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from readiness.locale import Reader
from readiness.report.codec import encode_report
from readiness.report.html import STYLE, render_html
from readiness.report.html_intake import carried_report, carrier
from readiness.report.seal import seal
from tests.fakes import reports as made

VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Collects elements and text; fails on elements that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that the innermost element closes."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.said.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that name."""
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return render_html(made.report(), made.profile(), Reader("en"))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_there_is_no_script_and_nothing_is_fetched(page: Page) -> None:
    names = {name for name, _ in page.elements}

    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    for _, attrs in page.elements:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attrs)


def test_the_policy_allows_this_style_and_nothing_else(page: Page) -> None:
    digest = base64.b64encode(hashlib.sha256(STYLE.read_bytes()).digest()).decode()
    policies = [m["content"] for m in page.all("meta") if "http-equiv" in m]

    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"]


def test_the_style_asks_for_nothing_outside() -> None:
    assert not re.search(r"url\(|@import|@font-face", STYLE.read_text(encoding="utf-8"))


def test_foreign_text_stays_text(page: Page, html: str) -> None:
    assert "<script" not in html
    assert any('<script>alert(1)</script> #read("/etc/passwd")' in text for text in page.said)
    assert "\x00" not in html
    assert "\u202e" not in html


def test_values_are_isolated_for_right_to_left_names(html: str) -> None:
    assert "<bdi>2.1" in html
    assert re.search(r"<bdi>Desk [^<]*&lt;script", html)


def test_language_and_direction_are_stated(page: Page) -> None:
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]


def test_the_table_is_a_real_table(page: Page) -> None:
    scopes = [th["scope"] for th in page.all("th")]

    assert {"col", "row", "rowgroup"} == set(scopes)
    assert len(page.all("caption")) == 1
    assert scopes.count("rowgroup") == 7


def test_headings_do_not_skip_a_level(page: Page) -> None:
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch("h[1-6]", name)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) <= {1, 2, 3}


def test_every_verdict_is_a_word_beside_its_symbol(html: str) -> None:
    for said in ("✓</span> met", "✕</span> too slow", "?</span> open", "≈</span> borderline"):
        assert said in html


def test_an_answer_looks_different_from_a_measurement(html: str) -> None:
    assert '<span class="declared">own answer</span>' in html
    assert '<span class="rests">measured</span>' in html


def test_all_attempts_are_told_the_stopped_one_too(page: Page) -> None:
    outcomes = [text for text in page.said if "without a value" in text]

    assert "2 without a value (stopped)" in outcomes
    assert "4 values" in page.said


def test_links_leave_no_trace_of_where_they_came_from(page: Page) -> None:
    links = page.all("a")

    assert links
    for link in links:
        assert link["href"] == "https://support.example/equipment?lang=en&v=2"
        assert "noreferrer" in str(link["rel"])


def test_the_drawing_has_words_for_those_who_do_not_see_it(page: Page) -> None:
    labels = [svg["aria-label"] for svg in page.all("svg")]

    assert len(labels) == 1
    assert "asked: at least 3" in str(labels[0])


def test_it_says_what_cannot_be_said(page: Page) -> None:
    text = " ".join(page.said)

    assert "No report of this kind can prove that a value is true." in text
    assert "It does not show who saved them." in text


def test_the_same_report_gives_the_same_page(html: str) -> None:
    assert render_html(made.report(), made.profile(), Reader("en")) == html


def test_colour_pairs_keep_their_contrast() -> None:
    """WCAG 2.2: 4.5 for text on page, surface and sunken, light and dark."""
    for palette in re.findall(r":root\{(--page[^}]*)\}", STYLE.read_text(encoding="utf-8")):
        roles = dict(re.findall(r"--([a-z]+):(#[0-9A-Fa-f]{3,6})", palette))
        for ground in ("page", "surface", "sunken"):
            for role in ("text", "quiet", "accent", "met", "unmet", "open", "declared"):
                assert contrast(roles[role], roles[ground]) >= 4.5, (role, ground, palette)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_page_carries_the_signed_data_out_of_sight() -> None:
    sealed = seal(encode_report(made.report()))
    written = render_html(made.report(), made.profile(), Reader("en"), sealed)

    assert carried_report(written.encode()) == sealed
    carriers = [one for one in Page(written).all("meta") if one.get("name") == "readiness-report"]
    assert [set(one) for one in carriers] == [{"name", "content"}]


def test_data_in_the_page_bring_no_script_and_nothing_that_could_end_the_element() -> None:
    """Base64 has letters, digits, + / and = (RFC 4648)."""
    sealed = b'"></head><script>alert(1)</script>' + bytes(range(256))
    written = render_html(made.report(), made.profile(), Reader("en"), sealed)
    (carrier,) = [one for one in Page(written).all("meta") if one.get("name") == "readiness-report"]

    assert "<script" not in written
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", carrier["content"] or "")


def test_no_text_of_a_report_can_pass_for_its_data() -> None:
    found = made.session()
    forged = carrier(b"{}")
    runs = (*found.runs, made.run("questions", made.declared("forged", forged), seconds=0))
    report = made.report(replace(found, runs=runs))
    sealed = seal(encode_report(report))

    assert carried_report(render_html(report, None, Reader("en"), sealed).encode()) == sealed
