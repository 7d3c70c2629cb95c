import { isLang, type Lang } from './lang';

/** What the page shows, as far as its address says it. Null means: the default. */
export interface State {
  /** the dataset; by default the server's first */
  area: string;
  /** the day asked about, YYYY-MM-DD unless the address is wrong; null is today, followed as it moves */
  asOf: string | null;
  /** a territory or district; null is the whole territory */
  of: string | null;
  /** how the evidence is read; null is the dataset's default */
  basis: string | null;
  /** the day and the reading that the above are compared with; null is the same day, the same reading, and both are no comparison */
  from: string | null;
  against: string | null;
  lang: Lang | null;
  /** shown inside somebody else's page: the map and one figure only */
  embed: boolean;
}

// The server writes into the page which dataset is meant where the address names none.
const first = document.querySelector<HTMLMetaElement>('meta[name="demarc-dataset"]')?.content ?? 'gaza';

const id = /^[a-z0-9-]+$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** Says whether a text is a day of the calendar, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!day.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day it is. Days are UTC days, as on the server. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Says whether two days or readings are compared. */
export function isComparing({ from, against }: State): boolean {
  return from !== null || against !== null;
}

/**
 * Reads the query of an address. A day, place or reading that is not one is kept: the page has to say so, not to answer
 * another question. Anything else that is not well formed counts as not given.
 */
export function readState(search: string): State {
  const query = new URLSearchParams(search);
  const given = (name: string, good: (text: string) => boolean) => {
    const text = query.get(name);
    return text !== null && good(text) ? text : null;
  };
  const isID = (text: string) => id.test(text);
  const any = (text: string) => text !== '';
  return {
    area: given('area', isID) ?? first,
    asOf: given('as_of', any),
    of: given('of', any),
    basis: given('basis', any),
    from: given('from', any),
    against: given('against', any),
    lang: given('lang', isLang),
    embed: query.get('embed') === '1',
  };
}

/** Writes the query of an address, defaults left out: readState(writeState(s)) is s. */
export function writeState(state: State): string {
  const query = new URLSearchParams();
  if (state.area !== first) query.set('area', state.area);
  if (state.asOf) query.set('as_of', state.asOf);
  if (state.of) query.set('of', state.of);
  if (state.basis) query.set('basis', state.basis);
  if (state.from) query.set('from', state.from);
  if (state.against) query.set('against', state.against);
  if (state.lang) query.set('lang', state.lang);
  if (state.embed) query.set('embed', '1');
  const text = query.toString();
  return text ? `?${text}` : '';
}
