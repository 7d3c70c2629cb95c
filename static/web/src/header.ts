import type { App, View } from './app';
import { el } from './dom';
import { copyButton } from './copy';
import { inspectButton, inspects } from './inspect';
import { langNames, langs, type Key, type Lang } from './lang';
import { chooseTheme, chosenTheme, themes, type Theme } from './theme';

/** The bar at the top: what this is, the language, the colours, and the address to pass on. */
export function header(app: App, view: View | null): HTMLElement {
  const { words } = app;
  const name = view ? words.name(view.dataset.title, view.dataset.id) : words.say('product');
  return el(
    'header',
    { class: 'bar' },
    el('div', {}, el('h1', {}, name), el('p', {}, words.say('tagline'))),
    el(
      'div',
      { class: 'tools' },
      choice('lang', words.say('language'), langs, words.lang, (lang) => langNames[lang], (lang: Lang) => app.go({ lang })),
      choice('theme', words.say('theme'), themes, chosenTheme(), (theme) => words.say(`theme_${theme}` as Key), (theme: Theme) =>
        chooseTheme(theme),
      ),
      inspects() && inspectButton(app),
      copyButton(words, words.say('share'), () => shareAddress(app), { id: 'share', class: 'strong' }),
    ),
  );
}

// The day is written into the address that is passed on, so that it shows the same figure next week.
function shareAddress(app: App): string {
  const address = new URL(location.href);
  const day = app.view()?.share?.as_of;
  if (day) address.searchParams.set('as_of', day);
  return address.href;
}

function choice<T extends string>(
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
