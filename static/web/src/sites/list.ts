import type { View } from '../app';
import { el } from '../dom';
import { nameOf, type Located, type Tally } from './answer';
import { markOf } from './marks';
import { sideName, type Said } from './said';
import { table, type Head } from './totals';

/** Things beyond these are in the files only. */
const mostRows = 25;

/** The first things, one by one: side, distance, and whether it is certain. */
export function oneByOne(view: View, said: Said, tally: Tally): HTMLElement[] {
  const { words } = view;
  const { located } = tally;
  if (located.length === 0) return [];
  const row = (thing: Located) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row', class: 'text' }, el('bdi', {}, nameOf(thing, words.lang))),
      el('td', { class: 'text' }, el('span', { class: 'marked' }, markOf(thing.side, thing.certain), sideName(view, said, tally, thing.side))),
      el('td', { class: 'amount' }, thing.distance_m === null ? '–' : el('data', { value: thing.distance_m }, words.number(thing.distance_m, 0))),
      el('td', { class: 'text' }, said.say(thing.certain ? 'sure' : 'unsure')),
    );
  const title = said.say('one_by_one');
  const heads: Head[] = [['text', said.say('name')], ['text', said.say('side')], ['amount', said.say('metres')], ['text', said.say('certain')]];
  const shown = table(title, title, heads, located.slice(0, mostRows).map(row), 'sites-things');
  const more = located.length > mostRows && el('p', { class: 'quiet' }, said.say('first_rows', { n: words.number(mostRows, 0), all: words.number(located.length, 0) }));
  return more ? [shown, more] : [shown];
}

/** Which things changed side, and when. After days that are not mapped, the day is the one by which it had changed. */
export function changes(view: View, said: Said, tally: Tally): HTMLElement[] {
  const { words } = view;
  const { along, located } = tally;
  if (!along) return [];
  if (along.things === 0) return [el('h3', {}, said.say('follow')), el('p', { id: 'sites-changed' }, said.say('unchanged'))];
  const all = located.flatMap((thing) => (thing.changes ?? []).map((change) => ({ thing, change })));
  all.sort((a, b) => a.change.day.localeCompare(b.change.day));
  const rows = all.slice(0, mostRows).map(({ thing, change }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row', class: 'text' }, el('bdi', {}, nameOf(thing, words.lang))),
      el('td', { class: 'text' }, change.after_gap ? said.say('by_then', { date: words.date(change.day) }) : words.date(change.day)),
      el('td', { class: 'text' }, el('span', { class: 'marked' }, markOf(change.from, true), words.dir === 'rtl' ? '←' : '→', markOf(change.to, change.certain), sideName(view, said, tally, change.to), !change.certain && `, ${said.say('unsure')}`)),
    ),
  );
  const title = said.say('follow');
  return [
    el('h3', {}, title),
    el('p', { id: 'sites-changed' }, said.say('changed', { n: words.number(along.things, 0), all: words.number(tally.things, 0) })),
    table(title, '', [['text', said.say('name')], ['text', said.say('day')], ['text', said.say('change')]], rows, 'sites-changes'),
    ...(all.length > mostRows ? [el('p', { class: 'quiet' }, said.say('first_rows', { n: words.number(mostRows, 0), all: words.number(all.length, 0) }))] : []),
  ];
}
