import type { App, View } from '../app';
import { copyButton } from '../copy';
import { el, link } from '../dom';
import type { Section } from './panel';

// Where a map is taken away from, with which suffix, and what people call that.
const tiles = [
  ['tiles', 'json', 'TileJSON'],
  ['styles', 'json', 'MapLibre'],
  ['export', 'pmtiles', 'PMTiles'],
] as const;
const shapes = [
  ['styles', 'qlr', 'QGIS'],
  ['export', 'gpkg', 'GeoPackage'],
  ['export', 'geojson', 'GeoJSON'],
  ['export', 'kml', 'KML'],
  ['export', 'csv', 'CSV'],
] as const;

/** The citation to copy, and the same facts for machines. */
export function cite(app: App, { words, dataset }: View): Section {
  const text = el('blockquote', { dir: 'auto', class: 'cite', id: 'cite' });
  const hash = el('code', { dir: 'ltr', class: 'hash' });
  const links = el('ul', { class: 'links' });
  return {
    needs: 'share',
    element: el(
      'section',
      {},
      el('h2', {}, words.say('cite')),
      text,
      el('p', {}, copyButton(words, words.say('copy'), () => app.view()?.share?.cite ?? '')),
      el('h2', {}, words.say('take')),
      links,
      el('p', { class: 'quiet' }, words.say('snapshot'), ' ', hash),
    ),
    update({ share, shares, basis, of }) {
      text.textContent = share!.cite;
      hash.textContent = share!.snapshot;
      const day = new URLSearchParams({ as_of: shares!.as_of }).toString();
      const item = (address: string, label: string) => el('li', {}, link(address, label));
      links.replaceChildren(
        item(share!.self, words.say('this_figure')),
        item(`v1/${dataset.id}/shares?${day}`, words.say('take_shares')),
        ...tiles.map(([room, suffix, format]) => item(`${room}/${dataset.id}.${suffix}?${day}&basis=${basis}`, words.say('take_tiles', { format }))),
        item(`v1/${dataset.id}/series.csv?basis=${basis}`, words.say('series_csv')),
        item(`v1/${dataset.id}/claims`, words.say('take_claims')),
        item(`map.svg?area=${dataset.id}&${day}&of=${of}&basis=${basis}&lang=${words.lang}`, words.say('take_map')),
        ...shapes.map(([room, suffix, format]) => item(`${room}/${dataset.id}.${suffix}?${day}&basis=${basis}`, words.say('take_shapes', { format }))),
        item(`v1/${dataset.id}`, words.say('take_dataset')),
      );
    },
  };
}
