#!/usr/bin/env python3
"""smoke.py PROGRAM DEB: tries what is in the package for ARM under qemu, and holds it against PROGRAM, the same built for this system."""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import elsewhere
from elsewhere import Side, done, fail


def main():
    ours, package = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(prefix="juesuan-aarch64-") as root:
        root = pathlib.Path(root)
        subprocess.run(["dpkg-deb", "-x", package, root / "package"], check=True)
        for name in ("juesuan", "juesuan-window"):
            told = subprocess.run(["aarch64-linux-gnu-readelf", "-lh", root / "package/usr/bin" / name], capture_output=True, text=True, check=True).stdout
            if "AArch64" not in told or "INTERP" in told:
                fail(f"{name}: {told}")
        done("ARM 64 位，不用系统的库")
        # proot starts what the program starts under qemu too: PDF is read in a process of its own.
        script = root / "run"
        script.write_text(f'#!/bin/sh\nexec proot -q qemu-aarch64 "{root}/package/usr/bin/juesuan" "$@"\n')
        script.chmod(0o755)
        fonts = elsewhere.fonts()
        elsewhere.everything(Side(ours, root / "本机", fonts), Side(script, root / "那边", fonts))
    print("aarch64：全部通过")


if __name__ == "__main__":
    main()
