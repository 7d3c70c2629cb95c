import { ask, asProblem, Problem, type Claim, type Dataset, type Every, type Parties, type Periods, type Series, type Share, type Shares, type ThingTallies } from './api';
import { first } from './first';
import type { Compare } from './compare/compare';
import { readFragment, writeFragment, type Split } from './fragment';
import { preferredLang, Words, type Lang } from './lang';
import { knows, learn, withWords } from './learn';
import { keptOn, ofSameEpoch, onReached } from './offline/kept';
import type { Group } from './map/groups';
import type { Sites } from './sites/sites';
import { Sketches, type SketchesView } from './sketch';
import { Yardstick, type YardstickView } from './yardstick';
import type { Position } from 'geojson';
import type { Place } from './ask/place';
import { isComparing, isDay, readState, today, writeState, type State } from './state';
import { applyTheme, chosenTheme, onTheme, theme } from './theme';

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
  /** published figures beside the computed, a Problem where they could not be had, null while they are on their way */
  claims: Claim[] | Problem | null;
  /** the place and reading in force over time, likewise */
  series: Series | Problem | null;
  /** gained and lost by period, likewise; null too where nothing ever changes */
  periods: Periods | Problem | null;
  /** how long these periods are */
  every: Every;
  /** whose all the land is, likewise; null too where there is one party only */
  parties: Parties | Problem | null;
  /** what of the dataset's own things lies on either side, likewise; null too where it has none */
  things: ThingTallies | Problem | null;
  /** what the reader draws and drew */
  sketches: SketchesView;
  /** how far the line would have to lie */
  yardstick: YardstickView;
  /** the reader's own things, once they were asked for */
  sites: Sites | null;
  /** what another day or reading is compared with, while one is */
  compare: Compare | null;
  split: Split;
  /** what the reader asks about on the map */
  place: Place | null;
  /** what the reader took off the map */
  hidden: ReadonlySet<Group>;
  /** a newer day is being fetched; what is shown belongs to the day before it */
  busy: boolean;
}

/**
 * App holds the state of the page, keeps it equal to the address, and fetches what it needs.
 * Listeners are told of every change.
 */
export class App {
  state: State = readState(location.search);
  /** of a language that is learnt before the page is made */
  words: Words = new Words(langOf(this.state));
  /** why the dataset itself could not be had; the page shows nothing else then */
  failure: Problem | null = null;
  /** what is shown is of another day of the same epoch, since the server cannot be reached */
  stands = false;

  private dataset: Dataset | null = null;
  private shares: Shares | null = null;
  private problem: Problem | null = null;
  private busy = false;
  private telling = false;
  private every: Every = 'month';
  private sites: Sites | null = null;
  private compare: Compare | null = null;
  private split: Split;
  private place: Place | null = null;
  private hidden: ReadonlySet<Group> = new Set();
  private fetching: AbortController | null = null;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly known = new Map<string, Shares>();
  /** answers that go beside the figures, by address */
  private readonly beside = new Map<string, unknown>();
  private readonly listeners: Array<() => void> = [];
  readonly sketches = new Sketches(() => this.tell());
  readonly yardstick = new Yardstick(() => this.tell());

  constructor() {
    const given = first(this.state);
    this.dataset = given?.dataset ?? null;
    this.shares = given?.shares ?? null;
    const { sketches, hidden, theme: asked, split, at } = readFragment(location.hash);
    if (at) void this.askPlace(at);
    this.hidden = hidden;
    this.split = split;
    this.sketches.restore(sketches);
    applyTheme(asked ?? chosenTheme());
    onTheme(() => this.mark());
    addEventListener('popstate', () => this.moved(readState(location.search)));
    onReached(() => this.askAgain());
  }

  // What was kept gives way to what the server says now.
  private askAgain(): void {
    this.known.clear();
    this.beside.clear();
    void this.loadDay();
  }

  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** What to show, or null before the dataset is known. */
  view(): View | null {
    const { dataset, state, words, busy, hidden, every, sites, split } = this;
    const compare = isComparing(state) ? this.compare : null;
    if (!dataset) return null;
    const wrong = wrongAddress(dataset, state);
    const [shares, problem] = wrong ? [null, wrong] : [this.shares, this.problem];
    const of = dataset.territories.some((place) => place.id === state.of) ? state.of! : dataset.territory;
    const basis = dataset.bases.some((one) => one.id === state.basis) ? state.basis! : dataset.default_basis;
    const share = shares?.shares.find((one) => one.of === of && one.basis === basis) ?? null;
    const claims = (this.beside.get(claimsPath(dataset.id)) ?? null) as View['claims'];
    const series = (this.beside.get(seriesPath(dataset.id, of, basis)) ?? null) as View['series'];
    const periods = (this.beside.get(periodsPath(dataset.id, of, basis, every)) ?? null) as View['periods'];
    const parties = (shares ? (this.beside.get(partiesPath(dataset.id, shares.as_of, of, basis)) ?? null) : null) as View['parties'];
    const things = (shares ? (this.beside.get(thingsPath(dataset.id, shares.as_of, of, basis)) ?? null) : null) as View['things'];
    return { state, words, dataset, of, basis, shares, share, problem, claims, series, periods, every, parties, things, sketches: this.sketches, yardstick: this.yardstick, sites, compare, split, place: this.place, hidden, busy };
  }

  /** Goes to another state as the reader's own step: the back button undoes it. */
  go(change: Partial<State>): void {
    this.move(change, (address) => history.pushState(null, '', address));
  }

  /** Goes to another state without a step of its own, as while a slider is dragged. */
  slide(change: Partial<State>): void {
    this.move(change, (address) => history.replaceState(null, '', address));
  }

  private move(change: Partial<State>, write: (address: string) => void): void {
    const next = { ...this.state, ...change };
    const search = writeState(next);
    if (search !== location.search) write(`${location.pathname}${search}${location.hash}`);
    this.moved(next);
  }

  /** Counts what was gained and lost by other periods, for this visit. */
  count(every: Every): void {
    this.every = every;
    this.tell();
    this.loadBeside();
  }

  /** Puts a group of layers on the map or takes it off. The address keeps it. */
  showLayers(group: Group, shown: boolean): void {
    const hidden = new Set(this.hidden);
    if (shown) hidden.delete(group);
    else hidden.add(group);
    this.hidden = hidden;
    this.tell();
  }

  /** The reader's own things. Their code is fetched when it is first wanted; the promise fails where it cannot be had. */
  async ownSites(): Promise<Sites> {
    const { Sites } = await withWords(import('./sites/sites'), this.words.lang);
    this.sites ??= new Sites(() => this.tell());
    this.loadBeside();
    return this.sites;
  }

  /** Puts two states that are compared side by side, or the border between them elsewhere. The address keeps it. */
  divide(split: Split): void {
    this.split = split;
    this.tell();
  }

  /** What another day or reading is compared with. Its code is fetched when it is first wanted; the promise fails where it cannot be had. */
  async comparison(): Promise<Compare> {
    const { Compare } = await withWords(import('./compare/compare'), this.words.lang);
    this.compare ??= new Compare(() => this.tell());
    this.loadBeside();
    return this.compare;
  }

  /** Asks who holds a place, or with null no more. Own is how accurate it is in metres, where it is where the reader is. */
  async askPlace(at: Position | null, own: number | null = null): Promise<void> {
    const [{ Place }] = await withWords(Promise.all([import('./ask/place'), import('./ask/said')]), this.words.lang);
    this.place = at && new Place(at, own, () => this.tell());
    this.tell();
    this.loadBeside();
  }

  /** Counts what is in a file by side of the line. */
  async tally(file: File): Promise<void> {
    (await this.ownSites()).take({ name: file.name, file });
  }

  /** Fetches the dataset, then the day's figures. Also what "try again" does. */
  async load(): Promise<void> {
    this.failure = null;
    if (this.dataset && this.shares) return this.loadBeside();
    this.tell();
    try {
      this.dataset ??= await ask<Dataset>(`v1/${this.state.area}`);
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
    if (next.lang !== before.lang) this.speak();
    if (next.area !== before.area) {
      this.dataset = this.shares = null;
      this.known.clear();
      this.beside.clear();
      this.sketches.clearAll();
      this.place = null;
      void this.load();
    } else if (next.asOf !== before.asOf) {
      void this.loadDay();
    } else {
      this.tell();
      this.loadBeside();
    }
  }

  private async loadDay(): Promise<void> {
    this.fetching?.abort();
    const fetching = new AbortController();
    this.fetching = fetching;
    const { area, asOf } = this.state;
    const known = asOf ? this.known.get(asOf) : undefined;
    const first = this.dataset!.first_date;
    if (asOf && !isDay(asOf)) {
      this.shares = null;
      this.busy = false;
      return this.tell();
    }
    if (asOf && asOf < first) {
      this.shares = null;
      this.busy = false;
      this.problem = new Problem(404, '', first);
      return this.tell();
    }
    this.busy = !known;
    this.problem = null;
    this.stands = false;
    if (!known) this.tell();
    try {
      const shares = known ?? (await ask<Shares>(`v1/${area}/shares`, { as_of: asOf }, fetching.signal));
      if (asOf && !keptOn()) this.known.set(asOf, shares);
      this.shares = shares;
    } catch (fault) {
      if (fetching.signal.aborted) return;
      const problem = asProblem(fault);
      const day = asOf ?? today();
      const same = problem.status === 0 ? await ofSameEpoch(area, day, [this.shares, ...this.known.values()]) : null;
      if (fetching.signal.aborted) return;
      this.shares = same;
      this.stands = same !== null;
      this.problem = same ? null : problem;
    }
    this.busy = false;
    this.tell();
    this.loadBeside();
  }

  /** Fetches what goes beside the figures and is not there yet. Also what "try again" does for it. */
  loadBeside(): void {
    const view = this.view();
    if (view?.shares && isComparing(view.state)) {
      if (this.compare) this.compare.measure(view);
      else this.comparison().catch(asProblem);
    }
    if (!view?.shares) return;
    const { dataset, of, basis } = view;
    this.place?.measure(dataset.id, view.shares.as_of);
    if (view.state.embed) return;
    this.fetchBeside(claimsPath(dataset.id), (answer: { claims: Claim[] }) => answer.claims);
    this.fetchBeside(seriesPath(dataset.id, of, basis), (answer: Series) => answer);
    if (dataset.epochs.length > 1) this.fetchBeside(periodsPath(dataset.id, of, basis, this.every), (answer: Periods) => answer);
    // Every day has tables of its own: they wait until the hand rests on one.
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.loadOfDay(), 150);
    this.sketches.measure(dataset.id, { as_of: view.shares.as_of, basis });
    this.yardstick.measure(dataset.id, { as_of: view.shares.as_of, of, basis });
    this.sites?.measure(dataset.id, { as_of: view.shares.as_of, of, basis, party: view.share?.party ?? dataset.default_party });
  }

  private loadOfDay(): void {
    const view = this.view();
    if (!view?.share) return;
    const { dataset, of, basis, share } = view;
    if (dataset.parties.length > 1) this.fetchBeside(partiesPath(dataset.id, share.as_of, of, basis), (answer: Parties) => answer);
    if (dataset.things?.length) this.fetchBeside(thingsPath(dataset.id, share.as_of, of, basis), (answer: ThingTallies) => answer);
  }

  private fetchBeside<T>(path: string, part: (answer: T) => unknown): void {
    const known = this.beside.get(path);
    if (known !== undefined && !(known instanceof Problem)) return;
    this.beside.set(path, null);
    const put = (value: unknown) => {
      this.beside.set(path, value);
      this.tell();
    };
    ask<T>(path).then((answer) => put(part(answer)), (fault) => put(asProblem(fault)));
  }

  // The page goes on in the language before while another is fetched, and where it cannot be had.
  private speak(): void {
    const lang = langOf(this.state);
    const take = () => {
      if (lang !== langOf(this.state)) return;
      this.words = new Words(lang);
      this.tell();
    };
    if (knows(lang)) take();
    else void learn(lang).then(take, () => undefined);
  }

  // What is on screen beside the answers of the server stands in the address too, without a step of its own.
  private mark(): void {
    const hash = writeFragment(location.hash, this.sketches, this.hidden, theme(), isComparing(this.state) ? this.split : 50, this.place);
    if (hash !== location.hash) history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`);
  }

  // Listeners are told after the next paint, once for all that changed until then: a slider moves at once under the
  // hand, and the figures follow.
  private tell(): void {
    if (this.telling) return;
    this.telling = true;
    if (document.body.dataset.state === 'idle') document.body.dataset.state = 'drawing';
    const run = () => {
      this.telling = false;
      this.mark();
      for (const listener of this.listeners) listener();
    };
    // A page in the background is not painted.
    if (document.hidden) setTimeout(run);
    else requestAnimationFrame(() => setTimeout(run));
  }
}

/** The language of an address: that which it names, else the reader's own. */
export function langOf({ lang }: State): Lang {
  return lang ?? preferredLang(navigator.languages);
}

function claimsPath(dataset: string): string {
  return `v1/${dataset}/claims`;
}

/** What the address asks for that is not there. */
function wrongAddress(dataset: Dataset, { asOf, of, basis, from, against }: State): Problem | null {
  const isThere = (list: ReadonlyArray<{ id: string }>, id: string | null) => id === null || list.some((one) => one.id === id);
  for (const day of [asOf, from]) if (day !== null && !isDay(day)) return new Problem(400, day, null, 'bad_day');
  if (!isThere(dataset.territories, of)) return new Problem(404, of!, null, 'unknown_place');
  for (const one of [basis, against]) if (!isThere(dataset.bases, one)) return new Problem(404, one!, null, 'unknown_reading');
  return null;
}

function partiesPath(dataset: string, day: string, of: string, basis: string): string {
  return `v1/${dataset}/parties?${new URLSearchParams({ as_of: day, of, basis }).toString()}`;
}

function thingsPath(dataset: string, day: string, of: string, basis: string): string {
  return `v1/${dataset}/things?${new URLSearchParams({ as_of: day, of, basis }).toString()}`;
}

function seriesPath(dataset: string, of: string, basis: string): string {
  return `v1/${dataset}/series?${new URLSearchParams({ of, basis }).toString()}`;
}

function periodsPath(dataset: string, of: string, basis: string, every: Every): string {
  return `v1/${dataset}/series?${new URLSearchParams({ of, basis, every }).toString()}`;
}
