// Makes vector tiles with geojson-vt or its MapLibre fork.
//
//	node tiles.mjs LIBRARY ZONES.geojson TILES
//
// Each line of input is a list of [z, x, y]. For each the index is built anew,
// every tile is made, and one line answers with the seconds each zoom took. The
// tiles are left in the file TILES, each behind its length in four bytes.
import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { features, index, now } from './zones.mjs'
import vtpbf from 'vt-pbf'

const [library, zones, output] = process.argv.slice(2)
const collection = { type: 'FeatureCollection', features: features(zones) }
const lastZoom = 16

for await (const line of createInterface({ input: process.stdin })) {
  const tiles = JSON.parse(line)
  const vt = await index(library, collection)
  const seconds = new Array(lastZoom + 1).fill(0)
  const made = []
  for (const [z, x, y] of tiles) {
    const begun = now()
    const tile = vt.getTile(z, x, y)
    made.push(tile ? vtpbf.fromGeojsonVt({ zones: tile }, { version: 2 }) : Buffer.alloc(0))
    seconds[z] += now() - begun
  }
  const file = openSync(output, 'w')
  for (const tile of made) {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(tile.length)
    writeSync(file, length)
    writeSync(file, tile)
  }
  closeSync(file)
  console.log(JSON.stringify(seconds))
}
