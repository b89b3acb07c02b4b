"""Starts web-platform-tests' own server from a checkout, with a script imported first by every service worker.

usage: serve.py CHECKOUT CONFIG [SCRIPT]

CONFIG is a file as `wpt serve --config` reads; SCRIPT the path that workers import, nothing is imported without it.
"""

import multiprocessing
import re
import sys

checkout, config = sys.argv[1:3]
script = sys.argv[3] if len(sys.argv) > 3 else None
sys.path.insert(0, f"{checkout}/tools")
sys.path.insert(0, checkout)

import localpaths  # noqa: E402,F401  (finds the checkout's libraries)
from serve import serve  # noqa: E402
from wptserve.response import Response  # noqa: E402

# What only a module has at the start of a line.
MODULE = re.compile(rb"^\s*(import[\s{*'\"]|export\s)", re.MULTILINE)
SCRIPT_TYPE = re.compile(rb"(java|ecma)script", re.IGNORECASE)


def with_ours(response):
    """Puts the import before a worker's script. On the first line, so that every line keeps its number."""
    if response.request.headers.get(b"Service-Worker") != b"script" or response.status[0] != 200:
        return
    if not SCRIPT_TYPE.search(b"".join(response.headers.get("Content-Type", []))):
        return
    text = b"".join(response.iter_content(read_file=True))
    # A module that imports nothing looks like a classic script, and there it throws: it is run without ours.
    classic = f"try{{importScripts('{script}')}}catch(error){{if(!(error instanceof TypeError))throw error}}"
    statement = f"import '{script}';" if MODULE.search(text) else classic
    response.content = statement.encode() + text
    if "Content-Length" in response.headers:
        response.headers.set("Content-Length", str(len(response.content)))


if script:
    write = Response.write

    def write_with_ours(response):
        with_ours(response)
        write(response)

    Response.write = write_with_ours

if __name__ == "__main__":
    # Processes that are forked keep the above.
    context = multiprocessing.get_context("fork")
    sys.exit(serve.run(mp_context=context, config_path=config, h2=True))
