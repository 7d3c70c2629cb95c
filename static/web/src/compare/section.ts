import type { Share } from '../api';
import type { App, View } from '../app';
import { button, el, link, ltr } from '../dom';
import { phraseOf } from '../evidence';
import { areaOf, percentOf } from '../figures';
import { partyName, placeName, readingName } from '../names';
import { failureNotice, notice } from '../notice';
import type { Section } from '../panel/panel';
import { isComparing, type State } from '../state';
import { isDark } from '../theme';
import type { Changes, Difference } from './answer';
import { isSame, otherOf, type Compare } from './compare';
import { swatch } from './marks';
import { km2Of, nameOf, pointsOf, saidIn, warningOf, type Said } from './said';

/** What to compare with, both figures, what differs between them, and how both share the map. */
export function section(app: App, first: View): Section {
  const { words, dataset } = first;
  const said = saidIn(words.lang);
  const begin = button(said.say('begin'), () => app.go(firstOf(app.view()!)), { id: 'compare-begin', class: 'strong' });
  const basis = el('select', { id: 'compare-basis' }, ...dataset.bases.map(({ id, name }) => el('option', { value: id }, words.name(name, id))));
  basis.addEventListener('change', () => app.go({ against: basis.value, from: otherOf(app.view()!).day }));
  const day = el('input', { type: 'date', id: 'compare-day', min: dataset.first_date });
  day.addEventListener('change', () => {
    if (day.value) app.go({ from: day.value, against: otherOf(app.view()!).basis });
  });
  const swap = button(said.say('swap'), () => app.go(swapped(app.view()!)), { id: 'compare-swap' });
  const end = button(said.say('end'), () => app.go({ from: null, against: null }), { id: 'compare-end' });
  const told = el('div', { role: 'status', class: 'told-difference' });
  const map = onMap(app, said);
  const chosen = el(
    'div',
    { class: 'chosen-other' },
    el('p', { class: 'row' }, el('label', { for: 'compare-basis' }, said.say('reading')), basis),
    el('p', { class: 'row' }, el('label', { for: 'compare-day' }, said.say('day')), day),
    told,
    map.element,
    el('p', { class: 'actions' }, swap, end),
  );
  const start = el('div', {}, el('p', {}, said.say('intro')), el('p', { class: 'actions' }, begin));
  let drawn: unknown[] = [];
  return {
    element: el('div', {}, start, chosen),
    update(view) {
      const isOn = isComparing(view.state);
      start.hidden = isOn;
      chosen.hidden = !isOn;
      if (!isOn) return;
      const other = otherOf(view);
      [basis.value, day.value] = [other.basis, other.day];
      map.update(view);
      const { compare } = view;
      const now = [compare?.changes, compare?.problem, compare?.busy, other.day, other.basis, view.shares, view.basis, view.of, isDark()];
      if (now.every((one, index) => one === drawn[index]) && drawn.length > 0) return;
      drawn = now;
      told.setAttribute('aria-busy', String(compare?.busy ?? true));
      if (compare) told.replaceChildren(...answer(view, compare, said));
    },
  };
}

// What is compared at first: with the change before the day in force, and where there is none, with a newer reading or another.
function firstOf(view: View): Partial<State> {
  const { series, share, dataset, basis } = view;
  const rows = series && 'rows' in series ? series.rows.filter((row) => row.percent !== null) : [];
  const before = rows.findLast((row) => row.to !== null && row.to <= share!.as_of);
  if (before) return { from: before.from };
  return { against: share?.newer?.[0]?.basis ?? dataset.bases.find(({ id }) => id !== basis)?.id ?? basis };
}

function swapped(view: View): Partial<State> {
  const { day, basis } = otherOf(view);
  return { asOf: day, basis, from: view.shares!.as_of, against: view.basis };
}

function answer(view: View, compare: Compare, said: Said): HTMLElement[] {
  const { words } = view;
  const { changes, share, problem } = compare;
  if (isSame(view)) return [el('p', { id: 'compare-same' }, said.say('same'))];
  if (problem && problem.status >= 400 && problem.status < 500) {
    const { day, basis } = otherOf(view);
    return [notice(said.say('nothing', { date: words.date(day), reading: readingName(view, basis) }), el('bdi', { lang: 'en' }, problem.detail))];
  }
  if (problem) return [failureNotice(words, problem, () => compare.retry(view))];
  if (!changes || !share || !view.share) return [el('p', { class: 'quiet' }, words.say('computing'))];
  const warning = warningOf(view);
  return [
    sides(view, share, view.share, said),
    el('ul', { class: 'differences' }, difference(view, changes, 'gained', said), difference(view, changes, 'lost', said)),
    el('p', {}, `${said.say('both')}: `, el('data', { value: changes.kept_km2 }, km2Of(view, changes.kept_km2)), ' · ', `${said.say('difference')}: `, el('strong', {}, el('data', { value: changes.points, id: 'compare-points' }, pointsOf(view, changes.points)))),
    ...(warning ? [el('p', { class: 'reason', id: 'compare-warning' }, warning)] : []),
    ...(changes.districts.length > 1 ? [districts(view, changes)] : []),
    el('p', {}, link(addressOf(view, changes), said.say('geojson'), { id: 'compare-geojson' })),
  ];
}

// Both states beside each other, in the order in which they lie on the map.
function sides(view: View, other: Share, own: Share, said: Said): HTMLElement {
  const { words } = view;
  const both = [other, own];
  const line = (heading: string, cell: (share: Share) => Node | string) =>
    el('tr', {}, el('th', { scope: 'row', class: 'text quiet' }, heading), ...both.map((share) => el('td', { class: 'text' }, cell(share))));
  return el(
    'table',
    { class: 'sides-table' },
    el('thead', {}, el('tr', {}, el('td', {}), ...both.map((share) => el('th', { scope: 'col', class: 'text' }, words.date(share.as_of))))),
    el(
      'tbody',
      {},
      line(words.say('reading'), (share) => readingName(view, share.basis)),
      line(words.name(view.dataset.parties.find(({ id }) => id === own.party)?.name, own.party), (share) => el('span', {}, el('strong', {}, percentOf(words, share.percent)), ' ', phraseOf(view, share.measures, partyName(view, share.party)))),
      line(said.say('area'), (share) => areaOf(words, share.held_km2)),
      line(said.say('evidence'), (share) => (share.evidence ? words.date(share.evidence.newest) : '–')),
    ),
  );
}

function difference(view: View, changes: Difference, change: 'gained' | 'lost', said: Said): HTMLElement {
  const [km2, slivers] = [changes[`${change}_km2`], changes[`${change}_sliver_km2`]];
  return el(
    'li',
    {},
    swatch(change, isDark()),
    el(
      'div',
      {},
      `${nameOf(view, change)}: `,
      el('strong', {}, el('data', { value: km2, id: `compare-${change}` }, km2Of(view, km2))),
      slivers > 0 && el('div', { class: 'quiet' }, said.rich('slivers', { n: el('data', { value: slivers, id: `compare-${change}-slivers` }, ltr(km2Of(view, slivers))) })),
    ),
  );
}

function districts(view: View, changes: Changes): HTMLElement {
  const { words } = view;
  const head = (text: string) => el('th', { scope: 'col', class: 'amount' }, text);
  const amount = (value: number, text: string) => el('td', { class: 'amount' }, el('data', { value }, ltr(text)));
  const rows = [...changes.districts].sort((a, b) => words.compare(placeName(view, a.of), placeName(view, b.of)));
  return el(
    'details',
    {},
    el('summary', {}, words.say('districts')),
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 'text' }, words.say('district')), head(`${nameOf(view, 'gained')} (km²)`), head(`${nameOf(view, 'lost')} (km²)`), head(words.say('percent_points', { n: '' }).trim()))),
      el('tbody', {}, ...rows.map((row) => el('tr', { 'data-district': row.of }, el('th', { scope: 'row', class: 'text' }, placeName(view, row.of)), amount(row.gained_km2, words.number(row.gained_km2, 2)), amount(row.lost_km2, words.number(row.lost_km2, 2)), amount(row.points, words.points(row.points))))),
    ),
  );
}

function addressOf({ dataset, of }: View, { from, to, party }: Changes): string {
  return `v1/${dataset.id}/changes?${new URLSearchParams({ of, party, from: from.as_of, to: to.as_of, basis: to.basis, against: from.basis }).toString()}`;
}

// How both sides share the map, and whether what differs is painted. Hidden where there is no map.
function onMap(app: App, said: Said): { element: HTMLElement; update(view: View): void } {
  const way = (value: 'swipe' | 'side') => {
    const input = el('input', { type: 'radio', name: 'split', id: `split-${value}` });
    input.addEventListener('change', () => app.divide(value === 'side' ? 'side' : 50));
    return { input, label: el('label', { class: 'layer' }, input, said.say(value)) };
  };
  const [swipe, side] = [way('swipe'), way('side')];
  const paint = el('input', { type: 'checkbox', id: 'layer-changes' });
  paint.addEventListener('change', () => app.showLayers('changes', paint.checked));
  return {
    element: el('fieldset', { class: 'split-ways' }, el('legend', {}, said.say('on_map')), swipe.label, side.label, el('label', { class: 'layer' }, paint, said.say('paint'))),
    update({ split, hidden }) {
      swipe.input.checked = split !== 'side';
      side.input.checked = split === 'side';
      paint.checked = !hidden.has('changes');
    },
  };
}

