import type { App, View } from './app';
import { el } from './dom';
import { inspectButton, inspects } from './inspect';
import { langName, langs, type Lang } from './lang';

/** The bar at the top: whose page this is, of what, and the language. */
export function header(app: App, view: View | null): HTMLElement {
  const { words } = app;
  const name = view ? words.name(view.dataset.title, view.dataset.id) : words.say('product');
  return el(
    'header',
    { class: 'bar' },
    el('div', { class: 'brand' }, el('p', { class: 'product' }, words.say('product')), el('h1', {}, name), el('p', { class: 'quiet tagline' }, words.say('tagline'))),
    el(
      'div',
      { class: 'tools' },
      choice('lang', words.say('language'), langs, words.lang, langName, (lang: Lang) => app.go({ lang })),
      inspects() && inspectButton(app),
    ),
  );
}

/** A list to choose one value from. */
export function choice<T extends string>(
  id: string,
  label: string,
  values: readonly T[],
  chosen: T,
  named: (value: T) => string,
  choose: (value: T) => void,
): HTMLElement {
  const select = el(
    'select',
    { id, 'aria-label': label, title: label },
    ...values.map((value) => el('option', { value, selected: value === chosen, ...(id === 'lang' && { lang: value }) }, named(value))),
  );
  select.addEventListener('change', () => choose(select.value as T));
  return select;
}
