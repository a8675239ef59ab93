"""Paragraphs that an invented agency took from a neighbour, or from its own last year.

Of every ten faulty agencies the first two share a paragraph and the third repeats one of last
year's. Each is an agency's own story, so that no collection of common sentences excuses it.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from gxgen.demo.agencies import seeded
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report

_EVERY = 10
_FIRST, _SECOND, _AGAIN = range(3)
_CHANGED = 0.12
"""The share of letters that who copies types otherwise."""
_LETTERS = "溪坪塘埂岙坞垄湾渡坳"
_KINDS = "村寨集"
_STORY = (
    "在{place}的老樟树下，工作人员趁赶集摆出长桌，把看不懂的表格换成大字，逐户讲明白。",
    "有位开粮油店的店主当场指出{place}的公示牌被货车挡住，次日牌子就挪到了桥头。",
    "雨季里{place}停电，值班的人打着手电把通知抄在黑板上，邻里互相传看，没有漏掉谁。",
    "{place}的广播员把政策编成顺口溜，傍晚下田的人歇脚时都能跟着念上几句。",
    "退休教师自愿在{place}的祠堂里念报，遇到生僻的条款就停下来打比方。",
    "摆渡船上也贴了{place}的补助名单，等船的工夫正好看完，看错了当面更正。",
    "外出务工的年轻人托亲戚把{place}的告示拍下来，夜里在群里一句一句问清楚。",
    "理发铺的镜子旁边挂着{place}的办事流程，来剪头发的老人常请店主再讲一遍。",
    "茶厂收青的队伍排到路口，驻点干部就在{place}的磅秤边上答复补贴怎么算。",
    "小学生把{place}的防汛须知画成连环画，家长会那天贴满了整面围墙。",
    "邮递员送信时顺带捎去{place}的选聘公告，收信人签字，回执装订成册。",
    "修路的工期一改再改，{place}的村口立了块木牌，每逢变动都用粉笔重写。",
)
_SENTENCES = 3
_PARTS = ("1.3", "1.4", "1.5")
_OTHER_LETTERS = "然而仍旧大约逐渐似乎尚且果真"


def story(random: Random) -> str:
    """A paragraph of its own, about a place that nobody else tells of."""
    place = "".join(random.choices(_LETTERS, k=3)) + random.choice(_KINDS)
    return "".join(one.format(place=place) for one in random.sample(_STORY, _SENTENCES))


def retyped(text: str, random: Random, share: float) -> str:
    """The text with that share of its letters changed, its last stop kept."""
    letters = list(text)
    for at in random.sample(range(len(letters) - 1), int(share * len(letters))):
        letters[at] = random.choice(_OTHER_LETTERS)
    return "".join(letters)


def told(report: Report, text: str, random: Random) -> Report:
    """The report with that in place of a paragraph of section one that tells no figure of a table,
    so that no line moves."""
    chosen = random.choice([p for p in report.narrative if p.mark in _PARTS and p.paragraphs])
    other = replace(chosen, paragraphs=(*chosen.paragraphs[:-1], Paragraph(text)))
    return replace(report, narrative=tuple(other if p is chosen else p for p in report.narrative))


def with_copies(
    report: Report, county: str, ordinal: int, *, faulty: int, before: bool, years: int = 2
) -> Report:
    """What the faulty agency of that ordinal files where ``before`` says that it is last year's
    form: the story that it repeats; else what it took from elsewhere. ``faulty`` are they in all;
    of one year nobody repeats anything.
    """
    group, place = divmod(ordinal, _EVERY)
    alone = place == _FIRST and ordinal + 1 >= faulty
    if place > _AGAIN or alone or (place == _AGAIN and years == 1):
        return report
    if before and place != _AGAIN:
        return report
    year = report.year + before
    text = story(seeded(county, year, "story", group, place == _AGAIN))
    random = seeded(county, year, "copy", ordinal, before)
    if place == _SECOND or (place == _AGAIN and not before):
        text = retyped(text, random, _CHANGED)
    return told(report, text, random)
