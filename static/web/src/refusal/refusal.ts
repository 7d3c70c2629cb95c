import type { GeoJSON, Geometry, Position } from 'geojson';
import type { Problem } from '../api';
import type { View } from '../app';
import { button, el } from '../dom';
import { Phrases } from '../lang';
import type en from '../lang/refusal/en.json';
import { bring } from '../learn';
import { boxOf } from '../map/box';

bring('refusal', import.meta.glob('../lang/refusal/*.json', { import: 'default' }));

type Rule = keyof typeof en;

/**
 * Says by its rule why the server refuses a shape, and what can be done; the server's own words, in English, below.
 * Take is given the shape with its axes swapped, where that would put it into the territory.
 */
export function fillRefusal(box: HTMLElement, { words, dataset }: View, problem: Problem, shape: GeoJSON, take: (shape: GeoJSON) => void): void {
  const said = new Phrases<typeof en>('refusal', words.lang);
  const swapped = swap(shape);
  const isSwapped = !touches(shape, dataset.bbox) && touches(swapped, dataset.bbox);
  const rule = ruleOf(problem);
  box.replaceChildren(
    el('h2', {}, said.say('heading')),
    ...(isSwapped
      ? [el('p', { 'data-rule': 'swapped' }, said.say('swapped')), el('p', { class: 'actions' }, button(said.say('swap'), () => take(swapped), { id: 'swap-axes', class: 'strong' }))]
      : rule ? [el('p', { 'data-rule': rule }, said.say(rule))] : []),
    el('p', { class: 'quiet' }, said.say('said'), ' ', el('bdi', { lang: 'en' }, problem.detail)),
  );
}

const known: ReadonlySet<string> = new Set(['self-crossing', 'outside', 'no-cut', 'too-large', 'too-wide', 'empty', 'range']);

function ruleOf({ status, rule }: Problem): Rule | null {
  if (status === 413) return 'too-large';
  return rule !== null && known.has(rule) ? (rule as Rule) : null;
}

/** Longitude and latitude of every position in each other's place. */
export function swap<T>(shape: T): T {
  return JSON.parse(JSON.stringify(shape), (key, value: unknown) => (key === 'coordinates' ? turned(value) : value)) as T;
}

function turned(coordinates: unknown): unknown {
  if (!Array.isArray(coordinates)) return coordinates;
  if (typeof coordinates[0] !== 'number') return coordinates.map(turned);
  const [first, second, ...others] = coordinates as Position;
  return [second, first, ...others];
}

function touches(shape: GeoJSON, [west, south, east, north]: readonly [number, number, number, number]): boolean {
  const box = boxOf(geometriesOf(shape));
  return box !== null && box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south;
}

function geometriesOf(shape: GeoJSON): Geometry[] {
  if (shape.type === 'FeatureCollection') return shape.features.flatMap(geometriesOf);
  if (shape.type === 'Feature') return shape.geometry ? geometriesOf(shape.geometry) : [];
  return shape.type === 'GeometryCollection' ? shape.geometries.flatMap(geometriesOf) : [shape];
}
