// Reads zones and indexes them, for tiles.mjs and load.mjs.
import { readFileSync } from 'node:fs'

/** The features of a file that holds one on each line, with the attributes that every contestant writes. */
export function features(path) {
  const text = readFileSync(path) // a Buffer: a string holds 512 MB at most
  const out = []
  for (let at = text.indexOf(10) + 1, end; (end = text.indexOf(10, at)) > at; at = end + 1) {
    if (text[at] !== 123) break // the line that closes the collection
    const feature = JSON.parse(text.toString('utf8', at, text[end - 1] === 44 ? end - 1 : end))
    const { party, status, x_number } = feature.properties
    out.push({ type: 'Feature', id: x_number, geometry: feature.geometry, properties: { id: feature.id, party, status, x_number } })
  }
  return out
}

/** Seconds by the clock that bench measures with: the wall's, or the processor time of this process. */
export function now() {
  if (process.env.DEMARC_BENCH_CLOCK !== 'cpu') return performance.now() / 1e3
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The library's index with its own defaults; only the zooms and the tile format are given. */
export async function index(library, collection) {
  const options = { maxZoom: 16, extent: 4096, buffer: 64 }
  const module = await import(library)
  if (module.GeoJSONVT) return new module.GeoJSONVT(collection, options)
  return new module.default(collection, options)
}
