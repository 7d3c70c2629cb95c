import { ask, type TileJSON } from '../api';

/** Asks which tiles show a day under a reading. */
export async function tilesFor(dataset: string, day: string, basis: string): Promise<TileJSON> {
  const answer = await ask<TileJSON>(`tiles/${dataset}.json`, { as_of: day, basis });
  return { ...answer, tiles: answer.tiles.map(hereOnly) };
}

/**
 * Moves a tile address to where this page is. The server writes absolute addresses with its public name;
 * reached by another name or under another path, the page must still ask no other place.
 */
export function hereOnly(address: string): string {
  return new URL('.', location.href).href + address.slice(address.lastIndexOf('/tiles/') + 1);
}

/** The deepest zoom at which one tile holds a whole box (west, south, east, north in degrees), from 0 to limit. */
export function zoomOfOneTile([west, south, east, north]: readonly number[], limit: number): number {
  const x = (lon: number, zoom: number) => Math.floor(((lon + 180) / 360) * 2 ** zoom);
  const y = (lat: number, zoom: number) => Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** zoom);
  let zoom = 0;
  while (zoom < limit && x(west!, zoom + 1) === x(east!, zoom + 1) && y(north!, zoom + 1) === y(south!, zoom + 1)) zoom++;
  return zoom;
}
