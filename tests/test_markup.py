"""Markup that is made element by element."""

from __future__ import annotations

from gxgen.markup import el


def test_content_and_attributes_are_escaped_once() -> None:
    assert el("p", el("b", "<&"), "\"'", None, title="\"<'", class_="", scope=None, x=0) == (
        '<p title="&quot;&lt;&#x27;" x="0"><b>&lt;&amp;</b>&quot;&#x27;</p>'
    )
