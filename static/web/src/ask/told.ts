import type { View } from '../app';
import { el, ltr } from '../dom';
import { phraseOf } from '../evidence';
import type { Words } from '../lang';
import { capital, partyName, placeName, readingName } from '../names';
import { failureNotice } from '../notice';
import type { LineAt, Standing, StandingReading } from './answer';
import type { Place } from './place';
import { saidIn, type Said } from './said';

/** Says who holds a place under each reading, since when, and how far the line is. */
export function toldOf(view: View, place: Place): HTMLElement[] {
  const { words } = view;
  const said = saidIn(words.lang);
  const { answer, problem } = place;
  const out: HTMLElement[] = [el('h3', { id: 'asked-title' }, answer ? whereOf(view, said, answer) : said.say('title'))];
  if (place.own !== null) out.push(el('p', {}, said.rich('own', { metres: metresOf(words, place.own) })), el('p', { class: 'quiet' }, said.say('locate_safety')));
  if (problem) out.push(failureNotice(words, problem, () => place.retry()));
  else if (!answer) out.push(el('p', { class: 'quiet' }, words.say('computing')));
  else {
    if (answer.territories.length === 0) out.push(el('p', {}, said.say('outside_why')));
    out.push(el('ul', { class: 'asked-readings' }, ...answer.readings.map((reading) => readingOf(view, said, place, answer, reading))));
  }
  const [lon, lat] = place.at as [number, number];
  out.push(el('p', { class: 'quiet' }, said.rich('position', { position: ltr(`${lat.toFixed(5)}, ${lon.toFixed(5)}`) })));
  return out;
}

/** The district that a place lies in, the territory where it has none, or that it lies outside. */
function whereOf(view: View, said: Said, { territories }: Standing): string {
  const { dataset } = view;
  const district = territories.find((id) => dataset.territories.find((one) => one.id === id)?.parent);
  const inside = district ?? territories[0];
  return inside ? placeName(view, inside) : said.say('outside', { place: placeName(view, dataset.territory) });
}

function readingOf(view: View, said: Said, place: Place, answer: Standing, reading: StandingReading): HTMLElement {
  const { words } = view;
  const name = el('p', { class: 'quiet' }, readingName(view, reading.basis));
  if (!reading.mapped) return el('li', {}, name, el('p', {}, words.say('not_read', { reading: readingName(view, reading.basis), date: words.date(answer.as_of) })));
  const isOutside = answer.territories.length === 0;
  const held = reading.lines.filter(({ side }) => side === 'held');
  // Where nobody holds it, the nearest line is told.
  const lines = held.length > 0 ? held : [...reading.lines].sort((a, b) => distanceOf(a) - distanceOf(b)).slice(0, 1);
  const own = place.own ?? 0;
  const blurs = reading.lines.filter((line) => !isOutside && isUnsure(line, own));
  const blur = Math.max(...blurs.map(({ nearest }) => (nearest?.accuracy_m ?? 0) + own));
  return el(
    'li',
    { 'data-basis': reading.basis, 'data-side': isOutside ? 'outside' : blurs.length > 0 ? 'unsure' : held.length > 0 ? 'held' : 'free' },
    name,
    ...(blurs.length > 0 ? [el('p', { class: 'asked-unsure' }, said.rich(own > 0 ? 'unsure_own' : 'unsure', { metres: metresOf(words, blur) }))] : []),
    ...lines.map((line) => lineOf(view, said, answer, reading, line, blurs.length === 0)),
    ...(reading.lines.length === 0 ? [el('p', {}, restOf(view, reading.basis))] : []),
  );
}

/** "Behind the line published by Israel, since 10 October 2025; 2.3 km from the line". */
function lineOf(view: View, said: Said, answer: Standing, { basis, measures, evidence }: StandingReading, { party, side, nearest }: LineAt, isSure: boolean): HTMLElement {
  const { words } = view;
  const zones = answer.zones.filter((zone) => zone.basis === basis && zone.party === party && zone.counts);
  const since = zones.map((zone) => zone.since).sort()[0];
  const what = !isSure ? '' : side === 'held' ? phraseOf(view, measures, partyName(view, party)) : side === 'free' ? restOf(view, basis) : '';
  const distance = nearest ? said.rich('from_line', { distance: el('data', { value: nearest.distance_m, class: 'asked-distance' }, metresOf(words, nearest.distance_m)) }) : said.say('no_line');
  const days = [isSure && since && words.say('held_since', { date: words.date(since) }), evidence && words.say('as_mapped', { date: words.date(evidence.newest) })].filter(Boolean).join(words.say('comma'));
  return el('div', {}, el('p', {}, what && el('strong', {}, capital(what)), what && words.say('comma'), distance), el('p', { class: 'quiet' }, days));
}

// A position that is known to so many metres may lie as much nearer to the line.
function isUnsure({ certain, nearest }: LineAt, own: number): boolean {
  return !certain || (nearest !== null && nearest.distance_m <= nearest.accuracy_m + own);
}

/** What the legend calls land that is neither held nor of any other kind. */
function restOf({ dataset, words }: View, basis: string): string {
  const rest = dataset.look?.legend[basis]?.find(({ mark }) => mark === 'rest');
  return words.name(rest?.words, words.say('rest'));
}

function distanceOf({ nearest }: LineAt): number {
  return nearest?.distance_m ?? Number.POSITIVE_INFINITY;
}

function metresOf(words: Words, metres: number): HTMLElement {
  return el('bdi', {}, words.km(metres / 1000));
}
