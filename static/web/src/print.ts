import type { App, View } from './app';
import { el, ltr } from './dom';
import { mapLabel } from './evidence';
import { creditOf } from './map/credit';
import { drawingOf } from './share';

/** What the page has on paper only: the map as the server draws it, and what a sheet of paper has to say of itself. */
export interface Paper {
  map: HTMLImageElement;
  imprint: HTMLElement;
  update(view: View): void;
}

/** Makes it. The drawing is fetched when the page is printed, by the button or by the browser's own command. */
export function paper(app: App): Paper {
  const map = el('img', { class: 'sheet', loading: 'lazy', alt: '' });
  const imprint = el('footer', { class: 'imprint' });
  addEventListener('beforeprint', () => {
    map.loading = 'eager';
    const view = app.view();
    if (view) fill(view);
  });

  function fill(view: View): void {
    const { words, dataset, share } = view;
    const today = new Date().toISOString().slice(0, 10);
    imprint.replaceChildren(
      el('p', { dir: 'auto' }, creditOf({ ...view, hidden: new Set() })), // the drawing has its background in any case
      el('p', {}, words.say('snapshot'), ' ', ltr(share?.snapshot ?? dataset.snapshot), ' · ', ltr(location.href), ' · ', words.say('printed', { date: words.date(today) })),
      el('p', { dir: 'auto' }, words.name(dataset.disclaimer)),
    );
  }

  return {
    map,
    imprint,
    update(view) {
      map.hidden = !view.share;
      if (!view.share) return;
      const address = `${drawingOf(view)}#map`;
      if (map.getAttribute('src') !== address) map.src = address;
      map.alt = mapLabel(view);
    },
  };
}

/** Prints the page once its drawing is there. */
export async function printPage(): Promise<void> {
  const map = document.querySelector<HTMLImageElement>('.sheet');
  if (map && !map.hidden) {
    map.loading = 'eager';
    await map.decode().catch(() => undefined);
  }
  print();
}
