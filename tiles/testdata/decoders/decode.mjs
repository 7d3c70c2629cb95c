// Decodes the tiles named on the command line with @mapbox/vector-tile and
// writes them as one JSON array: for each tile its layers with their features,
// each with id, type, properties and parts (points, lines or closed rings).
import { readFileSync } from 'node:fs';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

const tiles = process.argv.slice(2).map((file) => {
  const tile = new VectorTile(new PbfReader(readFileSync(file)));
  return Object.values(tile.layers).map((layer) => ({
    name: layer.name,
    version: layer.version,
    extent: layer.extent,
    features: Array.from({ length: layer.length }, (_, i) => {
      const feature = layer.feature(i);
      return {
        id: feature.id ?? null,
        type: feature.type,
        properties: feature.properties,
        parts: feature.loadGeometry().map((part) => part.map(({ x, y }) => [x, y])),
      };
    }),
  }));
});
process.stdout.write(JSON.stringify(tiles));
