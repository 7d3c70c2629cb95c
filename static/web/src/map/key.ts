import type { Entry } from '../api';
import type { View } from '../app';
import { el, svg } from '../dom';
import { partyName } from '../names';
import { isDark } from '../theme';
import { coloursFor, hueOf, inkOf, lookOf, opacityOf } from './colours';
import type { Shown } from './map';
import { partiesOf } from './paint';

/** The key on the map: what is drawn, in the server's words and colours, with the rest of the land. */
export function keyOf(view: View, shown: Shown): HTMLElement {
  const { words } = view;
  const dark = isDark();
  const rows = entriesOf(view, shown).map((entry) => el('li', {}, swatch(view, entry, dark), words.name(entry.words)));
  return el(
    'div',
    {},
    el('ul', {}, ...rows),
    shown.omitted && el('p', { class: 'quiet omitted' }, words.say('omitted')),
  );
}

function entriesOf(view: View, shown: Shown): Entry[] {
  const { dataset, basis, words, hidden } = view;
  const legend = dataset.look?.legend[basis] ?? [];
  const own = (mark: string, text: string, more: Partial<Entry> = {}): Entry => ({ mark, words: { [words.lang]: text }, ...more });
  const held = hidden.has('zones') ? [] : [...shown.held].sort((a, b) => a.length - b.length || a.localeCompare(b));
  const marks = hidden.has('uncounted') ? [] : [...shown.marks].sort();
  const counted = held.map((ids) => {
    const parties = ids.split(' ');
    const names = words.list(parties.map((id) => partyName(view, id)));
    const ofParties = legend.find((entry) => partiesOf(entry).join(' ') === ids);
    return ofParties ?? own('held', parties.length > 1 ? words.say('shared_by', { parties: names }) : names, { parties });
  });
  const uncounted = marks.map((mark) => legend.find((entry) => entry.mark === mark && partiesOf(entry).length === 0) ?? own(mark, words.say('not_counted')));
  const rest = legend.find((entry) => entry.mark === 'rest') ?? own('rest', words.say('rest'));
  return [...counted, ...uncounted, rest];
}

let made = 0;

// The same marks as on the map.
function swatch(view: View, entry: Entry, dark: boolean): SVGElement {
  const look = lookOf(view.dataset.look, view.basis);
  const box = { x: 1, y: 1, width: 24, height: 14, rx: 2 };
  const parties = partiesOf(entry);
  const frame = { viewBox: '0 0 26 16', width: 26, height: 16, 'aria-hidden': 'true' };
  if (entry.mark === 'rest') return svg('svg', frame, svg('rect', { ...box, fill: coloursFor(dark).land, stroke: coloursFor(dark).coast }));
  const hues = parties.map((party) => hueOf(look, party, dark));
  if (hues.length === 1 && (entry.pattern ?? 'held') === 'held') {
    return svg('svg', frame, svg('rect', { ...box, fill: hues[0]!.fill, 'fill-opacity': opacityOf(look), stroke: hues[0]!.outline, 'stroke-width': 1.5 }));
  }
  const id = `key-${made++}`;
  const isShared = hues.length > 1 && (entry.pattern ?? 'held') === 'held';
  const inks = hues.length > 0 ? hues.map(({ fill }) => fill) : [inkOf(look, entry.mark, dark)];
  const step = isShared ? 4 : 6;
  const bars = inks.map((ink, at) => svg('rect', { x: at * step, y: 0, width: isShared ? step : 2, height: 8, fill: ink, 'fill-opacity': isShared ? opacityOf(look) : 1 }));
  const turn = entry.mark === 'published' ? 'rotate(-45)' : 'rotate(45)';
  return svg(
    'svg',
    frame,
    svg('defs', {}, svg('pattern', { id, width: step * inks.length, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: turn }, ...bars)),
    svg('rect', { ...box, fill: `url(#${id})`, stroke: hues[0]?.outline ?? inks[0]!, 'stroke-width': 1.2 }),
  );
}
