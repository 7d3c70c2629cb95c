import type { View } from '../app';
import { Phrases, type Lang } from '../lang';
import type en from '../lang/compare/en.json';
import { bring } from '../learn';
import { partyName, readingName } from '../names';
import { otherOf, type Compare, type Other } from './compare';

bring('compare', import.meta.glob('../lang/compare/*.json', { import: 'default' }));

export type Said = Phrases<typeof en>;

/** The phrases of this part of the page. */
export function saidIn(lang: Lang): Said {
  return new Phrases('compare', lang);
}

/** "10 October 2025, Traced" */
export function sideName(view: View, { day, basis }: Other): string {
  return `${view.words.date(day)}${view.words.say('comma')}${readingName(view, basis)}`;
}

/** An area in km², with two decimals: what differs may be little. */
export function km2Of({ words }: View, km2: number): string {
  return words.say('km2', { n: words.number(km2, 2) });
}

/** What land of one side only is called: gained or lost, but only what it is where the sides are read in two ways. */
export function nameOf(view: View, change: 'gained' | 'lost'): string {
  const { words, basis, shares } = view;
  const other = otherOf(view);
  const { party } = view.share!;
  if (other.basis === basis) return view.dataset.parties.length > 1 ? `${words.say(change)} (${partyName(view, party)})` : words.say(change);
  const side = change === 'gained' ? { day: shares!.as_of, basis } : other;
  const said = saidIn(words.lang);
  const gaps = { reading: readingName(view, side.basis), date: words.date(side.day) };
  return said.say(other.day === shares?.as_of ? 'only' : 'only_then', gaps);
}

/** "+3.1 percentage points" */
export function pointsOf({ words }: View, points: number): string {
  return words.say('percent_points', { n: words.isolate(words.points(points)) });
}

/** What both sides being read in two ways means for the difference; empty where they are read in one. */
export function warningOf(view: View): string {
  const other = otherOf(view);
  if (other.basis === view.basis) return '';
  return saidIn(view.words.lang).say(other.day === view.shares?.as_of ? 'no_change' : 'two_readings');
}

/** The other side with its figure, then what differs. */
export function linesOf(view: View, { changes, share, busy }: Compare): string[] {
  if (!changes || !share || busy) return [];
  const { words } = view;
  const side = sideName(view, otherOf(view));
  const compared = saidIn(words.lang).say('compared', { side, percent: words.percent(share.percent), area: words.say('km2', { n: words.number(share.held_km2, 1) }) });
  const parts = (['gained', 'lost'] as const).map((change) => `${nameOf(view, change)}: ${km2Of(view, changes[`${change}_km2`])}`);
  return [compared, [...parts, pointsOf(view, changes.points)].join(' · '), ...[warningOf(view)].filter(Boolean)];
}

/** The same as sentences. */
export function captionOf(view: View, compare: Compare): string {
  return linesOf(view, compare).map((line) => (/[.!?]$/.test(line) ? line : `${line}.`)).join(' ');
}
