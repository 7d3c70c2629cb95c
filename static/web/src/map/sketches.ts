import type { Feature, FeatureCollection, GeoJSON, LineString } from 'geojson';
import type { SketchesView } from '../sketch';

/** What the reader drew, as features to be shown; a cutting line has its ends named A and B. */
export function featuresOf({ area, line, measured }: Pick<SketchesView, 'area' | 'line' | 'measured'>): FeatureCollection {
  return { type: 'FeatureCollection', features: [...parts(area?.shape), ...parts(line?.shape), ...ends(line?.shape), ...parts(measured)] };
}

function parts(shape: GeoJSON | null | undefined): Feature[] {
  if (!shape) return [];
  if (shape.type === 'FeatureCollection') return shape.features.map((feature) => ({ ...feature, properties: {} }));
  if (shape.type === 'Feature') return [{ ...shape, properties: {} }];
  return [{ type: 'Feature', properties: {}, geometry: shape }];
}

function ends(shape: GeoJSON | undefined): Feature[] {
  const line = (shape as LineString | undefined)?.coordinates;
  const named = (name: string, coordinates: number[]): Feature => ({ type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates } });
  return line ? [named('A', line[0]!), named('B', line.at(-1)!)] : [];
}
