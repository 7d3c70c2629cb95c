// Writes zones.geojson as Esri JSON with Esri's own converter (npm install @terraformer/arcgis).
import { readFileSync, writeFileSync } from "node:fs";
import { geojsonToArcGIS } from "@terraformer/arcgis";

const collection = JSON.parse(readFileSync("../geopackage/zones.geojson", "utf8"));
for (const f of collection.features) f.properties.since = f.properties.since && Date.parse(f.properties.since);
const features = geojsonToArcGIS(collection, "OBJECTID").map((f, i) => {
  f.attributes.OBJECTID = i + 1;
  delete f.geometry?.spatialReference;
  return f;
});
const answer = {
  objectIdFieldName: "OBJECTID",
  geometryType: "esriGeometryPolygon",
  spatialReference: { wkid: 4326, latestWkid: 4326 },
  fields: [
    { name: "OBJECTID", type: "esriFieldTypeOID", alias: "OBJECTID" },
    { name: "holder", type: "esriFieldTypeString", alias: "holder", length: 100 },
    { name: "name", type: "esriFieldTypeString", alias: "name", length: 100 },
    { name: "since", type: "esriFieldTypeDate", alias: "since", length: 8 },
  ],
  features,
};
writeFileSync("terraformer.json", JSON.stringify(answer));
