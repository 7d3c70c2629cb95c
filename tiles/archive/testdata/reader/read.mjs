// Reads a PMTiles archive with the npm package pmtiles and writes its header, its
// metadata and, for each of the tiles given as [[z, x, y], …] on standard input,
// its number and the SHA-256 of what is there (null for nothing), as JSON.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { PMTiles, zxyToTileId } from 'pmtiles';

const fd = openSync(process.argv[2]);
const archive = new PMTiles({
  getKey: () => process.argv[2],
  getBytes: async (offset, length) => {
    const bytes = new Uint8Array(length);
    const read = readSync(fd, bytes, 0, length, offset);
    return { data: bytes.buffer.slice(0, read) };
  },
});
const tiles = [];
for (const [z, x, y] of JSON.parse(readFileSync(0))) {
  const tile = await archive.getZxy(z, x, y);
  const hash = tile && createHash('sha256').update(new Uint8Array(tile.data)).digest('hex');
  tiles.push({ id: zxyToTileId(z, x, y), hash: hash ?? null });
}
process.stdout.write(JSON.stringify({ header: await archive.getHeader(), metadata: await archive.getMetadata(), tiles }));
closeSync(fd);
