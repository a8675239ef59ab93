"""Who files a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AgencyKind(StrEnum):
    """What an agency is; decides which figures are plausible."""

    DEPARTMENT = "部门"
    TOWN = "镇"
    SUBDISTRICT = "街道"
    GOVERNMENT = "政府"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Contact:
    """How the public reaches the agency; office data, never a person's."""

    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None

    def __str__(self) -> str:
        """As a report prints it: ``地址：某路1号，电话：010-1``; empty where nothing is known."""
        said = ((label, getattr(self, key)) for key, label in CONTACT_LABELS.items())
        return "，".join(f"{label}：{value}" for label, value in said if value)


CONTACT_LABELS = {
    "address": "地址",
    "postcode": "邮编",
    "phone": "电话",
    "fax": "传真",
    "email": "电子邮箱",
    "website": "网站",
}
"""What each way is called, in a form and in a report."""


@dataclass(frozen=True, slots=True)
class Agency:
    """The filing agency: full official name, short name, kind, contact, and its past."""

    name: str
    short_name: str | None = None
    kind: AgencyKind | None = None
    contact: Contact = Contact()
    formerly: tuple[str, ...] = ()
    """The names that it, or those that it was made of, bore before it was reorganised."""
    since: int | None = None
    """The first report year under its present name; None where nobody says."""
