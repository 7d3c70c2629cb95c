import type { MapGeoJSONFeature } from 'maplibre-gl';
import type { View } from '../app';
import { el, link, ltr } from '../dom';
import { phraseOf } from '../evidence';
import { namesOf, partyName } from '../names';

type Tags = Readonly<Record<string, unknown>>;

/** Says what stands at a place of the map, or null where nothing does. Topmost first, each thing once. */
export function describe(view: View, features: readonly MapGeoJSONFeature[]): HTMLElement[] | null {
  const seen = new Set<string>();
  const parts: HTMLElement[] = [];
  for (const { layer, sourceLayer = layer.id, properties } of features) {
    const key = `${sourceLayer} ${String(properties.id)}`;
    if (!sourceLayer || seen.has(key)) continue;
    seen.add(key);
    const part = describers[sourceLayer]?.(view, properties);
    if (part) parts.push(part);
  }
  return parts.length > 0 ? parts : null;
}

const describers: Readonly<Record<string, (view: View, tags: Tags) => HTMLElement | null>> = {
  zones: (view, tags) =>
    el(
      'div',
      {},
      el('h3', {}, phraseOf(view, measures(view), partyName(view, text(tags, 'party')))),
      tags.counts === false && el('p', {}, view.words.say('not_counted')),
      text(tags, 'name_en') !== '' && el('p', {}, nameOf(view, tags)),
      ...facts(view, tags),
    ),
  control_lines: (view, tags) => el('div', {}, el('h3', {}, nameOf(view, tags)), ...facts(view, tags)),
  // One of the reader's own things, told by what made the mark.
  'thing-mark': (_view, tags) => el('div', {}, el('h3', { dir: 'auto' }, text(tags, 'name')), el('p', {}, text(tags, 'told'))),
  places: (view, tags) => el('div', {}, el('h3', {}, nameOf(view, tags)), ...facts(view, tags)),
  territories: (view, tags) => (text(tags, 'kind') === 'district' ? el('p', { class: 'quiet' }, nameOf(view, tags)) : null),
};

function measures({ dataset, basis }: View): string | undefined {
  return dataset.bases.find((one) => one.id === basis)?.measures;
}

function facts(view: View, tags: Tags): HTMLElement[] {
  const { words, dataset } = view;
  const lines: Array<Node | string> = [];
  const status = text(tags, 'status');
  const called = dataset.look?.statuses.find(({ mark }) => mark === status)?.words;
  if (status) lines.push(words.say('status', { status: words.name(called, status) }));
  const [from, to] = [text(tags, 'valid_from'), text(tags, 'valid_to')];
  if (from) lines.push([words.say('held_since', { date: words.date(from) }), to && words.say('held_until', { date: words.date(to) })].filter(Boolean).join(', '));
  const mapped = text(tags, 'mapped_on');
  if (mapped) lines.push(words.say('as_mapped', { date: words.date(mapped) }));
  const metres = Number(tags.accuracy_m);
  if (metres > 0) lines.push(words.rich('accuracy', { metres: ltr(words.number(metres, 0)) }));
  const source = dataset.sources.find((one) => one.id === text(tags, 'source'));
  if (source) lines.push(words.rich('source_link', { title: link(source.url, el('bdi', {}, source.title), { target: '_blank' }) }));
  return lines.map((line) => el('p', {}, line));
}

function text(tags: Tags, name: string): string {
  const value = tags[name];
  return typeof value === 'string' ? value : '';
}

function nameOf({ words }: View, tags: Tags): string {
  return words.name(namesOf(tags), text(tags, 'id'));
}
