import type { Position } from 'geojson';

const equatorial = 6378137; // WGS 84, metres
const flattening = 1 / 298.257223563;

/** The length of a line in metres, on the ellipsoid. */
export function lengthOf(line: readonly Position[]): number {
  return line.slice(1).reduce((sum, position, index) => sum + distance(line[index]!, position), 0);
}

/**
 * The distance between two positions (longitude, latitude in degrees) in metres. Lambert's formula for long lines
 * (1942): within some metres over thousands of kilometres, and exact to a millimetre across a district.
 */
function distance(from: Position, to: Position): number {
  const reduced = (lat: number) => Math.atan((1 - flattening) * Math.tan((lat * Math.PI) / 180));
  const [a, b] = [reduced(from[1]!), reduced(to[1]!)];
  const turn = ((to[0]! - from[0]!) * Math.PI) / 180;
  const haversine = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2;
  const angle = 2 * Math.asin(Math.min(1, Math.sqrt(haversine)));
  if (angle === 0) return 0;
  const [p, q] = [(a + b) / 2, (b - a) / 2];
  const x = (angle - Math.sin(angle)) * ((Math.sin(p) * Math.cos(q)) / Math.cos(angle / 2)) ** 2;
  const y = (angle + Math.sin(angle)) * ((Math.cos(p) * Math.sin(q)) / Math.sin(angle / 2)) ** 2;
  return equatorial * (angle - (flattening / 2) * (x + y));
}
