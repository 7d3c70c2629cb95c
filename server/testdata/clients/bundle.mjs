// Bundles the pages of the clients into a folder: node bundle.mjs FOLDER.
import { cp } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
await build({
  absWorkingDir: here,
  entryPoints: ['maplibre.js', 'leaflet.js', 'openlayers.js', 'deckgl.js'],
  bundle: true,
  format: 'esm',
  outdir: process.argv[2],
  loader: { '.png': 'dataurl' },
  logLevel: 'error',
});
await cp(`${here}/node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs`, `${process.argv[2]}/maplibre-gl-worker.mjs`);
