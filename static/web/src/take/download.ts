import type { App, View } from '../app';
import { copyButton } from '../copy';
import { openDialog } from '../dialog';
import { button, el, link } from '../dom';
import { drawingOf } from '../share';
import type { Frame } from '../timeline/take';
import { captionOf } from './caption';
import { save } from './save';
import { tableOf } from './table';

/** Draws the map in so many times the pixels of the screen; null where there is no map. */
export type Draw = (times: number) => Promise<Blob | null>;

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

/** Opens a dialog with all that can be taken away: pictures with their caption, figures, and the map as data. */
export function openDownload(app: App, draw: Draw | null, frame: Frame | null): void {
  const { words } = app;
  const view = app.view();
  if (!view?.shares) return;
  const group = (heading: string, ...content: Node[]) => el('section', {}, el('h3', {}, heading), ...content);
  openDialog(words, 'download-dialog', words.say('download'), [
    ...(view.share ? [group(words.say('take_picture'), pictures(view, draw), animation(app, view, frame), caption(app, view))] : []),
    group(words.say('take_figures'), figures(view)),
    group(words.say('take_data'), data(view)),
  ]);
}

function pictures(view: View, draw: Draw | null): HTMLElement {
  const { words, dataset, basis, shares } = view;
  const name = (times: number) => `${dataset.id}-${shares!.as_of}-${basis}${view.compare ? '-compared' : ''}${times === 1 ? '' : `@${times}x`}.png`;
  const ratio = Math.max(1, Math.round(devicePixelRatio));
  const size = (times: number) => {
    const { width, height } = document.querySelector('.map canvas')?.getBoundingClientRect() ?? { width: 0, height: 0 };
    const maps = view.compare && view.split === 'side' ? 2 : 1;
    return `${Math.round(width * maps * times)} × ${Math.round(height * times)}`;
  };
  const png = (times: number) => {
    const made = button(words.say('png_times', { n: words.number(times, 0), size: words.isolate(size(times)) }), () => {
      made.disabled = true;
      void draw!(times).then((file) => file && save(file, name(times))).finally(() => (made.disabled = false));
    }, { id: `png-${times}` });
    return made;
  };
  const sizes = [...new Set([1, 2, 4, ratio])].sort((a, b) => a - b);
  return el('div', {}, draw && el('p', { class: 'doing' }, ...sizes.map(png)), el('ul', { class: 'links' }, el('li', {}, link(drawingOf(view), words.say('take_map')))));
}

// An animation of the changes, where there are any; its code is fetched with the dialog.
function animation(app: App, view: View, frame: Frame | null): HTMLElement {
  const place = el('div');
  if (frame && view.dataset.epochs.length > 1) import('../timeline/take').then(async ({ animated }) => place.replaceChildren(await animated(app, view, frame))).catch(console.error);
  return place;
}

function caption(app: App, view: View): HTMLElement {
  const { words } = app;
  const text = captionOf(view);
  return el('div', {}, el('h4', {}, words.say('caption_heading')), el('blockquote', { class: 'cite', id: 'caption', dir: 'auto' }, text), copyButton(words, words.say('copy'), () => text, { id: 'caption-copy' }));
}

function figures(view: View): HTMLElement {
  const { words, dataset, shares, share, basis } = view;
  const day = new URLSearchParams({ as_of: shares!.as_of }).toString();
  const table = () => save(new Blob([tableOf(view)], { type: 'text/csv;charset=utf-8' }), `${dataset.id}-${shares!.as_of}-districts.csv`);
  return el(
    'ul',
    { class: 'links' },
    el('li', {}, button(words.say('take_table'), table, { id: 'table-csv' })),
    share && item(share.self, words.say('this_figure')),
    item(`v1/${dataset.id}/shares?${day}`, words.say('take_shares')),
    item(`v1/${dataset.id}/series.csv?basis=${basis}`, words.say('series_csv')),
    item(`v1/${dataset.id}/claims`, words.say('take_claims')),
  );
}

function data({ words, dataset, shares, basis }: View): HTMLElement {
  const edition = (room: string, suffix: string) => `${room}/${dataset.id}.${suffix}?${new URLSearchParams({ as_of: shares!.as_of, basis }).toString()}`;
  return el(
    'ul',
    { class: 'links' },
    ...shapes.map(([room, suffix, format]) => item(edition(room, suffix), words.say('take_shapes', { format }))),
    ...tiles.map(([room, suffix, format]) => item(edition(room, suffix), words.say('take_tiles', { format }))),
    item(`v1/${dataset.id}`, words.say('take_dataset')),
  );
}

function item(address: string, label: string): HTMLElement {
  return el('li', {}, link(address, label));
}
