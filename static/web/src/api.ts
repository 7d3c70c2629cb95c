// The server's answers, as docs of the API state them, and the one way of asking for them.

import type { GeoJSON } from 'geojson';

/** A name in several languages. */
export type Names = Readonly<Partial<Record<'en' | 'ar' | 'he', string>>>;

export interface Territory {
  id: string;
  name: Names;
  parent: string | null;
  area_km2: number;
  /** west, south, east, north in degrees */
  bbox?: [number, number, number, number];
}

export interface Party {
  id: string;
  name: Names;
}

export interface Basis {
  id: string;
  name: Names;
  meaning: Names;
}

/** A longest run of days in which nothing changes: from included, to excluded; null is open. */
export interface Epoch {
  from: string;
  to: string | null;
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  date?: string;
  licence?: string;
  url?: string;
  note?: string;
}

export interface Dataset {
  id: string;
  title: Names;
  description?: Names;
  attribution: Names;
  disclaimer: Names;
  /** west, south, east, north in degrees */
  bbox: [number, number, number, number];
  territory: string;
  default_party: string;
  default_basis: string;
  territories: Territory[];
  parties: Party[];
  bases: Basis[];
  epochs: Epoch[];
  first_date: string;
  sources: Source[];
  snapshot: string;
  links: Readonly<Record<string, string>>;
}

export interface Share {
  dataset: string;
  of: string;
  party: string;
  basis: string;
  as_of: string;
  epoch: Epoch;
  held_km2: number;
  territory_km2: number;
  percent: number;
  uncertainty: { accuracy_m: number; percent_low: number; percent_high: number } | null;
  method: string;
  features: string[];
  sources: string[];
  snapshot: string;
  /** the address of this answer */
  self: string;
  cite: string;
}

export interface Shares {
  dataset: string;
  as_of: string;
  epoch: Epoch;
  party: string;
  snapshot: string;
  shares: Share[];
}

/** One epoch of a series. Figures are null where the day is not mapped: a gap, not zero. */
export interface Row extends Epoch {
  gap: boolean;
  held_km2: number | null;
  percent: number | null;
  percent_low: number | null;
  percent_high: number | null;
  /** its sources are others than those of the row before */
  method_break: boolean;
}

export interface Series {
  of: string;
  party: string;
  basis: string;
  rows: Row[];
}

/** A published figure beside what is computed for its own day. */
export interface Claim {
  id: string;
  stated_on: string;
  stated_on_approximate?: boolean;
  percent_low: number;
  percent_high: number;
  measures: string;
  who: string;
  wording: string;
  publisher: string;
  seen_in: string;
  url?: string;
  of: string;
  party: string;
  computed: Comparison[];
  checkable: boolean;
  reason?: string;
}

export interface Comparison {
  basis: string;
  percent: number;
  percent_low: number;
  percent_high: number;
  /** computed minus published, in percentage points */
  difference_points: number;
  inside_band: boolean;
  self: string;
}

/** The share of the territory's land inside a polygon. */
export interface Inside extends Share {
  polygon_km2: number;
  outside_km2: number;
  percent_of_polygon: number;
}

export interface Part {
  km2: number;
  percent: number;
}

/** The territory cut by a line, its sides seen from the line's start. */
export interface Sides {
  of: string;
  territory_km2: number;
  left: Part;
  right: Part;
  /** enclosed by the line from both sides */
  pocket: Part;
  /** not reached by the line */
  unreached: Part;
}

export interface TileJSON {
  tiles: string[];
  minzoom: number;
  maxzoom: number;
  bounds: [number, number, number, number];
}

/** An answer that is not the one asked for, with the server's words. Status 0: no answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly firstDate: string | null = null,
  ) {
    super(detail || `status ${status}`);
    this.name = 'Problem';
  }
}

type Query = Readonly<Record<string, string | null>>;

/** Asks for JSON at a path of this origin. Throws a Problem, or the abort of its signal. */
export function ask<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return answerOf<T>(path, query, signal ? { signal } : {});
}

/** Asks about a shape, which is sent along. Throws as ask does. */
export function askAbout<T>(shape: GeoJSON, path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const headers = { 'Content-Type': 'application/geo+json' };
  return answerOf<T>(path, query, { method: 'POST', headers, body: JSON.stringify(shape), ...(signal && { signal }) });
}

async function answerOf<T>(path: string, query: Query, request: RequestInit): Promise<T> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const search = new URLSearchParams(given).toString();
  let answer: Response;
  try {
    answer = await fetch(search ? `${path}?${search}` : path, { ...request, headers: { Accept: 'application/json', ...request.headers } });
  } catch (fault) {
    if (request.signal?.aborted) throw fault;
    throw new Problem(0, '');
  }
  if (!answer.ok) throw await problemOf(answer);
  try {
    return (await answer.json()) as T;
  } catch (fault) {
    if (request.signal?.aborted) throw fault;
    throw new Problem(0, '');
  }
}

/** Makes a Problem of whatever was thrown. A fault of the page's own code is worth a stack trace in the console too. */
export function asProblem(fault: unknown): Problem {
  if (fault instanceof Problem) return fault;
  console.error(fault);
  return new Problem(0, '');
}

async function problemOf(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null);
  const member = (name: string) => {
    const value = (body as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : null;
  };
  return new Problem(answer.status, member('detail') ?? member('title') ?? '', member('first_date'));
}
