import { ask, Problem, type Dataset, type Share, type Shares } from './api';
import { preferredLang, Words } from './lang';
import type { Group } from './map/groups';
import { readState, writeState, type State } from './state';

/** Everything the page shows at one moment. Sections draw it and keep nothing of their own that it could hold. */
export interface View {
  state: State;
  words: Words;
  dataset: Dataset;
  /** the place and the reading in force, defaults filled in */
  of: string;
  basis: string;
  /** every figure of the day, or null while none is known */
  shares: Shares | null;
  /** the figure of this place and reading */
  share: Share | null;
  /** why the day has no figures */
  problem: Problem | null;
  /** what the reader took off the map */
  hidden: ReadonlySet<Group>;
  /** a newer day is being fetched; what is shown belongs to the day before it */
  busy: boolean;
}

/**
 * App holds the state of the page, keeps it equal to the address, and fetches what it needs.
 * Listeners are told after every change.
 */
export class App {
  state: State = readState(location.search);
  words: Words = this.speak();
  /** why the dataset itself could not be had; the page shows nothing else then */
  failure: Problem | null = null;

  private dataset: Dataset | null = null;
  private shares: Shares | null = null;
  private problem: Problem | null = null;
  private busy = false;
  private hidden: ReadonlySet<Group> = new Set();
  private fetching: AbortController | null = null;
  private readonly known = new Map<string, Shares>();
  private readonly listeners: Array<() => void> = [];

  constructor() {
    addEventListener('popstate', () => this.moved(readState(location.search)));
  }

  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** What to show, or null before the dataset is known. */
  view(): View | null {
    const { dataset, state, words, shares, problem, busy, hidden } = this;
    if (!dataset) return null;
    const of = dataset.territories.some((place) => place.id === state.of) ? state.of! : dataset.territory;
    const basis = dataset.bases.some((one) => one.id === state.basis) ? state.basis! : dataset.default_basis;
    const share = shares?.shares.find((one) => one.of === of && one.basis === basis) ?? null;
    return { state, words, dataset, of, basis, shares, share, problem, hidden, busy };
  }

  /** Goes to another state as the reader's own step: the back button undoes it. */
  go(change: Partial<State>): void {
    const next = { ...this.state, ...change };
    const search = writeState(next);
    if (search !== location.search) history.pushState(null, '', `${location.pathname}${search}${location.hash}`);
    this.moved(next);
  }

  /** Puts a group of layers on the map or takes it off, for this visit. */
  showLayers(group: Group, shown: boolean): void {
    const hidden = new Set(this.hidden);
    if (shown) hidden.delete(group);
    else hidden.add(group);
    this.hidden = hidden;
    this.tell();
  }

  /** Fetches the dataset, then the day's figures. Also what "try again" does. */
  async load(): Promise<void> {
    this.failure = null;
    this.tell();
    try {
      this.dataset ??= await ask<Dataset>(`/v1/${this.state.area}`);
    } catch (fault) {
      this.failure = asProblem(fault);
      this.tell();
      return;
    }
    await this.loadDay();
  }

  private moved(next: State): void {
    const before = this.state;
    this.state = next;
    if (next.lang !== before.lang) this.words = this.speak();
    if (next.area !== before.area) {
      this.dataset = this.shares = null;
      this.known.clear();
      void this.load();
    } else if (next.asOf !== before.asOf) {
      void this.loadDay();
    } else {
      this.tell();
    }
  }

  private async loadDay(): Promise<void> {
    this.fetching?.abort();
    const fetching = (this.fetching = new AbortController());
    const { area, asOf } = this.state;
    const known = asOf ? this.known.get(asOf) : undefined;
    const first = this.dataset!.first_date;
    if (asOf && asOf < first) {
      this.shares = null;
      this.busy = false;
      this.problem = new Problem(404, '', first);
      return this.tell();
    }
    this.busy = !known;
    this.problem = null;
    if (!known) this.tell();
    try {
      const shares = known ?? (await ask<Shares>(`/v1/${area}/shares`, { as_of: asOf }, fetching.signal));
      if (asOf) this.known.set(asOf, shares);
      this.shares = shares;
    } catch (fault) {
      if (fetching.signal.aborted) return;
      this.shares = null;
      this.problem = asProblem(fault);
    }
    this.busy = false;
    this.tell();
  }

  private speak(): Words {
    return new Words(this.state.lang ?? preferredLang(navigator.languages));
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

// A fault of the page's own code is worth a stack trace in the console as well as words.
function asProblem(fault: unknown): Problem {
  if (fault instanceof Problem) return fault;
  console.error(fault);
  return new Problem(0, '');
}
