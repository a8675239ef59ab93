from gxgen import api as _api
from gxgen.api.comparing import compare as compare
from gxgen.api.importing import import_reports as import_reports
from gxgen.api.project import Project as Project
from gxgen.api.receiving import receive as receive
from gxgen.api.single import blank as blank
from gxgen.api.single import build as build
from gxgen.api.single import check as check
from gxgen.api.single import explain as explain
from gxgen.api.single import read as read
from gxgen.county.events import CancelledError as CancelledError
from gxgen.county.events import Stop as Stop
from gxgen.show.schema import schema as schema

build_county = _api.build
roll_up = _api.rollup
__all__: list[str]
__version__: str
