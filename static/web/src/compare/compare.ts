import '../style/compare.css';
import type { FeatureCollection } from 'geojson';
import { ask, asProblem, type Problem, type Share } from '../api';
import type { App, View } from '../app';
import type { Shown } from '../map/map';
import type { Tile } from '../map/pattern';
import type { Section } from '../panel/panel';
import type { Changes } from './answer';
import { featuresOf, imageOf, keyOf } from './marks';
import { captionOf, linesOf } from './said';
import { section } from './section';

/** The state that another is compared with: its day and its reading. */
export interface Other {
  day: string;
  basis: string;
}

/** The state that the one in force is compared with. */
export function otherOf({ state, shares, basis }: View): Other {
  return { day: state.from ?? shares?.as_of ?? '', basis: state.against ?? basis };
}

/** Says whether both sides are one. */
export function isSame(view: View): boolean {
  const { day, basis } = otherOf(view);
  return day === view.shares?.as_of && basis === view.basis;
}

/** Compare asks the server what differs between the state in force and another, again for every other pair. */
export class Compare {
  /** what differs, or null while it is not known */
  changes: Changes | null = null;
  /** the figure of the other side */
  share: Share | null = null;
  problem: Problem | null = null;
  busy = false;
  /** what the map of the other side shows */
  shown: Shown | null = null;

  private asked = '';
  private fetching: AbortController | null = null;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private drawn: { changes: Changes | null; features: FeatureCollection } = { changes: null, features: featuresOf(null) };

  constructor(private readonly tell: () => void) {}

  /** The part of the panel that shows it, in the language of the view. */
  section(app: App, view: View): Section {
    return section(app, view);
  }

  /** Says what is compared, and asks where that is another pair than before. */
  measure(view: View): void {
    const { dataset, of, shares } = view;
    const { day, basis } = otherOf(view);
    const party = view.share?.party ?? dataset.default_party;
    const asked = JSON.stringify([dataset.id, of, party, day, basis, shares?.as_of, view.basis]);
    if (asked === this.asked) return;
    const wait = this.asked === '' ? 0 : 150; // until the hand rests
    this.asked = asked;
    this.fetching?.abort();
    clearTimeout(this.resting);
    this.problem = null;
    this.busy = view.share !== null && !isSame(view);
    if (!this.busy) [this.changes, this.share] = [null, null];
    else this.resting = setTimeout(() => void this.ask(`v1/${dataset.id}`, { of, party, from: day, to: shares!.as_of, basis: view.basis, against: basis }), wait);
    this.tell();
  }

  /** Asks again. */
  retry(view: View): void {
    this.asked = '';
    this.measure(view);
  }

  private async ask(path: string, query: Readonly<Record<'of' | 'party' | 'from' | 'to' | 'basis' | 'against', string>>): Promise<void> {
    const fetching = new AbortController();
    this.fetching = fetching;
    try {
      const { of, party, from, against } = query;
      [this.changes, this.share] = await Promise.all([
        ask<Changes>(`${path}/changes`, query, fetching.signal),
        ask<Share>(`${path}/share`, { as_of: from, of, party, basis: against }, fetching.signal),
      ]);
    } catch (fault) {
      if (fetching.signal.aborted) return;
      [this.changes, this.share] = [null, null];
      this.problem = asProblem(fault);
    }
    this.busy = false;
    this.tell();
  }

  /** The view of the other side: all as it is, but for day, reading and figure. */
  viewOf(view: View): View {
    const { day, basis } = otherOf(view);
    const { area, line, measured } = view.sketches;
    const share = isSame(view) ? view.share : this.share;
    return { ...view, state: { ...view.state, asOf: day }, basis, share, busy: view.busy || this.busy, sites: null, sketches: { tool: null, area, line, measured } };
  }

  /** The land that differs, for the map; nothing while another pair is asked about. */
  features(): FeatureCollection {
    const changes = this.busy ? null : this.changes;
    if (this.drawn.changes !== changes) this.drawn = { changes, features: featuresOf(changes) };
    return this.drawn.features;
  }

  /** The picture of a mark by its name, or null for one that is of no difference. */
  image(name: string): Tile | null {
    return imageOf(name);
  }

  /** What both maps show, where one reading has both. */
  allOf(view: View, shown: Shown): Shown {
    const { shown: other } = this;
    if (!other || otherOf(view).basis !== view.basis) return shown;
    return { held: new Set([...shown.held, ...other.held]), marks: new Set([...shown.marks, ...other.marks]), omitted: shown.omitted ?? other.omitted };
  }

  /** Entries of the key: of land that only the other side's reading has, and of what differs. */
  key(view: View, dark: boolean): HTMLElement[] {
    return keyOf(view, this, dark);
  }

  /** What a picture says below the figure of the state in force. */
  lines(view: View): string[] {
    return linesOf(view, this);
  }

  /** The same as sentences, for a caption. */
  caption(view: View): string {
    return captionOf(view, this);
  }
}
