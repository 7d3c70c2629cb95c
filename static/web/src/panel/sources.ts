import type { App, View } from '../app';
import type { Source } from '../api';
import { el, link } from '../dom';
import type { Section } from './panel';

/** Where the figure comes from: the sources it rests on, then the dataset's others. */
export function sources(_app: App, { words }: View): Section {
  const used = el('ul', { class: 'sources' });
  const others = el('ul', { class: 'sources' });
  const more = el('details', {}, el('summary', {}, words.say('other_sources')), others);
  let listed = '';
  return {
    element: el('section', {}, el('h2', {}, words.say('sources')), used, more),
    update(view) {
      const { dataset, share } = view;
      const now = JSON.stringify(share?.sources ?? null);
      if (now === listed) return;
      listed = now;
      const isUsed = (source: Source) => share?.sources.includes(source.id) ?? false;
      used.replaceChildren(...dataset.sources.filter(isUsed).map((source) => item(view, source)));
      const rest = dataset.sources.filter((source) => !isUsed(source));
      others.replaceChildren(...rest.map((source) => item(view, source)));
      more.hidden = rest.length === 0;
      if (!share) more.open = true;
    },
  };
}

function item({ words }: View, source: Source): HTMLElement {
  const date = source.date && (/^\d{4}-\d{2}-\d{2}$/.test(source.date) ? words.date(source.date) : source.date);
  const quiet = (...said: Array<Node | string>) => el('span', { class: 'quiet' }, ...said);
  return el(
    'li',
    {},
    link(source.url, bdi(source.title)),
    quiet(bdi(source.publisher), ...(date ? [', ', bdi(date)] : [])),
    source.licence && quiet(words.rich('licence', { licence: bdi(source.licence) })),
    source.note && quiet(bdi(source.note)),
  );
}

// Titles and notes keep their own direction inside the page's.
function bdi(text: string): HTMLElement {
  return el('bdi', {}, text);
}
