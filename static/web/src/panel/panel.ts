import { Problem } from '../api';
import type { App, View } from '../app';
import { about } from './about';
import { bars } from './bars';
import { bases } from './bases';
import { chart } from './chart';
import { cite } from './cite';
import { claims } from './claims';
import { compare } from './compare';
import { districts } from './districts';
import { full } from './full';
import { evidence } from './evidence';
import { held } from './held';
import { how } from './how';
import { inside } from './inside';
import { absence } from './absence';
import { legend } from './legend';
import { parties } from './parties';
import { sides } from './sides';
import { sites } from './sites';
import { sources } from './sources';
import { things } from './things';
import { when } from './when';
import { yardstick } from './yardstick';

/** A part of the panel: built once a language, then told of every change. */
export interface Section {
  element: HTMLElement;
  update(view: View): void;
  /** shown only where there are figures of the day, or a figure of the place and reading in force */
  needs?: 'shares' | 'share' | 'claims' | 'series' | 'periods' | 'parties' | 'things';
}

/** Panel is the finding and the column of figures, in the order a reader asks for them. */
export class Panel {
  private readonly sections: Section[];
  /** the finding, which stays in sight */
  readonly first: HTMLElement[];
  /** everything else */
  readonly rest: HTMLElement[];

  constructor(app: App, view: View) {
    const made = (parts: ReadonlyArray<(app: App, view: View) => Section>) => parts.map((make) => make(app, view));
    const first = made([evidence, absence, held]);
    const rest = made([
      ...(view.state.embed ? [full] : []), bases, when, compare, districts, things, parties, chart, bars, claims, yardstick, sites, inside, sides, legend, how, sources, cite, about,
    ]);
    this.sections = [...first, ...rest];
    this.first = first.map(({ element }) => element);
    this.rest = rest.map(({ element }) => element);
  }

  private drawn: View['shares'] | undefined;

  update(view: View): void {
    // While another day is on its way, what is drawn of the day before it stays as it is.
    const isWaiting = view.busy && view.shares === this.drawn;
    this.drawn = view.shares;
    for (const section of this.sections) {
      // What goes beside the figures goes with them, and keeps its place until it is there.
      const isMissing = section.needs !== undefined && (view[section.needs] === null || view.shares === null || view[section.needs] instanceof Problem && (section.needs === 'parties' || section.needs === 'things'));
      const isAwaited = isMissing && view.shares !== null && (section.needs === 'claims' || section.needs === 'series');
      if (section.needs) section.element.hidden = isMissing && !isAwaited;
      section.element.classList.toggle('awaited', isAwaited);
      if (!isMissing && !(isWaiting && section.needs)) section.update(view);
    }
  }
}
