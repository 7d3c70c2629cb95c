import '../style/sites.css';
import type { FeatureCollection, Point } from 'geojson';
import { ask, askAboutFile, asProblem, fileAbout, type Problem, type ThingTallies } from '../api';
import type { App, View } from '../app';
import type { Section } from '../panel/panel';
import type { Tally } from './answer';
import { tallyOf } from './layers';
import { featuresOf, imageOf, keyOf } from './marks';
import { section } from './section';

/** Things to be counted: a file of the reader's, or a layer of the dataset's own. */
export type Source = { name: string; file: Blob } | { name: string; layer: string };

/** How they are counted. */
export interface Settings {
  /** the property to group by and the one to add up; empty for none */
  by: string;
  weight: string;
  /** metres from the line that count as near */
  within: number;
  /** polygons by a place inside each, or by area */
  polygons: 'point' | 'area';
  /** the days over which the sides are followed; null for none, and to is empty for open */
  along: { from: string; to: string } | null;
}

type Query = Readonly<Record<string, string>>;

const fresh: Settings = { by: '', weight: '', within: 500, polygons: 'point', along: null };

/** Sites holds what the reader wants counted and asks the server about it, again for every other day, place and reading. */
export class Sites {
  source: Source | null = null;
  settings: Settings = fresh;
  answer: Tally | null = null;
  problem: Problem | null = null;
  isOpen = false;

  private dataset = '';
  private query: Query = {};
  private fetching: AbortController | null = null;
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** the marks made last */
  private drawn: { answer: Tally | null; lang: string; features: FeatureCollection<Point> } | null = null;

  constructor(private readonly tell: () => void) {}

  /** The part of the panel that shows them, in the language of the view. */
  section(app: App, view: View): Section {
    return section(app, this, view);
  }

  /** Shows or hides that part. */
  open(isOpen: boolean): void {
    if (isOpen === this.isOpen) return;
    this.isOpen = isOpen;
    this.tell();
  }

  /** Counts other things. */
  take(source: Source): void {
    this.source = source;
    const { within, polygons } = this.settings;
    this.settings = { ...fresh, within, polygons };
    this.isOpen = true;
    this.ask(0);
  }

  /** Counts the same things in another way. */
  set(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change };
    this.ask(0);
  }

  clear(): void {
    this.source = null;
    this.ask(0);
  }

  /** Says which day, place and reading things are counted for, and counts again when these are others. */
  measure(dataset: string, query: Query): void {
    if (dataset === this.dataset && JSON.stringify(query) === JSON.stringify(this.query)) return;
    this.dataset = dataset;
    this.query = query;
    this.ask(250);
  }

  /** Asks again. Also what "try again" does. */
  retry(): void {
    this.ask(0);
  }

  /** The same answer as a file; a layer of the dataset's own is told as CSV alone. */
  async file(format: 'csv' | 'geojson'): Promise<{ name: string; file: Blob }> {
    const source = this.source!;
    const name = `${this.dataset}-${'file' in source ? 'tally' : source.layer}-${this.query.as_of}-${this.query.basis}.${format}`;
    if ('file' in source) return { name, file: await fileAbout(source.file, this.address('tally'), { ...this.tallied(source.name), f: format }) };
    return { name, file: await fileAbout(null, this.address('things.csv'), this.counted(source.layer)) };
  }

  /** The things as marks for the map; nothing where there is no figure to go with them. */
  features(view: View): FeatureCollection<Point> {
    const answer = view.share ? this.answer : null;
    const { lang } = view.words;
    if (this.drawn?.answer !== answer || this.drawn.lang !== lang) this.drawn = { answer, lang, features: featuresOf(view, answer) };
    return this.drawn.features;
  }

  /** The picture of a mark by its name, or null for one that is none. */
  image(view: View, name: string): ImageData | null {
    return imageOf(view, name);
  }

  /** The rows of the map's key. */
  key(view: View): HTMLElement[] {
    return view.share && this.answer ? keyOf(view, this.answer) : [];
  }

  private address(path: string): string {
    return `v1/${this.dataset}/${path}`;
  }

  // What a file is asked about, and what a layer is.
  private tallied(name: string): Record<string, string | null> {
    const { by, weight, within, polygons, along } = this.settings;
    return { ...this.query, by: by || null, weight: weight || null, within: String(within), polygons, from: along?.from || null, to: along?.to || null, name };
  }

  private counted(layer: string): Record<string, string> {
    return { ...this.query, layer, within: String(this.settings.within) };
  }

  // What was said of another question is dropped at once; a question waits until the hand rests.
  private ask(rest: number): void {
    clearTimeout(this.resting);
    this.fetching?.abort();
    this.answer = this.problem = null;
    this.tell();
    if (!this.source || !this.dataset) return;
    const fetching = new AbortController();
    this.fetching = fetching;
    this.resting = setTimeout(() => void this.fetch(this.source!, fetching.signal), rest);
  }

  private async fetch(source: Source, signal: AbortSignal): Promise<void> {
    try {
      const answer = await ('file' in source
        ? askAboutFile<Tally>(source.file, this.address('tally'), this.tallied(source.name), signal)
        : ask<ThingTallies>(this.address('things'), this.counted(source.layer), signal).then(tallyOf));
      if (signal.aborted) return;
      this.answer = answer;
    } catch (fault) {
      if (signal.aborted) return;
      this.problem = asProblem(fault);
    }
    this.tell();
  }
}
