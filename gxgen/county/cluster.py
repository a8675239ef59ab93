"""An existing Dask cluster as an executor; workers need gxgen installed, and no shared disk."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from gxgen.errors import EnvironmentProblemError

TIMEOUT = "10s"


@contextmanager
def dask_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """(executor, number of worker threads) of the scheduler at ``address``.

    A worker that dies is Dask's to replace: the task, which carries its bytes, runs elsewhere.

    Raises:
        EnvironmentProblemError: Dask is not installed, or nobody answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise EnvironmentProblemError(
            "没有安装 Dask；请运行 pip install 'gxgen[dask]' 后再用 --scheduler。"
        ) from None
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise EnvironmentProblemError(
            f"连不上 Dask 调度器 {address}；地址形如 tcp://10.0.0.5:8786，请确认它已启动。"
        ) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise EnvironmentProblemError(f"Dask 调度器 {address} 没有可用的工作进程。")
        with client.get_executor(pure=False, retries=3) as executor:
            yield executor, threads
