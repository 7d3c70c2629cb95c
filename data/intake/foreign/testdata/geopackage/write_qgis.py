"""Writes zones.geojson as QGIS does: qgis.gpkg, ../flatgeobuf/qgis.fgb."""
from qgis.core import QgsApplication, QgsCoordinateTransformContext, QgsVectorFileWriter, QgsVectorLayer

app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer("zones.geojson", "zones", "ogr")
for driver, name in (("GPKG", "qgis.gpkg"), ("FlatGeobuf", "../flatgeobuf/qgis.fgb")):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = driver, "zones"
    print(name, QgsVectorFileWriter.writeAsVectorFormatV3(layer, name, QgsCoordinateTransformContext(), options))
app.exitQgis()
