import { Problem, type PartyRow } from '../api';
import type { App, View } from '../app';
import { el, ltr } from '../dom';
import { areaOf } from '../figures';
import { partyName } from '../names';
import type { Section } from './panel';

/** Whose all the land is: each party alone, parties together, nobody. The rows sum to 100 % as they stand. */
export function parties(_app: App, { words }: View): Section {
  const body = el('tbody');
  let drawn: unknown = null;
  const head = (text: string, kind: string) => el('th', { scope: 'col', class: kind }, text);
  return {
    needs: 'parties',
    element: el(
      'section',
      { class: 'parties' },
      el('h2', { id: 'parties-title' }, words.say('whose')),
      el(
        'table',
        { 'aria-labelledby': 'parties-title' },
        el('thead', {}, el('tr', {}, head(words.say('who'), 'text'), head('%', 'amount'), head(words.say('area_km2'), 'amount'))),
        body,
      ),
    ),
    update(view) {
      const { parties: answer } = view;
      if (drawn === answer || !answer) return;
      drawn = answer;
      body.replaceChildren(...(answer instanceof Problem ? [] : answer.rows.map((row) => line(view, row))));
    },
  };
}

function line(view: View, row: PartyRow): HTMLElement {
  const { words } = view;
  return el(
    'tr',
    { 'data-holder': row.parties.join(' ') || row.holder },
    el('th', { scope: 'row', class: 'text' }, holder(view, row)),
    el('td', { class: 'amount' }, el('data', { value: row.percent }, ltr(words.number(row.percent_rounded, 2)))),
    el('td', { class: 'amount' }, areaOf(words, row.km2)),
  );
}

function holder(view: View, { holder, parties }: PartyRow): string {
  const { words } = view;
  const names = parties.map((id) => partyName(view, id));
  switch (holder) {
    case 'alone':
      return names.length === 1 ? words.say('alone', { party: names[0]! }) : words.list(names);
    case 'shared':
      return words.say('together', { parties: words.list(names) });
    case 'not-mapped':
      return words.say('gap');
    default:
      return words.say('nobody');
  }
}
