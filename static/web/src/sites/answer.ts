import type { LayerTally } from '../api';

/** Where a thing lies: in the land that counts, in the rest of the territory, or in neither. */
export type Side = 'held' | 'free' | 'outside';

export const sides: readonly Side[] = ['held', 'free', 'outside'];

/** What things amount to. */
export interface Amounts {
  number: number;
  km: number;
  km2: number;
  weight: number;
}

export type Measure = keyof Amounts;

/** A total without and with what may as well lie on the other side. */
export interface AmountRange {
  low: Amounts;
  value: Amounts;
  high: Amounts;
}

/** What lies on each side, and how much of it near the line. */
export interface Totals {
  all: Amounts;
  held: AmountRange;
  free: AmountRange;
  outside: Amounts;
  near_held: Amounts;
  near_free: Amounts;
}

export interface Group extends Totals {
  /** of a district, empty for none; of a group, null for things without the property */
  id: string | null;
}

export interface Reading {
  basis: string;
  asked: boolean;
  measures: string;
  evidence: { newest: string };
  accuracy_m: number;
  total: Totals;
  districts: Group[];
  groups: Group[];
}

export interface Change {
  day: string;
  from: Side;
  to: Side;
  after_gap: boolean;
  certain: boolean;
}

/** One thing, at the place that its distance is measured from. */
export interface Located {
  index: number;
  id: string;
  lon: number;
  lat: number;
  district: string;
  side: Side;
  distance_m: number | null;
  /** nothing of it lies within the accuracy of the line */
  certain: boolean;
  changes?: Change[];
  properties: Readonly<Record<string, unknown>>;
}

export interface Flow {
  from: Side;
  to: Side;
  number?: number;
}

/** What changed sides over time. */
export interface Along {
  /** that changed at least once */
  things: number;
  days: Array<{ day: string; after_gap: boolean }>;
}

/** Things by side of the line: what the server says of a file, and of a dataset's own things. */
export interface Tally {
  located: Located[];
  of: string;
  party: string;
  basis: string;
  as_of: string;
  by?: string;
  weight?: string;
  within_m: number;
  things: number;
  without_shape: number;
  without_weight: number;
  readings: Reading[];
  along?: Along;
  /** the dataset's own layer that this is of */
  layer?: LayerTally;
  repairs?: unknown[];
}

/** The reading that was asked for. */
export function asked(tally: Tally): Reading {
  return tally.readings.find((one) => one.asked) ?? tally.readings[0]!;
}

/** What a thing is called, by its own properties, else by its place in the file. */
export function nameOf({ id, index, properties }: Located, lang: string): string {
  for (const name of [`name_${lang}`, `name:${lang}`, 'name', 'name_en', 'name:en', 'title', 'id']) {
    const value = properties[name] ?? properties[name.toUpperCase()];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return id || `#${index + 1}`;
}

/** The names of the things' properties, in the order in which they come, and of those the ones that hold numbers. */
export function fieldsOf(located: readonly Located[]): { all: string[]; numeric: string[] } {
  const [all, numeric] = [new Set<string>(), new Set<string>()];
  for (const { properties } of located) {
    for (const [name, value] of Object.entries(properties)) {
      all.add(name);
      if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))) numeric.add(name);
    }
  }
  return { all: [...all].slice(0, 200), numeric: [...numeric].slice(0, 200) };
}

/** The measures that things have, the most telling first: numbers of points, km of lines, km² of areas, and a weight. */
export function measuresOf({ all }: Totals): Measure[] {
  return (['number', 'km', 'km2', 'weight'] as const).filter((one) => all[one] !== 0);
}

