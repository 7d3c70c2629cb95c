import type { Entry, Look } from '../api';
import { coloursFor, hueOf, inkOf, lookOf, opacityOf } from './colours';
import { hatch, lined, striped, type Tile } from './pattern';

/** The parties of an entry of the legend; none for what does not count and for the rest. */
export function partiesOf(entry: Entry): readonly string[] {
  return entry.parties ?? (entry.party === undefined ? [] : [entry.party]);
}

/** How land that counts under a reading is covered: 'held' is plainly. */
export function patternOf(look: Look | undefined, basis: string): string {
  return look?.legend[basis]?.find((entry) => partiesOf(entry).length > 0)?.pattern ?? 'held';
}

// An image is named by what it shows, so that MapLibre asks for each once: what, theme, reading, then parties or mark.
type Kind = 'land' | 'mark' | 'thing';

/** What names of images begin with. */
export function imageName(kind: Kind, isDark: boolean, basis: string): string {
  return `${kind} ${isDark ? 'dark' : 'light'} ${basis} `;
}

/** The image of a name, or null for one that is not of this page. */
export function imageOf(all: Look | undefined, name: string): Tile | null {
  const [kind, theme, basis = '', ...ids] = name.split(' ');
  const isDark = theme === 'dark';
  if (ids.length === 0) return null;
  switch (kind as Kind) {
    case 'land':
      return landImage(all, basis, ids, isDark);
    case 'mark':
      return hatch(ids[0]!, inkOf(all, ids[0]!, isDark));
    default:
      return null;
  }
}

function landImage(all: Look | undefined, basis: string, ids: readonly string[], isDark: boolean): Tile {
  const look = lookOf(all, basis);
  const place = (id: string) => look?.parties.findIndex(({ party }) => party === id) ?? 0;
  const fills = [...ids].sort((a, b) => place(a) - place(b)).map((id) => hueOf(look, id, isDark).fill);
  const many = look?.stripes?.many ?? coloursFor(isDark).neutral;
  const colours = fills.length <= (look?.stripes?.most ?? fills.length) ? fills : [many];
  const pattern = patternOf(look, basis);
  return pattern === 'restricted' || pattern === 'claims' ? lined(pattern, colours) : striped(colours, opacityOf(look));
}
