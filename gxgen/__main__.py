"""``python -m gxgen``."""

from gxgen.cli import main

raise SystemExit(main())
