"""What a template may hold, by closed lists: relations, kinds of part, field codes.

Each entry says what becomes of it: it travels into the reports, it may be in a template and is left
out of reports, or it is refused, with words on what it is and what to do. What is on no list is
refused as unknown.

Sources: ECMA-376 part 1, 11 to 15 (relations and kinds of part) and 17.16.5 (fields), part 2
(packages), part 4; [MS-OFFMACRO], [MS-OI29500], [MS-DOCX] and [MS-DOC] 2.9.90 for what Microsoft
added. Charts are refused although reports hold them: gxgen makes its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an entry.

    ``stays``: it travels into the reports. ``what``: empty, or what is refused, in Chinese;
    ``mend``: what the designer is to do.
    """

    stays: bool = False
    what: str = ""
    mend: str = ""

    @property
    def refused(self) -> bool:
        """Whether no template may hold it."""
        return bool(self.what)


KEPT, DROPPED = Verdict(stays=True), Verdict()
_AS_DOCX = "请用Word或WPS另存为“Word 文档（*.docx）”"
_MACRO = Verdict(what="宏或按键、工具栏的定制", mend=f"{_AS_DOCX}，不要选带宏的格式")
_ADDIN = Verdict(what="加载项或自定义功能区", mend="请移除加载项，把正文复制到新建的文档里再保存")
_OBJECT = Verdict(what="嵌入或链接的对象", mend="请选中它剪切，再“选择性粘贴”为图片，或者删去")
_CONTROL = Verdict(what="ActiveX控件", mend="请在“开发工具”的设计模式里选中它，删去")
_FILE = Verdict(what="插入的另一份文件", mend="请打开那份文件，把内容复制过来，不要用插入或链接")
MERGE = Verdict(what="邮件合并", mend="请在“邮件—开始邮件合并”里选“普通Word文档”，删去合并域")
_MEDIA = Verdict(what="音频、视频或三维模型", mend="请删去，要用的画面改成图片")
_CHART = Verdict(
    what="图表（带着固定的数和一份工作簿）",
    mend="请删去；要画图用标签{{ charts }}，固定的图样改成图片",
)
_INK = Verdict(what="墨迹", mend="请剪切后“选择性粘贴”为图片")
_FOREIGN = Verdict(
    what="表格或演示文稿的部件", mend=f"{_AS_DOCX}；仍有的，把内容复制到新建的文档里"
)
_PICTURE = Verdict(what="不认识的图片格式", mend="请把图片另存为PNG或JPEG，重新插入")
UNKNOWN = Verdict(what="不认识的内容", mend="请把正文复制到新建的文档里，另存为.docx")
UNTYPED = Verdict(what="没有登记种类的文件", mend=_AS_DOCX)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
WPS = "http://www.wps.cn/officeDocument/"
"""What WPS adds of its own is for WPS alone; it may be there, and is left out."""


def _each(verdict: Verdict, base: str, names: str, end: str = "") -> dict[str, Verdict]:
    return {f"{base}{name}{end}": verdict for name in names.split()}


RELATIONS: dict[str, Verdict] = {
    **_each(KEPT, OFFICE, """
        officeDocument extended-properties styles numbering settings webSettings fontTable theme
        header footer footnotes endnotes image hyperlink font diagramData diagramLayout
        diagramQuickStyle diagramColors"""),
    **_each(DROPPED, OFFICE, """
        custom-properties customXml customXmlProps comments glossaryDocument printerSettings
        attachedTemplate recipientData mailMergeRecipientData transform metadata/thumbnail"""),
    **_each(_OBJECT, OFFICE, "oleObject package"),
    **_each(_CONTROL, OFFICE, "control ctrlProp"),
    **_each(_FILE, OFFICE, "aFChunk subDocument frame"),
    **_each(MERGE, OFFICE, "mailMergeSource mailMergeHeaderSource"),
    **_each(_MEDIA, OFFICE, "audio video movie"),
    **_each(_CHART, OFFICE, "chart chartUserShapes themeOverride"),
    **_each(_FOREIGN, OFFICE, """
        calcChain chartsheet commentAuthors connections customProperty dialogsheet drawing
        externalLink externalLinkPath handoutMaster htmlPubSaveAs legacyDrawing notesMaster
        notesSlide pivotCacheDefinition pivotCacheRecords pivotTable presProps queryTable
        revisionHeaders revisionLog sharedStrings sheetMetadata slide slideLayout slideMaster
        slideUpdateInfo slideUpdateUrl table tableSingleCells tableStyles tags usernames viewProps
        vmlDrawing volatileDependencies worksheet xmlMaps"""),
    **_each(KEPT, "", f"""
        {_PACKAGE}metadata/core-properties {OFFICE}metadata/core-properties
        {OFFICE.lower()}metadata/core-properties"""),
    **_each(DROPPED, _PACKAGE, """
        metadata/thumbnail digital-signature/origin digital-signature/signature
        digital-signature/certificate"""),
    **_each(KEPT, _MICROSOFT, "2007/relationships/diagramDrawing 2007/relationships/hdphoto"),
    **_each(DROPPED, _MICROSOFT, """
        2006/relationships/recovered 2007/relationships/stylesWithEffects
        2011/relationships/commentsExtended 2011/relationships/people
        2016/09/relationships/commentsIds
        2018/08/relationships/commentsExtensible 2019/05/relationships/documenttasks
        2020/02/relationships/classificationlabels 2020/10/relationships/intelligence"""),
    **_each(_MACRO, _MICROSOFT, """
        2006/relationships/vbaProject 2006/relationships/wordVbaData
        2006/relationships/vbaProjectSignature 2014/relationships/vbaProjectSignatureAgile
        2020/07/relationships/vbaProjectSignatureV3 2006/relationships/keyMapCustomizations
        2006/relationships/attachedToolbars 2006/relationships/xlMacrosheet
        2006/relationships/xlIntlMacrosheet"""),
    **_each(_ADDIN, _MICROSOFT, """
        2006/relationships/ui/extensibility 2007/relationships/ui/extensibility
        2006/relationships/ui/userCustomization 2011/relationships/webextension
        2011/relationships/webextensiontaskpanes"""),
    **_each(_CONTROL, _MICROSOFT, "2006/relationships/activeXControlBinary"),
    **_each(_MEDIA, _MICROSOFT, "2007/relationships/media 2017/06/relationships/model3d"),
    **_each(_CHART, _MICROSOFT, """
        2011/relationships/chartStyle 2011/relationships/chartColorStyle
        2014/relationships/chartEx"""),
    **_each(_FOREIGN, _MICROSOFT, """
        2006/relationships/legacyDiagramText 2006/relationships/legacyDocTextInfo
        2006/relationships/wsSortMap 2007/relationships/customData
        2007/relationships/customDataProps 2007/relationships/slicer
        2007/relationships/slicerCache 2011/relationships/timeline
        2011/relationships/timelineCache 2017/06/relationships/rdArray
        2017/06/relationships/rdRichValue 2017/06/relationships/rdRichValueStructure
        2017/06/relationships/rdRichValueTypes 2017/06/relationships/rdSupportingPropertyBag
        2017/06/relationships/rdSupportingPropertyBagStructure 2017/06/relationships/richStyles
        2017/10/relationships/person 2017/10/relationships/threadedComment
        2018/10/relationships/authors 2018/10/relationships/comments
        2019/04/relationships/namedSheetView 2020/07/relationships/rdRichValueWebImage
        2022/11/relationships/FeaturePropertyBag"""),
}  # fmt: skip

_OPEN = "application/vnd.openxmlformats-officedocument."
_WORD, _SHEET, _SLIDE = (
    f"{_OPEN}wordprocessingml.",
    f"{_OPEN}spreadsheetml.",
    f"{_OPEN}presentationml.",
)
_PACKED, _MS = "application/vnd.openxmlformats-package.", "application/vnd.ms-"
TYPES: dict[str, Verdict] = {
    **_each(KEPT, _PACKED, "relationships core-properties", "+xml"),
    **_each(KEPT, _OPEN, """
        extended-properties theme drawingml.diagramData drawingml.diagramLayout
        drawingml.diagramStyle drawingml.diagramColors""", "+xml"),
    **_each(KEPT, _WORD, """
        document.main styles numbering settings webSettings fontTable header footer footnotes
        endnotes""", "+xml"),
    **_each(KEPT, _MS, "office.drawingml.diagramDrawing+xml"),
    **_each(KEPT, "", f"{_OPEN}obfuscatedFont application/x-fontdata application/x-font-ttf"),
    **_each(KEPT, "image/", """
        png jpeg jpg pjpeg gif bmp tiff tif webp emf x-emf wmf x-wmf x-emz x-wmz vnd.ms-photo
        svg+xml"""),
    **_each(DROPPED, "", "application/xml text/xml"),
    **_each(DROPPED, f"{_PACKED}digital-signature-", "origin certificate xmlsignature+xml"),
    **_each(DROPPED, _OPEN, "custom-properties+xml customXmlProperties+xml"),
    **_each(DROPPED, _WORD, """
        comments commentsExtended commentsIds commentsExtensible people document.glossary
        mailMergeRecipientData""", "+xml"),
    **_each(DROPPED, _WORD, "printerSettings"),
    **_each(DROPPED, _MS, """
        word.stylesWithEffects+xml word.mailMergeRecipientData+xml office.documenttasks+xml
        office.classificationlabels+xml office.intelligence2+xml"""),
    **_each(_MACRO, _MS, """
        office.vbaProject office.vbaProjectSignature office.vbaProjectSignatureAgile
        office.vbaProjectSignatureV3 word.vbaData+xml word.keyMapCustomizations+xml
        word.attachedToolbars excel.attachedToolbars excel.macrosheet+xml excel.intlmacrosheet+xml
        word.document.macroEnabled.main+xml word.template.macroEnabledTemplate.main+xml
        word.document.macroEnabled.12 word.template.macroEnabled.12 excel.sheet.macroEnabled.12
        excel.sheet.macroEnabled.main+xml excel.template.macroEnabled.12
        excel.template.macroEnabled.main+xml excel.addin.macroEnabled.12
        excel.addin.macroEnabled.main+xml excel.sheet.binary.macroEnabled.12
        powerpoint.presentation.macroEnabled.12 powerpoint.presentation.macroEnabled.main+xml
        powerpoint.template.macroEnabled.12 powerpoint.template.macroEnabled.main+xml
        powerpoint.slideshow.macroEnabled.12 powerpoint.slideshow.macroEnabled.main+xml
        powerpoint.slide.macroEnabled.12 powerpoint.addin.macroEnabled.12
        powerpoint.addin.macroEnabled.main+xml"""),
    **_each(_ADDIN, _MS, "office.webextension+xml office.webextensiontaskpanes+xml"),
    **_each(_CONTROL, _MS, "office.activeX office.activeX+xml excel.controlproperties+xml"),
    **_each(_OBJECT, _OPEN, """
        oleObject package encrypted-package wordprocessingml.document wordprocessingml.template
        spreadsheetml.sheet spreadsheetml.template presentationml.presentation
        presentationml.slideshow presentationml.template presentationml.slide"""),
    **_each(_OBJECT, "application/", """
        msword vnd.ms-excel vnd.ms-powerpoint vnd.ms-package x-msdownload octet-stream binary pdf
        zip"""),
    **_each(_FILE, "", f"""
        text/html application/xhtml+xml application/rtf text/rtf text/plain message/rfc822
        {_WORD}template.main+xml"""),
    **_each(_MEDIA, "audio/", """
        aiff basic midi mp3 mpeg mpegurl mp4 ogg wav x-wav x-ms-wax x-ms-wma"""),
    **_each(_MEDIA, "video/", """
        avi mp4 mpeg mpg ogg quicktime vc1 x-ivf x-ms-asf x-ms-asf-plugin x-ms-wm x-ms-wmv x-ms-wmx
        x-ms-wvx x-msvideo"""),
    **_each(_MEDIA, "model/", "gltf-binary"),
    **_each(_CHART, _OPEN, "drawingml.chart drawingml.chartshapes themeOverride", "+xml"),
    **_each(_CHART, _MS, "office.chartstyle+xml office.chartcolorstyle+xml office.chartex+xml"),
    **_each(_INK, "application/", "inkml+xml"),
    **_each(_PICTURE, "image/", """
        jp2 unknown x-icon x-pcx x-pcz xbm pict x-pict eps x-eps cgm heic"""),
    **_each(_FOREIGN, _OPEN, "drawing+xml vmlDrawing"),
    **_each(_FOREIGN, _SHEET, """
        calcChain chartsheet comments connections dialogsheet externalLink pivotCacheDefinition
        pivotCacheRecords pivotTable queryTable revisionHeaders revisionLog sharedStrings sheet.main
        sheetMetadata styles table tableSingleCells template.main userNames volatileDependencies
        worksheet""", "+xml"),
    **_each(_FOREIGN, _SHEET, "printerSettings customProperty"),
    **_each(_FOREIGN, _SLIDE, """
        commentAuthors comments handoutMaster notesMaster notesSlide presProps presentation.main
        slide slideLayout slideMaster slideUpdateInfo slideshow.main tableStyles tags template.main
        viewProps""", "+xml"),
    **_each(_FOREIGN, _SLIDE, "printerSettings"),
    **_each(_FOREIGN, _MS, """
        excel.customDataProperties+xml excel.featurepropertybag+xml excel.namedsheetviews+xml
        excel.person+xml excel.rdarray+xml excel.rdrichvalue+xml excel.rdrichvaluestructure+xml
        excel.rdrichvaluetypes+xml excel.rdrichvaluewebimage+xml excel.rdsupportingpropertybag+xml
        excel.rdsupportingpropertybagstructure+xml excel.richstyles+xml excel.slicer+xml
        excel.slicerCache+xml excel.threadedcomments+xml excel.timeline+xml excel.timelineCache+xml
        excel.wsSortMap+xml office.legacyDiagramText office.legacyDocTextInfo
        powerpoint.authors+xml powerpoint.comments+xml"""),
}  # fmt: skip
_WPS_TYPE = "application/vnd.wps-officedocument."

_PLAIN = "请选中它按Ctrl+Shift+F9变成普通文字，或者删去"
_FETCH = Verdict(what="从别的文件或程序取内容的域", mend=_PLAIN)
_BUTTON = Verdict(what="按钮或运行宏的域", mend="请删去，换成普通文字")
_ASKS = Verdict(what="打开或更新时弹出提问的域", mend="请删去，换成普通文字或标签")
_PRINTS = Verdict(what="向打印机发送命令的域", mend="请删去")
_BUILDS = Verdict(what="能拼出别的内容的域", mend=_PLAIN)
_MERGES = Verdict(what="邮件合并的域", mend="请换成标签，或者删去")
UNKNOWN_CODE = Verdict(what="不认识的域", mend=_PLAIN)
CODES: dict[str, Verdict] = {
    **_each(KEPT, "", """
        = ADDIN ADVANCE AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT BARCODE BIBLIOGRAPHY BIDIOUTLINE
        CITATION COMMENTS COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ
        FILENAME FILESIZE FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK IF INDEX INFO KEYWORDS
        LASTSAVEDBY LISTNUM NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE PRIVATE REF
        REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET SHAPE STYLEREF SUBJECT SYMBOL TA TC TEMPLATE
        TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE"""),
    **_each(_FETCH, "", """
        AUTOTEXT AUTOTEXTLIST DATABASE DDE DDEAUTO EMBED GLOSSARY IMPORT INCLUDE INCLUDEPICTURE
        INCLUDETEXT LINK RD"""),
    **_each(_BUTTON, "", "CONTROL GOTOBUTTON HTMLACTIVEX HTMLCONTROL MACROBUTTON"),
    **_each(_ASKS, "", "ASK FILLIN"),
    **_each(_PRINTS, "", "PRINT"),
    **_each(_BUILDS, "", "QUOTE"),
    **_each(_MERGES, "", """
        ADDRESSBLOCK DATA GREETINGLINE MERGEBARCODE MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF
        SKIPIF"""),
}  # fmt: skip

_OPENS = re.compile(r"(?i)#|(?:https?://|mailto:)[^\s\\/]")
_LEADS_OUT = re.compile(r"(?i)\s*(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|%5c|%2f%2f)")


def of_relation(kind: str) -> Verdict:
    """What becomes of a relation, by its whole type; Strict types are as the ordinary ones."""
    if kind.startswith(WPS):
        return DROPPED
    if kind.startswith(STRICT):
        kind = OFFICE + kind.removeprefix(STRICT)
    return RELATIONS.get(kind, UNKNOWN)


def of_type(kind: str | None) -> Verdict:
    """What becomes of a part, by its content type; None where it has none."""
    if not kind:
        return UNTYPED
    plain = _FOLDED.get(kind.partition(";")[0].strip().lower())
    return plain or (DROPPED if kind.lower().startswith(_WPS_TYPE) else UNKNOWN)


_FOLDED = {kind.lower(): verdict for kind, verdict in TYPES.items()}


def of_code(code: str) -> Verdict:
    """What becomes of a field, by its code's name in capitals."""
    return CODES.get(code, UNKNOWN_CODE)


def may_open(address: str) -> bool:
    """Whether a link may lead there: a page, an address of mail, a place of the same document."""
    return _OPENS.match(address) is not None


def leads_out(target: str) -> bool:
    """Whether what should be a part's name is an address: with a scheme, or of another computer."""
    return _LEADS_OUT.match(target) is not None
