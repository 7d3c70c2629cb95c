import { MercatorCoordinate, type Map as MapLibre } from 'maplibre-gl';
import type { Geometry, Position } from 'geojson';

/** Pixels kept free at each side. */
export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/**
 * The camera that fills a map with a shape while a bearing (degrees clockwise from north) is up; null around nothing.
 * A box would not do: the corners of one turned are far outside of what lies in it.
 */
export function cameraAround(map: MapLibre, shapes: readonly Geometry[], bearing: number, padding: Padding): { center: [number, number]; zoom: number; bearing: number } | null {
  const turn = (-bearing * Math.PI) / 180;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positionsOf(shapes)) {
    const { x, y } = MercatorCoordinate.fromLngLat([lon!, lat!]);
    const [across, down] = [x * cos - y * sin, x * sin + y * cos];
    [left, right, top, bottom] = [Math.min(left, across), Math.max(right, across), Math.min(top, down), Math.max(bottom, down)];
  }
  if (!(left < right && top < bottom)) return null;
  const { clientWidth, clientHeight } = map.getContainer();
  const width = Math.max(40, clientWidth - padding.left - padding.right);
  const height = Math.max(40, clientHeight - padding.top - padding.bottom);
  const scale = Math.min(width / (right - left), height / (bottom - top)); // pixels for the whole world
  const across = (left + right) / 2 + (padding.right - padding.left) / 2 / scale;
  const down = (top + bottom) / 2 + (padding.bottom - padding.top) / 2 / scale;
  const { lng, lat } = new MercatorCoordinate(across * cos + down * sin, down * cos - across * sin).toLngLat();
  return { center: [lng, lat], zoom: Math.min(Math.log2(scale / 512), map.getMaxZoom()), bearing };
}

function* positionsOf(shapes: readonly Geometry[]): Generator<Position> {
  for (const shape of shapes) {
    const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.type === 'MultiPolygon' ? shape.coordinates : [];
    for (const polygon of parts) for (const ring of polygon) yield* ring;
  }
}
