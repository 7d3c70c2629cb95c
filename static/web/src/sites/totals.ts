import type { View } from '../app';
import { el, type Child } from '../dom';
import { asMapped } from '../evidence';
import { placeName, readingName } from '../names';
import { asked, measuresOf, type Measure, type Side, type Tally, type Totals } from './answer';
import { markOf } from './marks';
import { amountOf, measureName, rangeIn, sideName, type Said } from './said';

/** Groups beyond these are in the files only. */
const mostGroups = 30;

/** The total as a sentence: how many lie on the side of the party, of how many, and what the line's accuracy makes of it. */
export function headline(view: View, said: Said, tally: Tally): HTMLElement[] {
  const { words, share } = view;
  const { total, accuracy_m: accuracy } = asked(tally);
  const measure = measuresOf(total)[0];
  if (!measure) return [el('p', {}, said.say('none'))];
  const { low, value, high } = total.held;
  const isRange = rangeIn(view, said, measure, { low, high: value }) !== rangeIn(view, said, measure, { low: value, high });
  const unit = measure === 'number' ? '' : ` ${measureName(said, tally, measure)}`;
  const of = said.say('n_of', { n: rangeIn(view, said, measure, total.held), all: amountOf(view, measure, total.all[measure]) });
  return [
    el('p', { class: 'figure small' }, el('data', { value: value[measure], id: 'sites-held' }, `${of}${unit}`)),
    el('p', {}, sideName(view, said, tally, 'held'), share && words.say('comma'), share && asMapped(view, share), isRange && el('span', { class: 'quiet' }, ' · ', said.say('exactly', { n: amountOf(view, measure, value[measure]) }))),
    ...(tally.weight && total.all.weight !== 0 ? [el('p', { id: 'sites-weighed' }, el('strong', {}, part(view, said, 'weight', total)), ' ', el('bdi', {}, tally.weight))] : []),
    ...(accuracy > 0 ? [el('p', { class: 'quiet' }, said.say('accuracy', { m: words.number(accuracy, 0) }))] : []),
  ];
}

/** The totals by side, and of each what lies near the line. */
export function bySide(view: View, said: Said, tally: Tally): HTMLElement {
  const { words } = view;
  const { total } = asked(tally);
  const measures = measuresOf(total);
  const plain = (amounts: Totals['all']) => measures.map((one) => amountOf(view, one, amounts[one]));
  const row = (name: Child, cells: Child[], kind = '') => el('tr', { class: kind || null }, el('th', { scope: 'row', class: 'text' }, name), ...cells.map((cell) => el('td', { class: 'amount' }, cell)));
  const named = (side: Side) => el('span', { class: 'marked' }, markOf(side, true), sideName(view, said, tally, side));
  const near = (amounts: Totals['all']) => (tally.within_m > 0 ? [row(said.say('near', { m: words.number(tally.within_m, 0) }), plain(amounts), 'near')] : []);
  return table(
    said.say('side'),
    '',
    headsOf(said, tally, measures, said.say('side')),
    [
      row(named('held'), measures.map((one) => rangeIn(view, said, one, total.held))),
      ...near(total.near_held),
      row(named('free'), measures.map((one) => rangeIn(view, said, one, total.free))),
      ...near(total.near_free),
      row(named('outside'), plain(total.outside)),
      row(said.say('all'), plain(total.all), 'sum'),
    ],
    'sites-sides',
  );
}

/** What of each district, of each group and under each reading lies on the side of the party. */
export function byPart(view: View, said: Said, tally: Tally): HTMLElement[] {
  const reading = asked(tally);
  const measures = measuresOf(reading.total);
  const side = sideName(view, said, tally, 'held');
  const row = (name: string, totals: Totals) =>
    el('tr', {}, el('th', { scope: 'row', class: 'text' }, el('bdi', {}, name)), ...measures.map((one) => el('td', { class: 'amount' }, part(view, said, one, totals))));
  const heads = (first: string) => headsOf(said, tally, measures, first);
  const groups = [...reading.groups].sort((a, b) => b.all[measures[0]!] - a.all[measures[0]!]);
  const out: HTMLElement[] = [];
  if (tally.by && groups.length > 0) {
    const title = said.say('by_group', { name: tally.by, side });
    out.push(table(title, title, heads(tally.by), groups.slice(0, mostGroups).map((one) => row(one.id ?? said.say('no_value'), one)), 'sites-groups'));
    if (groups.length > mostGroups) out.push(el('p', { class: 'quiet' }, said.say('first_rows', { n: String(mostGroups), all: view.words.number(groups.length, 0) })));
  }
  const districts = said.say('by_district', { side });
  const found = reading.districts.filter(({ id, all }) => id !== '' || measures.some((one) => !isNothing(view, one, all)));
  out.push(table(districts, districts, heads(view.words.say('district')), found.map((one) => row(one.id ? placeName(view, one.id) : said.say('no_district'), one)), 'sites-districts'));
  if (tally.readings.length > 1) {
    const title = said.say('readings');
    out.push(table(title, title, heads(view.words.say('reading')), tally.readings.map((one) => row(readingName(view, one.basis), one.total)), 'sites-readings'));
  }
  return out;
}

function headsOf(said: Said, tally: Tally, measures: readonly Measure[], first: string): Head[] {
  return [['text', first], ...measures.map((one): Head => ['amount', measureName(said, tally, one)])];
}

// Slivers of a border between two maps are none.
function isNothing(view: View, measure: Measure, all: Totals['all']): boolean {
  return Number(amountOf(view, measure, all[measure]).replace(/,/g, '')) === 0;
}

// "2 to 3 of 5"
function part(view: View, said: Said, measure: Measure, { held, all }: Totals): string {
  if (isNothing(view, measure, all)) return '–';
  return said.say('n_of', { n: rangeIn(view, said, measure, held), all: amountOf(view, measure, all[measure]) });
}

/** What stands over a column: what it holds, and its words. */
export type Head = readonly ['text' | 'amount', string];

/** A table with a heading of its own, or with a label where the title is empty. */
export function table(label: string, title: string, heads: readonly Head[], rows: readonly HTMLElement[], id: string): HTMLElement {
  return el(
    'div',
    {},
    title !== '' && el('h3', { id: `${id}-title` }, title),
    el(
      'table',
      { id, ...(title === '' ? { 'aria-label': label } : { 'aria-labelledby': `${id}-title` }) },
      el('thead', {}, el('tr', {}, ...heads.map(([kind, text]) => el('th', { scope: 'col', class: kind }, el('bdi', {}, text))))),
      el('tbody', {}, ...rows),
    ),
  );
}
