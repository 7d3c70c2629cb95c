#!/usr/bin/python3
"""Writes qgis.shp of zones.geojson with QGIS."""
from qgis.core import QgsApplication, QgsVectorLayer, QgsVectorFileWriter, QgsProject
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer('arabic.geojson', 'zones', 'ogr')
for driver, name in (('ESRI Shapefile', 'qgis.shp'), ('KML', '../kml/qgis.kml')):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding = driver, '1256' if driver == 'ESRI Shapefile' else 'UTF-8'
    print(QgsVectorFileWriter.writeAsVectorFormatV3(layer, name, QgsProject.instance().transformContext(), options))
app.exitQgis()
