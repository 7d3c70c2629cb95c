import type { App, View } from './app';
import { el, ltr } from './dom';
import { mapLabel } from './evidence';
import { creditOf } from './map/credit';
import { readingName } from './names';
import { drawingOf } from './share';
import { today } from './state';

/** What the page has on paper only: the map as the server draws it, and what a sheet of paper has to say of itself. */
export interface Paper {
  map: HTMLImageElement;
  /** the other state, where two are compared, and what differs */
  other: HTMLElement;
  imprint: HTMLElement;
  update(view: View): void;
}

/** Makes it. The drawing is fetched when the page is printed, by the button or by the browser's own command. */
export function paper(app: App): Paper {
  const map = el('img', { class: 'sheet', loading: 'lazy', alt: '' });
  const otherMap = el('img', { class: 'sheet', loading: 'lazy', alt: '' });
  const [otherName, ownName, difference] = [el('p'), el('p'), el('p', { class: 'sheet-lines' })];
  const other = el('div', { class: 'sheet-other', hidden: true }, otherMap, otherName, ownName, difference);
  const imprint = el('footer', { class: 'imprint' });
  addEventListener('beforeprint', () => {
    map.loading = otherMap.loading = 'eager';
    const view = app.view();
    if (view) fill(view);
  });

  function fill(view: View): void {
    const { words, dataset, share } = view;
    imprint.replaceChildren(
      el('p', { dir: 'auto' }, creditOf({ ...view, hidden: new Set() })), // the drawing has its background in any case
      el('p', {}, words.say('snapshot'), ' ', ltr(share?.snapshot ?? dataset.snapshot), ' · ', ltr(location.href), ' · ', words.say('printed', { date: words.date(today()) })),
      el('p', { dir: 'auto' }, words.name(dataset.disclaimer)),
    );
  }

  return {
    map,
    other,
    imprint,
    update(view) {
      map.hidden = !view.share;
      if (!view.share) return;
      const address = `${drawingOf(view)}#map`;
      if (map.getAttribute('src') !== address) map.src = address;
      map.alt = mapLabel(view);
      const second = view.compare?.viewOf(view);
      other.hidden = !second?.share;
      if (!second?.share) return;
      const otherAddress = `${drawingOf(second)}#map`;
      if (otherMap.getAttribute('src') !== otherAddress) otherMap.src = otherAddress;
      otherMap.alt = mapLabel(second);
      for (const [name, one] of [[otherName, second], [ownName, view]] as const) {
        const { words, share } = one;
        name.textContent = `${words.date(share!.as_of)}${words.say('comma')}${readingName(one, one.basis)}: ${words.percent(share!.percent)}`;
      }
      difference.textContent = view.compare!.lines(view).slice(1).join(' · ');
    },
  };
}

/** Prints the page once its drawing is there. */
export async function printPage(): Promise<void> {
  for (const map of document.querySelectorAll<HTMLImageElement>('.sheet')) {
    if (map.closest('[hidden]')) continue;
    map.loading = 'eager';
    await map.decode().catch(() => undefined);
  }
  print();
}
