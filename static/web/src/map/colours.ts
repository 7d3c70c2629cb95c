import type { Look } from '../api';
import colours from './colours.json';

/** The colours that are the page's own. Those of parties, statuses and lines are the server's. */
export interface Colours {
  /** what is not part of the territory, where the map has no background: sea and neighbours alike, since nothing is stated of them */
  around: string;
  /** of the background: muted, so that nothing is louder than a zone */
  sea: string;
  neighbour: string;
  builtup: string;
  road: string;
  mainRoad: string;
  border: string;
  water: string;
  town: string;
  seaName: string;
  /** the territory; land that nobody holds has no other fill */
  land: string;
  coast: string;
  district: string;
  chosen: string;
  /** what the server gave no colour for */
  neutral: string;
  text: string;
  halo: string;
  place: string;
  casing: string;
  /** what the reader draws */
  sketch: string;
  /** land of one side only, where two days or readings are compared */
  gained: string;
  lost: string;
}

// They stand in a JSON file so that a test can compute their contrast.
export function coloursFor(isDark: boolean): Colours {
  return isDark ? colours.dark : colours.light;
}

/** A colour of an area with that of its outline. */
export interface Hue {
  fill: string;
  outline: string;
}

/** The look under one reading: parties in the colours that its legend gives them. */
export function lookOf(look: Look | undefined, basis: string): Look | undefined {
  if (!look) return undefined;
  const parties = look.parties.map((one) => {
    const entry = look.legend[basis]?.find(({ party, colours }) => party === one.party && colours?.length === 1);
    if (!entry) return one;
    const dark = { fill: entry.dark?.colours?.[0] ?? one.dark.fill, outline: entry.dark?.outline ?? one.dark.outline };
    return { ...one, fill: entry.colours![0]!, outline: entry.outline ?? one.outline, dark };
  });
  return { ...look, parties };
}

/** The colours of a party; neutral ones where the server gave none. */
export function hueOf(look: Look | undefined, party: string, isDark: boolean): Hue {
  const found = look?.parties.find((one) => one.party === party);
  const { neutral } = coloursFor(isDark);
  return (isDark ? found?.dark : found) ?? { fill: neutral, outline: neutral };
}

/** The ink of land that does not count, by its mark. */
export function inkOf(look: Look | undefined, mark: string, isDark: boolean): string {
  const found = look?.statuses.find((one) => one.mark === mark);
  return (isDark ? found?.dark : found)?.ink ?? coloursFor(isDark).neutral;
}

/** How strongly fills cover, so that borders and names stay readable underneath. */
export function opacityOf(look: Look | undefined): number {
  return look?.opacity ?? 0.5;
}
