#!/usr/bin/env python3
"""pack.py FOLDER ZIP TIME: everything below FOLDER as a ZIP whose bytes depend on nothing else; TIME in seconds since 1970 is that of each file."""

import pathlib
import sys
import time
import zipfile

folder, target, at = pathlib.Path(sys.argv[1]), sys.argv[2], time.gmtime(int(sys.argv[3]))
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        # Python marks a name that is not ASCII as UTF-8, which Windows then does not take for GBK.
        entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), at[:6])
        entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
        archive.writestr(entry, path.read_bytes())
