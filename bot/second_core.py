"""The second core: work goes on in a forked process while this one does something else."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

_Result = TypeVar("_Result")


class SecondProcessError(RuntimeError):
    """The work ended without a result; its traceback stands on standard error."""


@contextmanager
def beside(work: Callable[[], _Result]) -> Iterator[Callable[[], _Result]]:
    """Starts ``work`` in a copy of this process; within the block the function given waits for its result.

    Forked, so that what it reads need not be sent there. It must use no thread and no socket of this process. It ends
    with the block, and with this process however that ends.

    Raises:
        SecondProcessError: from the function given; see the class.
    """
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, sending, os.getpid()))
    process.start()
    sending.close()

    def result() -> _Result:
        try:
            given: _Result = receiving.recv()
        except EOFError as error:
            process.join()
            raise SecondProcessError(f"the second process ended with code {process.exitcode}") from error
        return given

    try:
        yield result
    finally:
        process.kill()
        process.join()
        receiving.close()


def end_with_parent(parent: int) -> None:
    """Makes the kernel end this process when its ``parent`` ends, so that a killed training leaves nothing behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it ended before the kernel was told
        os.kill(os.getpid(), signal.SIGKILL)


def _work(work: Callable[[], _Result], sending: Connection, parent: int) -> None:
    end_with_parent(parent)
    sending.send(work())
