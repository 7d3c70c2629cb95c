import type { GeoJSON, LineString, Polygon, Position } from 'geojson';
import { groups, type Group } from './map/groups';
import { decode, encode } from './polyline';
import type { SketchesView, Tool } from './sketch';
import { themes, type Theme } from './theme';

/** What is on screen and in no answer of the server: the part of an address that never leaves the browser. */
export interface Fragment {
  sketches: Partial<Record<Tool, GeoJSON>>;
  hidden: ReadonlySet<Group>;
  /** null where the reader chose none */
  theme: Theme | null;
  /** how two states that are compared share the map */
  split: Split;
}

/** Side by side, or one over the other up to so many percent of the width, from where a line of text begins. */
export type Split = 'side' | number;

// More than this no messenger takes; a shape that long is left out.
const most = 6000;

/** Reads the fragment of an address. What is not well formed counts as not given. */
export function readFragment(hash: string): Fragment {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const sketches: Fragment['sketches'] = {};
  const area = given.get('area')?.split('.').map((ring) => ring.split('~').map(decode));
  const isRing = (ring: Position[] | null | undefined): ring is Position[] => ring !== null && ring !== undefined && ring.length >= 3;
  if (area?.every((rings) => rings.every(isRing))) {
    const polygons = (area as Position[][][]).map((rings) => rings.map((ring) => [...ring, ring[0]!]));
    sketches.area = polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0]! } : { type: 'MultiPolygon', coordinates: polygons };
  }
  for (const [tool, name] of [['line', 'line'], ['measure', 'measured']] as const) {
    const line = decode(given.get(name) ?? '');
    if (line && line.length >= 2) sketches[tool] = { type: 'LineString', coordinates: line };
  }
  const off = given.get('off')?.split('.') ?? [];
  const split = given.get('split') ?? '';
  return { split: split === 'side' ? split : /^\d{1,2}$|^100$/.test(split) ? Number(split) : 50, sketches, hidden: new Set(groups.filter((group) => off.includes(group))), theme: themes.find((theme) => theme === given.get('theme')) ?? null };
}

/** Writes it into a fragment, leaving what else that holds, as the camera, where it is. */
export function writeFragment(hash: string, sketches: SketchesView, hidden: ReadonlySet<Group>, theme: Theme, split: Split): string {
  const own = {
    area: areaOf(sketches.area?.shape),
    line: lineOf(sketches.line?.shape),
    measured: lineOf(sketches.measured),
    off: groups.filter((group) => hidden.has(group)).join('.'),
    theme: theme === 'auto' ? '' : theme,
    split: split === 50 ? '' : String(split),
  };
  const others = hash.replace(/^#/, '').split('&').filter((part) => part !== '' && !Object.keys(own).includes(part.split('=')[0]!));
  const texts = Object.entries(own).filter(([, text]) => text !== '' && text.length <= most).map(([name, text]) => `${name}=${text}`);
  const whole = [...others, ...texts].join('&');
  return whole ? `#${whole}` : '';
}

function areaOf(shape: GeoJSON | null | undefined): string {
  return polygonsOf(shape).map((rings) => rings.map((ring) => encode(ring.slice(0, -1))).join('~')).join('.');
}

function polygonsOf(shape: GeoJSON | null | undefined): Polygon['coordinates'][] {
  switch (shape?.type) {
    case 'Polygon':
      return [shape.coordinates];
    case 'MultiPolygon':
      return shape.coordinates;
    case 'Feature':
      return polygonsOf(shape.geometry);
    case 'FeatureCollection':
      return shape.features.flatMap((feature) => polygonsOf(feature.geometry));
    case 'GeometryCollection':
      return shape.geometries.flatMap((geometry) => polygonsOf(geometry));
    default:
      return [];
  }
}

function lineOf(shape: GeoJSON | null | undefined): string {
  return shape?.type === 'LineString' ? encode((shape as LineString).coordinates) : '';
}
