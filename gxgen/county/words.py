"""``words.toml`` beside ``county.toml``: what a county says of the texts of its agencies.

It need not be there. What is written in it, a person has written or accepted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gxgen.cache import recalled
from gxgen.errors import UsageError
from gxgen.model.words import NO_WORDS, CountyWords, Remembered

WORDS_FILE = "words.toml"
MOST_BYTES = 2_000_000


def county_words(folder: Path) -> CountyWords:
    """Read ``folder/words.toml``; nothing if there is none.

    Raises:
        UsageError: it is not valid; the message names the fault.
    """
    path = folder / WORDS_FILE
    return words_in(text_of(path), path)


def words_in(text: str, path: Path) -> CountyWords:
    """What such a file says; ``path`` is for messages.

    Raises:
        UsageError: it is not valid; the message names the fault.
    """
    if not text.strip():
        return NO_WORDS
    said = recalled("words", (text.encode(),), lambda: _settings(path, text))
    return CountyWords(
        tuple(said["boilerplate"]["sentences"]),
        tuple(Remembered(one["clause"], one["reads"]) for one in said["frame"]),
    )


def text_of(path: Path) -> str:
    """The file's text; empty where there is none.

    Raises:
        UsageError: it cannot be read, or is far too long.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} 超过2兆字节，不像是一份文字约定。")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(f"{path} 不是 UTF-8 编码；请用记事本“另存为”，编码选 UTF-8。") from None
    except OSError as error:
        raise UsageError(f"读不了 {path}：{error.strerror}") from None


def _settings(path: Path, text: str) -> dict[str, Any]:
    """What the file says, valid and as plain data."""
    import tomllib

    from pydantic import ValidationError

    from gxgen.county.settings import WordsSettings, explain

    try:
        settings = WordsSettings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        raise UsageError(f"{path} 不是有效的 TOML，请检查引号和方括号是否成对。") from None
    except ValidationError as error:
        raise UsageError(f"{path} 有误：\n" + "\n".join(explain(error, text))) from None
    return settings.model_dump(mode="json")
