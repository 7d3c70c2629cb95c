import colours from './colours.json';

/** The map's colours. Fills and outlines are of one hue each; every outline reaches 3:1 against both of its sides. */
export interface Colours {
  /** what is not part of the territory: sea and neighbours alike, since nothing is stated of them */
  around: string;
  /** the territory; free land has no other fill */
  land: string;
  coast: string;
  district: string;
  chosen: string;
  held: string;
  heldOutline: string;
  disputed: string;
  disputedOutline: string;
  text: string;
  halo: string;
  place: string;
  casing: string;
  /** what the reader draws */
  sketch: string;
}

// After Okabe and Ito (2008), told apart by readers with any colour vision deficiency. They stand in a JSON file so
// that a test can compute their contrast.

/** Half of it, so that borders and names stay readable underneath. */
export const heldOpacity = colours.heldOpacity;

/** The lines that carry a colour in their name keep it; any other is drawn as the observer's neutral. */
export const lineColours = colours.lines;

export function coloursFor(isDark: boolean): Colours {
  return isDark ? colours.dark : colours.light;
}
