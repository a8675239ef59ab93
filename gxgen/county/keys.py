"""What the keys of ``county.toml`` are called in Chinese: heads of a roster's columns, and what may
be written for a key by mistake."""

from __future__ import annotations

from difflib import get_close_matches

CONTACT_KEYS = ("address", "postcode", "phone", "fax", "email", "website")
CALLED: dict[str, tuple[str, ...]] = {
    "name": ("单位全称", "单位名称", "机关全称", "机关名称", "全称", "名称", "单位"),
    "short_name": ("单位简称", "简称"),
    "kind": ("单位类别", "单位类型", "单位性质", "类别", "类型", "性质"),
    "contact": ("联系方式",),
    "address": ("地址", "办公地址", "单位地址", "通讯地址", "通信地址", "联系地址"),
    "postcode": ("邮编", "邮政编码"),
    "phone": ("电话", "办公电话", "联系电话", "公开电话", "单位电话", "固定电话", "座机"),
    "fax": ("传真", "传真号码", "传真电话"),
    "email": ("电子邮箱", "邮箱", "单位邮箱", "电子邮件", "邮件"),
    "website": ("网站", "网址", "门户网站", "网站地址", "官网"),
    "county": ("县", "县名", "县区"),
    "government": ("政府", "县政府", "政府全称"),
    "office": ("发文单位", "主管部门", "政务公开办"),
    "year": ("年度", "报告年度", "年份"),
    "deadline": ("截止日期", "报送截止日期", "报送期限", "due"),
    "correct_by": ("改正期限", "整改期限", "correction"),
    "publish_by": ("公布期限", "公开期限"),
    "style": ("样式", "模板", "template"),
    "formats": ("格式", "输出格式", "format"),
    "pdf": ("PDF引擎", "engine"),
    "agency": ("名册", "单位名册", "agencies", "roster"),
}
"""By key; the heads of a roster's columns are among them."""


def meant(word: str, keys: list[str]) -> str | None:
    """The key that a word was probably meant for, None where nothing is near."""
    plain = "".join(word.split()).lower().replace("-", "_")
    by_name = {name.lower(): key for key in keys for name in CALLED.get(key, ())}
    by_name |= {key: key for key in keys}
    near = get_close_matches(plain, list(by_name), n=1, cutoff=0.6)
    return by_name[near[0]] if near else None
