import type { App, View } from '../app';
import { about } from './about';
import { bases } from './bases';
import { chart } from './chart';
import { cite } from './cite';
import { claims } from './claims';
import { districts } from './districts';
import { full } from './full';
import { held } from './held';
import { how } from './how';
import { inside } from './inside';
import { absence } from './absence';
import { legend } from './legend';
import { sides } from './sides';
import { sources } from './sources';
import { when } from './when';

/** A part of the panel: built once a language, then told of every change. */
export interface Section {
  element: HTMLElement;
  update(view: View): void;
  /** shown only where there are figures of the day, or a figure of the place and reading in force */
  needs?: 'shares' | 'share' | 'claims' | 'series';
}

/** Panel is the column of figures, in the order a reader asks for them. */
export class Panel {
  private readonly sections: Section[];

  constructor(app: App, view: View) {
    this.sections = [
      when, absence, held, ...(view.state.embed ? [full] : []), bases, how, chart, claims, districts, inside, sides, legend, sources, cite, about,
    ].map((make) => make(app, view));
  }

  get elements(): HTMLElement[] {
    return this.sections.map((section) => section.element);
  }

  update(view: View): void {
    for (const section of this.sections) {
      // What goes beside the figures goes with them.
      const isMissing = section.needs !== undefined && (view[section.needs] === null || view.shares === null);
      if (section.needs) section.element.hidden = isMissing;
      if (!isMissing) section.update(view);
    }
  }
}
