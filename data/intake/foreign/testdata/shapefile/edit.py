#!/usr/bin/python3
"""Edits a copy of utf8.shp where it lies: a record that grows goes to the end, which only edited.shx says, and another is marked as deleted."""
from osgeo import gdal, ogr
gdal.UseExceptions()
ogr.GetDriverByName('ESRI Shapefile').CopyDataSource(ogr.Open('utf8.shp'), 'edited.shp', ['ENCODING=UTF-8'])
d = gdal.OpenEx('edited.shp', gdal.OF_VECTOR | gdal.OF_UPDATE, open_options=['AUTO_REPACK=NO'])
layer = d.GetLayer(0)
f = layer.GetFeature(0)
g = f.GetGeometryRef().Clone()
g.AddGeometry(ogr.CreateGeometryFromWkt('POLYGON ((10.9 20.0,10.9 20.1,11 20.1,10.9 20.0))'))
f.SetGeometry(g)
layer.SetFeature(f)
layer.DeleteFeature(1)
