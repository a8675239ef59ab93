"""Judges the tags of one part in order: names, loops and conditions, each tag by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from gxgen.diagnostics import Finding
from gxgen.formats.docx.allowed import LISTS
from gxgen.formats.docx.environment import not_allowed
from gxgen.formats.docx.place import CHART
from gxgen.formats.docx.prepare import DIRECTIVE
from gxgen.places import Place
from gxgen.templates.lint.sites import Site
from gxgen.templates.lint.tags import (
    ANY,
    DOCXTPL_KEYWORDS,
    KEYWORDS,
    SMART_QUOTES,
    Broken,
    Resolver,
    Tag,
    narrowed,
    parse_expression,
    scan,
    split_prefix,
    statement,
)

UNKNOWN, MISSING, BROKEN, UNBALANCED = "GX602", "GX603", "GX604", "GX605"
SPLIT, QUOTES, STRAY_PARAGRAPH = "GX606", "GX607", "GX613"

_MOST_QUOTED = 120
"""Characters of a tag that are quoted in a sentence."""


@dataclass(slots=True)
class Loop:
    """An open ``for`` or ``if``, and for a loop what was used of its items."""

    kind: str
    place: Place
    text: str
    variable: str = ""
    over: str = ""
    used: set[str] = field(default_factory=set)
    strays: list[tuple[str, Place, str]] = field(default_factory=list)
    """Unknown names inside: (path, place, tag); the loop's own name may be the mistyped one."""
    inner: list[Loop] = field(default_factory=list)
    """Loops that begin and end inside it."""


@dataclass(slots=True)
class Flow:
    """The state while a part is read; ``findings`` and what was ``used`` are its result."""

    vocabulary: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    used: dict[str, Place] = field(default_factory=dict)
    loops: list[Loop] = field(default_factory=list)
    """Every loop over a slot, closed ones included."""
    _open: list[Loop] = field(default_factory=list)
    _scopes: list[dict[str, Any]] = field(default_factory=list)
    _site: Site = field(init=False)
    """The paragraph that is being read."""

    def read(self, site: Site) -> None:
        """Judge the tags of one paragraph."""
        if not any(brace in site.text for brace in "{}｛｝"):
            return
        self._site = site
        for tag in scan(site.text):
            if isinstance(tag, Broken):
                self._broken(tag, tag.why)
                self._recover(tag)
            else:
                meant = self._narrowed(tag)
                self._tag(meant)
                self._alone(meant)

    def close(self) -> None:
        """The part ends: whatever is open stays so."""
        while self._open:
            entry = self._pop()
            message = f"“{entry.text}”没有结束，缺少“{{%p end{entry.kind} %}}”。"
            self._say(UNBALANCED, message, entry)

    def _say(self, code: str, message: str, at: Loop | Tag | Broken) -> None:
        place = at.place if isinstance(at, Loop) else self._site.place
        self.findings.append(Finding(code, message, place, quote=at.text))

    def _tell(self, code: str, tag: Tag | Broken, words: str) -> None:
        told = tag.text if len(tag.text) <= _MOST_QUOTED else tag.text[:_MOST_QUOTED] + "…"
        self._say(code, f"标签“{told}”{words}。", tag)

    def _broken(self, tag: Tag | Broken, why: str) -> None:
        self._tell(BROKEN, tag, f"写坏了：{why}")

    def _narrowed(self, tag: Tag) -> Tag:
        """The tag as it is meant, where wide signs were typed: told once, here."""
        inside, odd = narrowed(tag.inside.translate(SMART_QUOTES))
        if not odd:
            return tag
        spaces = "空格" if odd.isspace() or not odd.isprintable() else f"字符“{odd.strip()}”"
        self._tell(BROKEN, tag, f"里有全角（或特殊）的{spaces}，应当用半角（英文）的")
        return replace(tag, inside=inside)

    def _tag(self, tag: Tag) -> None:
        inside = tag.inside.translate(SMART_QUOTES)
        if tag.inside != inside:
            self._tell(QUOTES, tag, "里用了中文引号，应当用直引号 ' 或 \"")
        if len(self._site.run_looks(tag.start, tag.end)) > 1:
            self._tell(SPLIT, tag, "中间换了字体或格式，印出来只有第一个字的格式有效")
        if tag.opening == "{{":
            self._expression(split_prefix(inside)[1], tag, printed=True)
        elif tag.opening == "{%":
            self._statement(inside, tag)
        else:
            self._comment(tag)

    def _recover(self, tag: Broken) -> None:
        """Take a broken tag for what it was meant as, so that it does not break what follows."""
        inside = tag.text.strip("{}｛｝%％ ").translate(SMART_QUOTES)
        whole = Tag("", inside, 0, 0, tag.text)
        if statement(inside).keyword in KEYWORDS:
            self._statement(inside, whole)
        elif inside and not isinstance(parse_expression(inside), str):
            self._expression(inside, whole)

    def _comment(self, tag: Tag) -> None:
        if ":" in tag.inside and "-" in tag.inside.partition(":")[0]:
            found = DIRECTIVE.fullmatch(tag.text)
            if found is None:
                right = "应为 left-indent、keep-next 或 align-left"
                self._say(BROKEN, f"版式指令“{tag.text}”写法不对，{right}。", tag)
            else:
                self._expression(found.group(2), tag, printed=True)

    def _expression(self, text: str, tag: Tag, *, printed: bool = False) -> Any:
        tree = parse_expression(text.strip().strip("-").strip())
        if isinstance(tree, str):
            self._broken(tag, tree)
            return ANY
        forbidden = not_allowed(tree)
        if forbidden:
            self._tell(UNKNOWN, tag, f"用了模板中不允许的{forbidden}")
            return ANY
        resolver = Resolver(self.vocabulary, self._scopes)
        shape = resolver.shape(tree)
        renamed = {meant for written, meant in resolver.problems if _renamed(written, meant)}
        for path in resolver.paths:
            self._use(path, count=path not in renamed)
        for written, meant in resolver.problems:
            self._unknown(written, meant, tag)
        if printed and isinstance(shape, dict | list):
            self._tell(UNKNOWN, tag, "没有写完：这里要写到具体的一项")
        return shape

    def _use(self, path: str, *, count: bool) -> None:
        """Note a path; in a loop only where its variable was written as such (``count``)."""
        root, _, rest = path.partition(".")
        for entry in reversed(self._open):
            if entry.variable == root:
                entry.used.update({rest} if count else ())
                return
        self.used.setdefault(path, self._site.place)

    def _unknown(self, written: str, meant: str | None, tag: Tag) -> None:
        root = (meant or "").partition(".")[0]
        for entry in reversed(self._open):
            if entry.variable == root and _renamed(written, meant):
                entry.strays.append((written, self._site.place, tag.text))
                return
        self._tell(UNKNOWN, tag, f"不认识“{written}”{_advice(meant)}")

    def _statement(self, inside: str, tag: Tag) -> None:
        parsed = statement(inside)
        if parsed.keyword != parsed.meant:
            self._broken(tag, f"没有“{parsed.keyword}”这种标签{_advice(parsed.meant)}")
        match parsed.meant:
            case "for":
                self._for(parsed.rest, tag)
            case "if":
                self._expression(parsed.rest, tag)
                self._push(Loop("if", self._site.place, tag.text))
            case "elif":
                self._expression(parsed.rest, tag)
                self._inside_if(tag)
            case "else":
                self._inside_if(tag)
            case "endfor" | "endif":
                self._end(parsed.meant[3:], tag)
            case word if word in DOCXTPL_KEYWORDS and parsed.rest:
                self._expression(parsed.rest, tag)

    def _for(self, rest: str, tag: Tag) -> None:
        variable, found, over = rest.partition(" in ")
        item, condition = ANY, ""
        if not found or not variable.strip().isidentifier():
            self._broken(tag, "应写成“{%p for 名称 in 内容 %}”")
            variable = variable.split(" ")[0]
        else:
            before, told = set(self.used), len(self.findings)
            over, _, condition = over.partition(" if ")
            shape = self._expression(over, tag)
            over = next(iter(set(self.used) - before), over.strip())
            item = shape[0] if isinstance(shape, list) else ANY
            if item is ANY and len(self.findings) == told:
                self._tell(UNKNOWN, tag, f"只能循环 {'、'.join(sorted(LISTS))} 的内容")
        variable = variable.strip()
        loop = Loop("for", self._site.place, tag.text, variable, over)
        self._push(loop, {variable: item, "loop": ANY})
        if condition:
            self._expression(condition, tag)

    def _push(self, entry: Loop, scope: dict[str, Any] | None = None) -> None:
        self._open.append(entry)
        self._scopes.append(scope or {})
        if entry.kind == "for":
            self.loops.append(entry)

    def _pop(self) -> Loop:
        entry = self._open.pop()
        self._scopes.pop()
        if entry.strays and not entry.used:
            name = entry.strays[0][0].partition(".")[0]
            message = (
                f"标签“{entry.text}”的循环变量写作“{entry.variable}”，循环里用的却是“{name}”。"
            )
            self._say(UNKNOWN, message, entry)
            entry.used.update(path.partition(".")[2] for path, _, _ in entry.strays)
        else:
            for path, place, text in entry.strays:
                meant = f"{entry.variable}.{path.partition('.')[2]}".strip(".")
                message = f"标签“{text}”不认识“{path}”{_advice(meant)}。"
                self.findings.append(Finding(UNKNOWN, message, place, quote=text))
        return entry

    def _inside_if(self, tag: Tag) -> None:
        if not self._open or self._open[-1].kind != "if":
            self._say(UNBALANCED, f"“{tag.text}”前面没有对应的 if。", tag)
            self._push(Loop("if", self._site.place, tag.text))
        else:
            self._alike(self._open[-1], tag)

    def _alike(self, entry: Loop, tag: Tag) -> None:
        """A part of one that vanishes with its paragraph, while another does not, tears the XML."""
        if not all(
            text.startswith("{%") and text.endswith("%}") for text in (entry.text, tag.text)
        ):
            return
        first, second = (
            statement(narrowed(text[2:-2])[0]).prefix for text in (entry.text, tag.text)
        )
        if first != second:
            message = f"“{entry.text}”和“{tag.text}”一个写了 p，另一个没有写，报告生成不了。"
            self._say(UNBALANCED, message, tag if first else entry)

    def _end(self, kind: str, tag: Tag) -> None:
        if all(entry.kind != kind for entry in self._open):
            self._say(UNBALANCED, f"“{tag.text}”多余：前面没有对应的 {kind}。", tag)
            return
        while (entry := self._pop()).kind != kind:
            self._say(UNBALANCED, f"“{entry.text}”没有结束，就遇到了“{tag.text}”。", entry)
        self._alike(entry, tag)
        if kind == "for":
            self._nested(entry)

    def _nested(self, ended: Loop) -> None:
        """Loops in a loop, told where both have their ends: no slot holds lists of lists."""
        for inner in ended.inner:
            self._say(UNBALANCED, f"“{inner.text}”写在另一个循环里，循环不能套循环。", inner)
        around = next((one for one in reversed(self._open) if one.kind == "for"), None)
        if around is not None:
            around.inner.append(ended)

    def _alone(self, tag: Tag) -> None:
        """A control tag's paragraph: with ``p`` all of it vanishes, without it stays, empty.

        A chart takes a paragraph of its own.
        """
        rest = self._site.text.replace(tag.text, "", 1).strip()
        if tag.opening == "{{" and rest and CHART.fullmatch(tag.text):
            self._say(BROKEN, f"“{tag.text}”要单独成段，同段的“{rest[:20]}”请移到别的段。", tag)
        if tag.opening != "{%":
            return
        parsed = statement(tag.inside)
        if parsed.prefix == "p" and rest:
            lost = f"同段的“{rest[:20]}”也就丢了"
            self._say(BROKEN, f"“{tag.text}”所在的整段都会被去掉，{lost}。", tag)
        elif not parsed.prefix and not rest and parsed.meant not in DOCXTPL_KEYWORDS:
            message = f"“{tag.text}”单独成段而没有写 p，印出来会多一个空段。"
            self._say(STRAY_PARAGRAPH, message, tag)


def _advice(meant: str | None) -> str:
    return f"，是不是“{meant}”" if meant else ""


def _renamed(written: str, meant: str | None) -> bool:
    """Whether the first name is another: then a loop's variable may be the one mistyped."""
    return meant is not None and written.partition(".")[0] != meant.partition(".")[0]


def flow_over(sites: Iterable[Site], vocabulary: dict[str, Any]) -> Flow:
    """All tags of a part, judged."""
    flow = Flow(vocabulary)
    for site in sites:
        flow.read(site)
    flow.close()
    return flow
