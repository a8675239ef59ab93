"""What nothing makes any more is removed from a folder of outputs."""

from __future__ import annotations

from collections.abc import Collection

from gxgen.county.home import Home


def withdraw(home: Home, kept: Collection[str]) -> dict[str, str]:
    """Remove own files that are not in ``kept``. What is held open stands, is told and returned,
    with its SHA-256, so that it stays known: the next run withdraws it."""
    home.removed = tuple(home.folder / name for name in home.outputs.keep_only(kept))
    for name in home.outputs.stuck:
        home.faults.append(
            f"撤不下已经不作数的文件：{home.folder / name}。"
            "它可能正被 Word 或 WPS 打开；请关闭后重新运行，在此之前不要使用它。"
        )
    return home.outputs.stuck
