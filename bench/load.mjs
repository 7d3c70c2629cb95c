// Measures reading zones and indexing them: node load.mjs LIBRARY ZONES.geojson
import { readFileSync } from 'node:fs'
import { features, index, now } from './zones.mjs'

const [library, zones] = process.argv.slice(2)
await import(library)
const begun = now()
const collection = { type: 'FeatureCollection', features: features(zones) }
const read = now()
const vt = await index(library, collection)
const indexed = now()
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
console.log(JSON.stringify({ ReadS: read - begun, IndexS: indexed - read, PeakB: 1024 * peak }))
if (!vt) process.exit(1) // keeps the index alive until here
