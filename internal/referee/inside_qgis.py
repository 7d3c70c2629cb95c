"""Runs a script inside QGIS without a window: python3 inside_qgis.py SCRIPT [ARGUMENT]...

The script finds QGIS started, the message log on standard error, and its own
arguments in sys.argv. What it prints is the answer.
"""
import os
import runpy
import sys
import traceback

from qgis.core import QgsApplication

QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], True)
app.initQgis()
app.messageLog().messageReceived.connect(lambda text, tag, level: print(f"{tag}: {text}", file=sys.stderr))

sys.argv = sys.argv[1:]
status = 0
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except BaseException:
    traceback.print_exc()
    status = 1
sys.stdout.flush()
sys.stderr.flush()
os._exit(status)  # taking QGIS apart in order crashes once in a while, after the work is done
