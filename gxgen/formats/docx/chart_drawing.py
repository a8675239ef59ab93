"""A chart in DrawingML, as Word, WPS and LibreOffice draw it and let it be edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxgen.document.charts import DARK, INK, LIGHT, RULE, Chart, Series, number, series_of
from gxgen.fonts.faces import Role
from gxgen.model.report import Value
from gxgen.opc.xml import escaped

SHEET = "数据"
"""The worksheet of the embedded workbook: labels in column A, one series a column from B on."""
RELATION = "rId1"
"""The chart's relation to its workbook."""
TEXT_POINTS, TITLE_POINTS = 9, 10.5

_CATEGORY_AXIS, _VALUE_AXIS = 500001, 500002

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def chart_xml(chart: Chart) -> str:
    """The chart part."""
    columns = tuple(series_of(chart))
    several = len(columns) > 1
    labels = [bar.label for bar in chart.bars]
    drawn = "".join(_series(place, one, labels) for place, one in enumerate(columns))
    bars = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="{60 if several else 70}"/><c:overlap val="0"/>'
        f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/></c:barChart>'
    )
    legend = (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_text(TEXT_POINTS)}</c:legend>'
        if several
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMESPACES}>'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(chart.title)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f"{bars}{_category_axis()}{_value_axis()}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(TEXT_POINTS)}<c:externalData r:id="{RELATION}"><c:autoUpdate val="0"/>'
        "</c:externalData></c:chartSpace>"
    )


def _series(place: int, one: Series, labels: Sequence[str]) -> str:
    column, last = f"'{SHEET}'!${one.letter}", len(labels) + 1
    name = _strings(f"{column}$1", (one.name,))
    categories = _strings(f"'{SHEET}'!$A$2:$A${last}", labels)
    values = _numbers(f"{column}$2:${one.letter}${last}", one.values)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx>{name}</c:tx>{_fill(place)}'
        f'<c:invertIfNegative val="0"/>{_data_labels()}<c:cat>{categories}</c:cat>'
        f"<c:val>{values}</c:val></c:ser>"
    )


def _fill(place: int) -> str:
    colour = (DARK, LIGHT)[place % 2]
    return (
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{DARK}"/></a:solidFill></a:ln></c:spPr>'
    )


def _strings(formula: str, texts: Sequence[str]) -> str:
    points = _points(escaped(text) for text in texts)
    return (
        f'<c:strRef><c:f>{formula}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{points}'
        "</c:strCache></c:strRef>"
    )


def _numbers(formula: str, values: Sequence[Value | None]) -> str:
    points = _points(None if value is None else number(value) for value in values)
    return (
        f"<c:numRef><c:f>{formula}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _points(texts: Iterable[str | None]) -> str:
    return "".join(
        f'<c:pt idx="{place}"><c:v>{text}</c:v></c:pt>'
        for place, text in enumerate(texts)
        if text is not None
    )


def _data_labels() -> str:
    shown = {"LegendKey": 0, "Val": 1, "CatName": 0, "SerName": 0, "Percent": 0, "BubbleSize": 0}
    flags = "".join(f'<c:show{name} val="{flag}"/>' for name, flag in shown.items())
    return f'<c:dLbls>{_text(TEXT_POINTS)}<c:dLblPos val="outEnd"/>{flags}</c:dLbls>'


def _category_axis() -> str:
    line = (
        f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:ln>'
        "</c:spPr>"
    )
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="maxMin"/>'
        '</c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_text(TEXT_POINTS)}'
        f'<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis() -> str:
    """Not shown, since every bar bears its number; from 0, so that lengths do not deceive."""
    return (
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        '<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f'<c:crossAx val="{_CATEGORY_AXIS}"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _title(text: str) -> str:
    properties = _run_properties("a:rPr", TITLE_POINTS, Role.HEI)
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>"
        f"{_run_properties('a:defRPr', TITLE_POINTS, Role.HEI)}</a:pPr><a:r>{properties}"
        f"<a:t>{escaped(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _text(points: float) -> str:
    return (
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f"{_run_properties('a:defRPr', points, Role.SONG)}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _run_properties(tag: str, points: float, face: Role) -> str:
    language = ' lang="zh-CN"' if tag == "a:rPr" else ""
    return (
        f'<{tag}{language} sz="{round(points * 100)}" b="0"><a:solidFill>'
        f'<a:srgbClr val="{INK}"/></a:solidFill><a:latin typeface="{Role.LATIN}"/>'
        f'<a:ea typeface="{face}"/></{tag}>'
    )
