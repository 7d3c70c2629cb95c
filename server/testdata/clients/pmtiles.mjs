// Reads an archive over HTTP by parts as web maps do: node pmtiles.mjs ADDRESS.
// Prints how many tiles there are, the hash of each that is asked for on standard
// input ([[z, x, y], …]), null where there is none, and what the archive says of itself.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FetchSource, PMTiles } from 'pmtiles';

const archive = new PMTiles(new FetchSource(process.argv[2]));
const header = await archive.getHeader();
const tiles = [];
for (const [z, x, y] of JSON.parse(readFileSync(0, 'utf8'))) {
  const tile = await archive.getZxy(z, x, y);
  tiles.push(tile ? createHash('sha256').update(new Uint8Array(tile.data)).digest('hex') : null);
}
console.log(JSON.stringify({ addressed: header.numAddressedTiles, etag: header.etag, tiles, metadata: await archive.getMetadata() }));
