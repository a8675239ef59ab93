"""The colours of charts and of the illustrated edition, as RRGGBB."""

DARK, LIGHT, INK, RULE = "1F4E79", "C5D9ED", "262626", "7F7F7F"
PALE = "E8EFF7"
