import type { Feature, FeatureCollection, Polygon, MultiPolygon, Position } from 'geojson';
import type { View } from '../app';
import { el } from '../dom';
import { coloursFor } from '../map/colours';
import { keyOf as mapKey } from '../map/key';
import { painted, rgb, type Tile } from '../map/pattern';
import type { Changes } from './answer';
import { otherOf, type Compare } from './compare';
import { km2Of, nameOf, saidIn } from './said';

/** How land that differs is marked: slivers apart from the rest. */
export type Mark = 'gained' | 'lost' | 'sliver';

/** The land that differs, each piece once: what is painted is what was counted. */
export function featuresOf(changes: Changes | null): FeatureCollection {
  const features: Feature<MultiPolygon>[] = [];
  for (const { geometry, properties } of changes?.features ?? []) {
    const { change, slivers = [] } = properties;
    if (change === 'kept') continue;
    const pieces = piecesOf(geometry);
    const add = (mark: Mark, coordinates: Position[][][]) => {
      if (coordinates.length > 0) features.push({ type: 'Feature', properties: { change, mark }, geometry: { type: 'MultiPolygon', coordinates } });
    };
    add(change, pieces.filter((_, index) => !slivers.includes(index)));
    add('sliver', pieces.filter((_, index) => slivers.includes(index)));
  }
  return { type: 'FeatureCollection', features };
}

function piecesOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** The picture of a mark: change, theme, mark; null for a name that is of none. */
export function imageOf(name: string): Tile | null {
  const [kind, theme, mark] = name.split(' ');
  return kind === 'change' ? tileOf(mark as Mark, theme === 'dark') : null;
}

// Signs as well as colours tell gained from lost: a plus and a minus, 16 half CSS pixels apart, on a tint. Slivers are dots.
function tileOf(mark: Mark, isDark: boolean): Tile {
  const colours = coloursFor(isDark);
  const across = (x: number, y: number) => x >= 3 && x < 13 && y >= 7 && y < 9;
  const ink = {
    gained: (x: number, y: number) => across(x, y) || across(y, x),
    lost: across,
    sliver: (x: number, y: number) => x % 8 < 2 && y % 8 < 2,
  }[mark];
  const colour = rgb(mark === 'sliver' ? colours.neutral : colours[mark]);
  return painted(16, (x, y) => [...colour, ink(x, y) ? 255 : mark === 'sliver' ? 40 : 90]);
}

/** What land of the other side's reading looks like, and what differs with its area. */
export function keyOf(view: View, compare: Compare, isDark: boolean): HTMLElement[] {
  const { changes, shown, busy } = compare;
  const isOther = otherOf(view).basis !== view.basis;
  const others = shown && isOther ? [...mapKey({ ...compare.viewOf(view), compare: null }, shown, isDark).querySelectorAll('li')].slice(0, -1) : [];
  if (!changes || view.hidden.has('changes')) return others;
  const said = saidIn(view.words.lang);
  const amount = (km2: number) => (busy ? '…' : km2Of(view, km2)); // the entries keep their place
  const rows = (['gained', 'lost'] as const)
    .filter((change) => changes[`${change}_km2`] > 0)
    .map((change) => row(change, isDark, `${nameOf(view, change)}: ${amount(changes[`${change}_km2`])}`));
  const slivers = changes.gained_sliver_km2 + changes.lost_sliver_km2;
  return [...others, ...rows, ...(slivers > 0 ? [row('sliver', isDark, `${said.say('sliver')}: ${amount(slivers)}`)] : [])];
}

function row(mark: Mark, isDark: boolean, text: string): HTMLElement {
  return el('li', { 'data-change': mark }, swatch(mark, isDark), text);
}

/** A piece of the map with a mark, of 26 by 16 CSS pixels at two pixels to each. */
export function swatch(mark: Mark, isDark: boolean): HTMLCanvasElement {
  const canvas = el('canvas', { width: 52, height: 32, class: 'swatch', 'aria-hidden': 'true' });
  const image = tileOf(mark, isDark);
  const tile = el('canvas', { width: image.width, height: image.height });
  tile.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(image.data), image.width, image.height), 0, 0);
  const colours = coloursFor(isDark);
  const pen = canvas.getContext('2d')!;
  pen.beginPath();
  pen.roundRect(2, 2, 48, 28, 4);
  pen.fillStyle = colours.land;
  pen.fill();
  pen.fillStyle = pen.createPattern(tile, 'repeat')!;
  pen.fill();
  pen.strokeStyle = mark === 'sliver' ? colours.neutral : colours[mark];
  pen.lineWidth = 3;
  pen.stroke();
  return canvas;
}
