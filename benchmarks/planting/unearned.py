"""Codes that nothing filed can earn, each with the reason."""

_BY_REASON = {
    "found in JSON records, which programs send in place of forms; tests/model plants them": (
        "GX060 GX061 GX062 GX063 GX064 GX065 GX066 GX067 GX068"
    ),
    "found in templates, the designer's; tests/templates plants them": (
        "GX601 GX602 GX603 GX604 GX605 GX606 GX607 GX608 GX609 GX610 GX611 GX612 GX613 GX614 GX615 "
        "GX616 GX617 GX618 GX619 GX620 GX644 GX645 GX650 GX651"
    ),
    "found in what was printed, where template, converter or font are at fault; tests/formats": (
        "GX621 GX622 GX623 GX624 GX625 GX626 GX627 GX631 GX634 GX635 GX636 GX640 GX641"
    ),
    "found in a county's style; tests/county/test_gate.py plants them": "GX642 GX643",
    "found in published reports, which nobody files; tests/published": (
        "GX801 GX802 GX803 GX804 GX805 GX810 GX811 GX812 GX813 GX814 GX815 GX816 GX817 GX818 GX819 "
        "GX820 GX821 GX822 GX823 GX824 GX825 GX826 GX827 GX828 GX829 GX830 GX831 GX832 GX833 GX834 "
        "GX835 GX836 GX837"
    ),
    "told of what the county answered itself; tests/county/test_county_answers.py": "GX724",
    "told when the process at work on a form dies; benchmarks.kills plants it": "GX722",
    "told when a rule crashes, a fault of gxgen's own; tests/checks/test_runner.py": "GX901",
}
UNEARNED = {code: why for why, codes in _BY_REASON.items() for code in codes.split()}
"""Code → reason."""
