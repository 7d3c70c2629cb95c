import type { View } from '../app';
import { el } from '../dom';
import { isDark, onTheme } from '../theme';

/** The inset that shows where on earth the territory is, drawn by the server; hidden where the dataset has none. */
export function locator(): { element: HTMLImageElement; update(view: View): void } {
  const element = el('img', { class: 'locator', width: 144, height: 116, hidden: true });
  let shown: View | null = null;
  function draw(): void {
    const address = shown?.dataset.context?.locator;
    element.hidden = !address || shown!.hidden.has('background');
    if (!shown || !address || element.hidden) return;
    const query = new URL(address, location.href).searchParams;
    query.set('lang', shown.words.lang);
    query.set('theme', isDark() ? 'dark' : 'light');
    const source = `locator.svg?${query.toString()}`;
    if (element.getAttribute('src') !== source) element.src = source;
    element.alt = shown.words.say('locator', { place: shown.words.name(shown.dataset.title, shown.dataset.id) });
  }
  onTheme(draw);
  return {
    element,
    update(view) {
      shown = view;
      draw();
    },
  };
}
