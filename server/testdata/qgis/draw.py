"""Opens what a server makes for QGIS and draws it: draw.py BASE GEOPACKAGE QLR QML STYLE SPRITE.

Prints for the layer definition each layer with what it holds, and for four
drawings the colours at places that are held, free and in the sea: the vector tiles
of the definition, its features, the GeoPackage with the style in it, the vector
tiles with the MapLibre style as QGIS reads it.
"""
import json
import sys

from qgis.core import (
    QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsLayerDefinition, QgsMapBoxGlStyleConversionContext,
    QgsMapBoxGlStyleConverter, QgsMapRendererSequentialJob, QgsMapSettings, QgsPointXY, QgsProject, QgsRectangle,
    QgsUnitTypes, QgsVectorLayer, QgsVectorTileLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

package, definition, layer_style, map_style, sprite = sys.argv[1:]
PLACES = {"held": (34.30, 31.25), "free": (34.36, 31.42), "sea": (34.25, 31.45)}
LAYERS = ["places", "control_lines", "zones", "held", "territories"]  # from top to bottom
project = QgsProject.instance()


def draw(layers):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(600, 600))
    settings.setOutputDpi(96)
    to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), settings.destinationCrs(), project)
    settings.setExtent(to_map.transformBoundingBox(QgsRectangle(34.2, 31.2, 34.6, 31.61)))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    found = {}
    for name, place in PLACES.items():
        at = settings.mapToPixel().transform(to_map.transform(QgsPointXY(*place)))
        found[name] = QColor(picture.pixel(int(at.x()), int(at.y()))).name()
    return found


def style_by_maplibre(layer):
    with open(map_style) as text:
        style = json.load(text)
    with open(sprite + ".json") as text:
        index = json.load(text)
    context = QgsMapBoxGlStyleConversionContext()
    context.setTargetUnit(QgsUnitTypes.RenderMillimeters)
    context.setPixelSizeConversionFactor(25.4 / 96)
    context.setSprites(QImage(sprite + ".png"), index)
    converter = QgsMapBoxGlStyleConverter()
    converter.convert(style, context)
    layer.setRenderer(converter.renderer())
    layer.setLabeling(converter.labeling())
    return [w for w in converter.warnings() if "not available on system" not in w]  # fonts


opened, why = QgsLayerDefinition.loadLayerDefinition(definition, project, project.layerTreeRoot())
layers = {layer.name(): layer for layer in project.mapLayers().values()}
tiles = [layer for layer in layers.values() if isinstance(layer, QgsVectorTileLayer)]
answer = {
    "opened": opened, "why": why,
    "valid": {name: layer.isValid() for name, layer in layers.items()},
    "counts": {name: layer.featureCount() for name, layer in layers.items() if isinstance(layer, QgsVectorLayer)},
    "tiles": draw(tiles),
    "features": draw([layers[name] for name in LAYERS]),
}
local = [QgsVectorLayer(f"{package}|layername={name}", name, "ogr") for name in LAYERS]
answer["package"] = draw(local)
plain = QgsVectorLayer(f"{package}|layername=held", "plain", "ogr")
answer["styled"], answer["legend"] = plain.loadNamedStyle(layer_style)[1], [n.label() for n in plain.renderer().legendSymbolItems()]
answer["warnings"] = style_by_maplibre(tiles[0])
answer["maplibre"] = draw(tiles)
print(json.dumps(answer))
