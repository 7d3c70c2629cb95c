"""Reads collections of OGC API – Features and says what QGIS found.

Arguments: the address of the landing page, the features a page, collections.
"""
import json
import sys

from qgis.core import QgsFeatureRequest, QgsRectangle, QgsVectorLayer

url, page, collections = sys.argv[1], sys.argv[2], sys.argv[3:]
found = {}
for collection in collections:
    layer = QgsVectorLayer(f"pagingEnabled='true' maxNumFeatures='' pageSize='{page}' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='{collection}' url='{url}'", collection, "OAPIF")
    features = list(layer.getFeatures())
    box = layer.extent()
    corner = QgsRectangle(box.xMinimum(), box.yMinimum(), box.xMinimum() + box.width() / 4, box.yMinimum() + box.height() / 4)
    found[collection] = {
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "count": layer.featureCount(),
        "ids": sorted(f["id"] for f in features),
        "fields": [field.name() for field in layer.fields()],
        "extent": [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
        "corner": [corner.xMinimum(), corner.yMinimum(), corner.xMaximum(), corner.yMaximum()],
        "in_corner": sorted(f["id"] for f in layer.getFeatures(QgsFeatureRequest(corner))),
        "area": {f["id"]: f.geometry().area() for f in features},
    }
print(json.dumps(found))
