import type { App, View } from '../app';
import type { Share } from '../api';
import { button, el, ltr } from '../dom';
import { shortOf } from '../evidence';
import { percentOf } from '../figures';
import type { Key } from '../lang';
import { placeName } from '../names';
import type { Section } from './panel';

type Column = 'name' | 'percent' | 'held_km2' | 'territory_km2';

const columns: ReadonlyArray<readonly [Column, Key]> = [
  ['name', 'district'],
  ['percent', 'held_percent'],
  ['held_km2', 'held_km2'],
  ['territory_km2', 'area_km2'],
];

/** The districts with their figures, sortable; choosing one shows it above and on the map. */
export function districts(app: App, { words, dataset }: View): Section {
  let sorted: Column | null = null;
  let descending = true;
  const body = el('tbody');
  const foot = el('tfoot');
  const measured = el('span');
  const heading = (key: Key, sort: () => void) => button(key === 'held_percent' ? measured : words.say(key), sort, { class: 'sort' });
  const heads = columns.map(([column, key]) => {
    const sort = () => {
      descending = sorted === column ? !descending : column !== 'name';
      sorted = column;
      draw(app.view()!);
    };
    return el('th', { scope: 'col', class: column === 'name' ? 'text' : 'amount' }, heading(key, sort));
  });

  function draw(view: View): void {
    measured.textContent = shortOf(view, view.share?.measures);
    for (const [index, [column]] of columns.entries()) {
      heads[index]!.setAttribute('aria-sort', column !== sorted ? 'none' : descending ? 'descending' : 'ascending');
    }
    const rows = (view.shares?.shares ?? []).filter((share) => share.basis === view.basis);
    const parts = rows.filter((share) => share.of !== dataset.territory);
    if (sorted) parts.sort((a, b) => (descending ? -1 : 1) * compare(view, sorted!, a, b));
    body.replaceChildren(...parts.map((share) => row(app, view, share)));
    foot.replaceChildren(...rows.filter((share) => share.of === dataset.territory).map((share) => row(app, view, share)));
  }

  return {
    needs: 'share',
    element: el(
      'section',
      { class: 'districts' },
      el('h2', { id: 'districts-title' }, words.say('districts')),
      el('p', { class: 'quiet' }, words.say('sum_note')),
      el('table', { 'aria-labelledby': 'districts-title' }, el('thead', {}, el('tr', {}, ...heads)), body, foot),
    ),
    update(view) {
      const focused = document.activeElement?.id;
      draw(view);
      if (focused?.startsWith('of-')) document.getElementById(focused)?.focus();
    },
  };
}

function compare(view: View, column: Column, a: Share, b: Share): number {
  return column === 'name' ? view.words.compare(placeName(view, a.of), placeName(view, b.of)) : a[column] - b[column];
}

function row(app: App, view: View, share: Share): HTMLElement {
  const { words, dataset } = view;
  const chosen = share.of === view.of;
  const choose = () => app.go({ of: share.of === dataset.territory ? null : share.of });
  const amount = (value: number) => el('td', { class: 'amount' }, ltr(words.number(value, 1)));
  const made = el(
    'tr',
    { class: chosen ? 'chosen' : null },
    el(
      'th',
      { scope: 'row', class: 'text' },
      button(placeName(view, share.of), choose, { class: 'pick', id: `of-${share.of}`, 'aria-pressed': String(chosen) }),
    ),
    el('td', { class: 'amount meter' }, percentOf(words, share.percent)),
    amount(share.held_km2),
    amount(share.territory_km2),
  );
  made.style.setProperty('--percent', `${share.percent}%`);
  return made;
}
