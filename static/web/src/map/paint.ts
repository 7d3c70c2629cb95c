import type { StyleImageSource } from 'maplibre-gl';
import type { Entry, Look } from '../api';
import { hueOf, inkOf, lookOf, opacityOf } from './colours';
import { hatch, lined, striped } from './pattern';

/** The parties of an entry of the legend; none for what does not count and for the rest. */
export function partiesOf(entry: Entry): readonly string[] {
  return entry.parties ?? (entry.party === undefined ? [] : [entry.party]);
}

/** Says whether what counts under a reading is covered plainly, or else with lines. */
export function isPlain(look: Look | undefined, basis: string): boolean {
  return (look?.legend[basis] ?? []).every((entry) => partiesOf(entry).length === 0 || (entry.pattern ?? 'held') === 'held');
}

// An image is named by what it shows, so that MapLibre asks for each once: what, theme, reading, then parties or mark.
type Kind = 'shared' | 'lined' | 'mark';

/** What names of images begin with. */
export function imageName(kind: Kind, isDark: boolean, basis: string): string {
  return `${kind} ${isDark ? 'dark' : 'light'} ${basis} `;
}

/** The image of a name, or null for one that is not of this page. */
export function imageOf(all: Look | undefined, name: string): StyleImageSource | null {
  const [kind, theme, basis = '', ...ids] = name.split(' ');
  const look = lookOf(all, basis);
  const isDark = theme === 'dark';
  const fills = ids.map((id) => hueOf(look, id, isDark).fill);
  if (fills.length === 0) return null;
  switch (kind as Kind) {
    case 'shared':
      return striped(fills, opacityOf(look));
    case 'lined':
      return lined(fills);
    case 'mark':
      return hatch(ids[0]!, inkOf(look, ids[0]!, isDark));
    default:
      return null;
  }
}
