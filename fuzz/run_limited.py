"""Runs a command within limits, and writes what it took to a file, as JSON: for `measure.py`.

    python run_limited.py REPORT SECONDS BYTES COMMAND …

It is ended after so many seconds of the processor, and gets so much address space. This is a process of its own
because what a command is charged for starts with what the process held that it came from.
"""

import json
import os
import resource
import sys
from pathlib import Path


def main() -> None:
    """Run the command, and report."""
    report, seconds, addresses, *command = sys.argv[1:]
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_AS, (int(addresses), int(addresses)))
        os.execv(command[0], command)  # noqa: S606 (no shell is wanted)
    _, status, usage = os.wait4(child, 0)
    taken = {
        "seconds": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * 1024,
        "exit_code": os.waitstatus_to_exitcode(status),
    }
    Path(report).write_text(json.dumps(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
