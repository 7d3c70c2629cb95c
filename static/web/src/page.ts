import type { App, View } from './app';
import { button, el } from './dom';
import { header } from './header';
import { mapRegion, type MapRegion } from './map/region';
import { placeName } from './names';
import { failureNotice } from './notice';
import { Panel } from './panel/panel';
import { applyTheme, chosenTheme } from './theme';

/** Page lays out header, map and panel, and rebuilds the words when the language changes. */
export class Page {
  private lang: string | null = null;
  private readonly top = el('div', { class: 'top' });
  private readonly map: MapRegion;
  private readonly figures = el('section', { class: 'panel', id: 'figures', tabindex: -1 });
  private panel: Panel | null = null;

  constructor(
    private readonly app: App,
    root: HTMLElement,
  ) {
    applyTheme(chosenTheme());
    document.body.classList.toggle('embed', app.state.embed);
    this.map = mapRegion(app);
    root.replaceChildren(this.top, el('main', { class: 'split' }, this.map.element, this.figures));
    this.figures.append(skeleton(app));
  }

  update(): void {
    const { app } = this;
    const view = app.view();
    if (app.failure) {
      this.fail();
      return;
    }
    this.speak(view);
    if (!view) return;
    if (!this.panel) {
      this.panel = new Panel(app, view);
      this.figures.replaceChildren(...this.panel.elements);
    }
    this.panel.update(view);
    this.map.update(view);
    this.figures.setAttribute('aria-busy', String(view.busy));
    document.title = title(view);
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
    const skip = button(words.say('skip'), () => this.figures.focus(), { class: 'skip' });
    this.top.replaceChildren(skip, header(this.app, view));
    if (view) this.panel = null;
    if (focused) requestAnimationFrame(() => document.getElementById(focused)?.focus());
  }

  private fail(): void {
    this.speak(null);
    this.panel = null;
    this.figures.setAttribute('aria-busy', 'false');
    this.figures.replaceChildren(failureNotice(this.app.words, this.app.failure!, () => void this.app.load()));
    document.body.dataset.state = 'failed';
  }
}

// The server writes the same before any script runs.
function title(view: View): string {
  const { dataset, words, share } = view;
  if (!share) return words.name(dataset.title, dataset.id);
  return `${words.percent(share.percent)} · ${placeName(view, share.of)} · ${words.date(share.as_of)}`;
}

// The shape of the panel before its figures, so that nothing jumps when they come.
function skeleton(app: App): HTMLElement {
  const bar = (size: string) => el('div', { class: `bone ${size}`, 'aria-hidden': 'true' });
  return el(
    'div',
    { class: 'skeleton' },
    el('p', { class: 'unseen', role: 'status' }, app.words.say('loading')),
    ...['date', 'line', 'row', 'figure', 'line', 'line', 'block', 'block'].map(bar),
  );
}
