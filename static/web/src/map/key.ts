import type { Entry } from '../api';
import type { View } from '../app';
import { el, svg } from '../dom';
import { partyName } from '../names';
import { isDark } from '../theme';
import { coloursFor, hueOf, inkOf, lookOf, opacityOf } from './colours';
import type { Shown } from './map';
import { imageName, imageOf, partiesOf, patternOf } from './paint';
import type { Tile } from './pattern';

/** The key on the map: what is drawn, in the server's words and colours, with the rest of the land. */
export function keyOf(view: View, shown: Shown, dark = isDark()): HTMLElement {
  const { words } = view;
  const rows = entriesOf(view, view.compare?.allOf(view, shown) ?? shown).map((entry) => el('li', {}, swatch(view, entry, dark), words.name(entry.words)));
  return el(
    'div',
    {},
    el('ul', {}, ...rows, ...(view.sites?.key(view) ?? []), ...(view.compare?.key(view, dark) ?? [])),
    shown.omitted && el('p', { class: 'quiet omitted' }, words.say(shown.omitted === 'land' ? 'omitted' : 'bordersOmitted')),
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

// The same marks as on the map.
function swatch(view: View, entry: Entry, dark: boolean): Element {
  const look = lookOf(view.dataset.look, view.basis);
  const colours = coloursFor(dark);
  const parties = partiesOf(entry);
  const hues = parties.map((party) => hueOf(look, party, dark));
  if (entry.mark === 'rest') return plain(colours.land, 1, colours.coast);
  if (hues.length === 1 && patternOf(look, view.basis) === 'held') return plain(hues[0]!.fill, opacityOf(look), hues[0]!.outline);
  const name = parties.length > 0 ? imageName('land', dark, view.basis) + parties.join(' ') : imageName('mark', dark, view.basis) + entry.mark;
  return tiled(imageOf(view.dataset.look, name)!, colours.land, hues.length === 1 ? hues[0]!.outline : hues.length > 1 ? colours.text : inkOf(look, entry.mark, dark));
}

function plain(fill: string, opacity: number, outline: string): SVGElement {
  const box = { x: 1, y: 1, width: 24, height: 14, rx: 2, fill, 'fill-opacity': opacity, stroke: outline, 'stroke-width': 1.5 };
  return svg('svg', { viewBox: '0 0 26 16', width: 26, height: 16, 'aria-hidden': 'true' }, svg('rect', box));
}

// A pattern is two pixels to a CSS pixel.
function tiled(image: Tile, land: string, outline: string): HTMLCanvasElement {
  const [canvas, tile] = [el('canvas', { width: 52, height: 32, 'aria-hidden': 'true' }), el('canvas', { width: image.width, height: image.height })];
  tile.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(image.data), image.width, image.height), 0, 0);
  const pen = canvas.getContext('2d')!;
  pen.beginPath();
  pen.roundRect(2, 2, 48, 28, 4);
  pen.fillStyle = land;
  pen.fill();
  pen.fillStyle = pen.createPattern(tile, 'repeat')!;
  pen.fill();
  pen.strokeStyle = outline;
  pen.lineWidth = 3;
  pen.stroke();
  return canvas;
}
