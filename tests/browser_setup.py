"""Puts Debian's chromium on the machine when there is none and apt may: `python -m tests.browser_setup`."""

import os
import shutil
import subprocess
import sys


def main() -> None:
    """Installs chromium, or says that the browser tests will fail without it."""
    if shutil.which("chromium"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit("The browser tests drive chromium: install it (Debian: `apt-get install chromium`) and run again.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
