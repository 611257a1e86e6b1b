"""A compiled DOCX with figures changed by hand, as somebody might publish it.

Usage: published.py FROM.docx TO.docx 'HEADING|FIGURE|OTHER FIGURE' …
The first run of text below the last HEADING that is FIGURE and nothing else becomes OTHER FIGURE. Python 3, no packages.
"""
import sys
import zipfile

source, target, *changes = sys.argv[1:]
with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
    for entry in before.infolist():
        data = before.read(entry)
        if entry.filename == "word/document.xml":
            text = data.decode("utf-8")
            for change in changes:
                heading, figure, other = change.split("|")
                at = text.index(">" + figure + "<", text.rindex(heading)) + 1
                text = text[:at] + other + text[at + len(figure):]
            data = text.encode("utf-8")
        after.writestr(entry, data)
