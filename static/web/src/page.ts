import type { App, View } from './app';
import { button, el } from './dom';
import { asMapped } from './evidence';
import { header } from './header';
import { postHeight } from './height';
import { hueOf, lookOf } from './map/colours';
import { mapRegion, type MapRegion } from './map/region';
import { placeName } from './names';
import { failureNotice } from './notice';
import { offlineNote } from './offline/said';
import { Panel } from './panel/panel';
import { paper, type Paper } from './print';

/** Page lays out header, map and panel, and rebuilds the words when the language changes. */
export class Page {
  private lang: string | null = null;
  private readonly top = el('div', { class: 'top' });
  private readonly offline = offlineNote();
  private readonly map: MapRegion;
  /** the finding: beside the map above the other figures, and before the map on a phone */
  private readonly lead = el('section', { class: 'lead', id: 'finding' });
  private readonly figures = el('section', { class: 'panel', id: 'figures', tabindex: -1 });
  private panel: Panel | null = null;
  private readonly paper: Paper;

  constructor(
    private readonly app: App,
    root: HTMLElement,
  ) {
    document.body.classList.toggle('embed', app.state.embed);
    this.map = mapRegion(app);
    this.paper = paper(app);
    this.map.element.append(this.paper.map, this.paper.other);
    root.replaceChildren(this.top, el('main', { class: 'split' }, this.lead, this.map.element, this.figures), this.paper.imprint);
    if (app.state.embed) postHeight(root, this.map.element.querySelector('.canvas')!);
    this.lead.append(skeleton(app, ['line', 'date', 'date', 'line']));
    this.figures.append(skeleton(app, ['row', 'line', 'block', 'block']));
  }

  update(): void {
    const { app } = this;
    const view = app.view();
    if (app.failure) {
      this.fail();
      return;
    }
    this.speak(view);
    this.offline.update(app);
    if (!view) return;
    if (!this.panel) {
      this.panel = new Panel(app, view);
      this.lead.replaceChildren(...this.panel.first);
      this.figures.replaceChildren(...this.panel.rest);
    }
    this.panel.update(view);
    this.map.update(view);
    this.paper.update(view);
    for (const part of [this.lead, this.figures]) part.setAttribute('aria-busy', String(view.busy));
    document.title = title(view);
    this.colour(view);
  }

  // The bars and the chart have the colours that the party has on the map.
  private colour(view: View): void {
    const look = lookOf(view.dataset.look, view.basis);
    const { default_party: first } = view.dataset;
    if (!look) return;
    const party = view.share?.party ?? first;
    const [day, night] = [hueOf(look, party, false), hueOf(look, party, true)];
    const { style } = document.documentElement;
    style.setProperty('--held', `light-dark(${day.fill}, ${night.fill})`);
    style.setProperty('--held-outline', `light-dark(${day.outline}, ${night.outline})`);
  }

  // A language is more than texts: direction, sorting, fonts. So everything with words is built anew, and the
  // focus put back where it was.
  private speak(view: View | null): void {
    const { words } = this.app;
    const spoken = `${words.lang} ${view?.dataset.id ?? ''}`;
    if (this.lang === spoken) return;
    this.lang = spoken;
    const focused = document.activeElement?.id;
    document.documentElement.lang = words.lang;
    document.documentElement.dir = words.dir;
    this.figures.setAttribute('aria-label', words.say('figures'));
    this.lead.setAttribute('aria-label', words.say('the_finding'));
    const skip = button(words.say('skip'), () => this.figures.focus(), { class: 'skip' });
    this.top.replaceChildren(skip, header(this.app, view), this.offline.element);
    if (view) this.panel = null;
    if (focused) requestAnimationFrame(() => document.getElementById(focused)?.focus());
  }

  private fail(): void {
    this.speak(null);
    this.panel = null;
    this.figures.setAttribute('aria-busy', 'false');
    this.figures.replaceChildren();
    this.lead.replaceChildren(failureNotice(this.app.words, this.app.failure!, () => void this.app.load()));
    document.body.dataset.state = 'failed';
  }
}

// The server writes the same before any script runs.
function title(view: View): string {
  const { dataset, words, share } = view;
  if (!share) return words.name(dataset.title, dataset.id);
  return `${words.percent(share.percent)} · ${placeName(view, share.of)} · ${asMapped(view, share)}`;
}

// The shape of the panel before its figures, so that nothing jumps when they come.
function skeleton(app: App, bones: readonly string[]): HTMLElement {
  const bar = (size: string) => el('div', { class: `bone ${size}`, 'aria-hidden': 'true' });
  return el(
    'div',
    { class: 'skeleton' },
    el('p', { class: 'unseen', role: 'status' }, app.words.say('loading')),
    ...bones.map(bar),
  );
}
