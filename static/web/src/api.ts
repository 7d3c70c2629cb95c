// The server's answers, as docs of the API state them, and the one way of asking for them.

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

/** Asks for JSON at a path of this origin. Throws a Problem, or the abort of its signal. */
export async function ask<T>(path: string, query: Readonly<Record<string, string | null>> = {}, signal?: AbortSignal): Promise<T> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  const search = new URLSearchParams(given).toString();
  let answer: Response;
  try {
    answer = await fetch(search ? `${path}?${search}` : path, { headers: { Accept: 'application/json' }, ...(signal && { signal }) });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new Problem(0, '');
  }
  if (!answer.ok) throw await problemOf(answer);
  try {
    return (await answer.json()) as T;
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new Problem(0, '');
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null);
  const member = (name: string) => {
    const value = (body as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : null;
  };
  return new Problem(answer.status, member('detail') ?? member('title') ?? '', member('first_date'));
}
