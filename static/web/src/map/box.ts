import type { Geometry, Position } from 'geojson';

/** The box around geometries: west, south, east, north in degrees; null around nothing. */
export function boxOf(geometries: readonly Geometry[]): [number, number, number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    if (typeof coordinates[0] !== 'number') {
      for (const part of coordinates) visit(part);
      return;
    }
    const [lon, lat] = coordinates as Position;
    west = Math.min(west, lon!);
    east = Math.max(east, lon!);
    south = Math.min(south, lat!);
    north = Math.max(north, lat!);
  };
  for (const geometry of geometries) if ('coordinates' in geometry) visit(geometry.coordinates);
  return west <= east ? [west, south, east, north] : null;
}
