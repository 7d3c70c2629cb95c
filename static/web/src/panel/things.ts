import { Problem, type LayerTally } from '../api';
import type { App, View } from '../app';
import { button, el, ltr } from '../dom';
import { asMapped, phraseOf } from '../evidence';
import { percentOf } from '../figures';
import type { Words } from '../lang';
import { partyName } from '../names';
import type { Section } from './panel';

/** What is on the land: how much of each of the dataset's own layers of things the party holds, beside the land itself. */
export function things(app: App, { words }: View): Section {
  const held = el('p', { class: 'quiet' });
  const body = el('tbody');
  let drawn: unknown = null;
  return {
    needs: 'things',
    element: el(
      'section',
      { class: 'things', id: 'things' },
      el('h2', { id: 'things-title' }, words.say('on_the_land')),
      held,
      el('table', { 'aria-labelledby': 'things-title' }, body),
    ),
    update(view) {
      const { things: answer, share } = view;
      if (!answer || answer instanceof Problem || !share || drawn === answer) return;
      drawn = answer;
      held.textContent = `${phraseOf(view, share.measures, partyName(view, share.party))}${words.say('comma')}${asMapped(view, share)}`;
      body.replaceChildren(
        ...answer.layers.map((layer) => row(app, view, layer)),
        cells(words, words.say('the_land'), el('span', {}, words.rich('of_area', { held: ltr(words.number(share.held_km2, 1)), total: words.rich('km2', { n: ltr(words.number(share.territory_km2, 1)) }) })), share.percent, 'sum'),
      );
    },
  };
}

function row(app: App, { words }: View, layer: LayerTally): HTMLElement {
  const name = words.name(layer.title, layer.id);
  const reading = layer.readings.find((one) => one.asked)!;
  const { all, outside, held, held_low: low, held_high: high, held_percent: percent } = reading.total;
  const amount = (value: number) => words.number(value, { number: 0, km: 1, km2: 1 }[layer.counts]);
  const unit = { number: null, km: 'km_unit', km2: 'km2' } as const;
  const total = unit[layer.counts];
  const range = amount(low) === amount(high) ? amount(held) : `${amount(low)}–${amount(high)}`;
  const title = el(
    'div',
    {},
    button(name, async () => (await app.ownSites()).take({ name, layer: layer.id }), { class: 'pick', id: `things-${layer.id}` }),
    el('div', { class: 'quiet' }, words.say('as_mapped', { date: words.date(layer.mapped_on) })),
  );
  const of = words.rich('of_area', { held: ltr(range), total: total ? words.rich(total, { n: ltr(amount(all - outside)) }) : ltr(amount(all - outside)) });
  return cells(words, title, el('span', {}, of), percent);
}

function cells(words: Words, name: Node | string, amount: HTMLElement, percent: number | null, kind: string | null = null): HTMLElement {
  const made = el(
    'tr',
    { class: kind },
    el('th', { scope: 'row', class: 'text' }, name),
    el('td', { class: 'amount' }, amount),
    el('td', { class: 'amount' }, percent === null ? '–' : el('strong', {}, percentOf(words, percent)), el('div', { class: 'scale', 'aria-hidden': 'true' }, el('div', { class: 'part' }))),
  );
  made.style.setProperty('--percent', `${percent ?? 0}%`);
  return made;
}
