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
}

/** Half of it, so that borders and names stay readable underneath. */
export const heldOpacity = 0.5;

// After Okabe and Ito (2008), told apart by readers with any colour vision deficiency.
const blue = '#0072b2';
const vermilion = '#d55e00';

/** The lines that carry a colour in their name keep it; any other is drawn as the observer's neutral. */
export const lineColours: Readonly<Record<string, string>> = { yellow: '#f0e442', orange: '#e69f00' };
export const otherLine = '#cfd6dc';

const light: Colours = {
  around: '#dfe5ea',
  land: '#fdfcf9',
  coast: '#5b6873',
  district: '#8b96a0',
  chosen: '#16202a',
  held: blue,
  heldOutline: '#004a75',
  disputed: vermilion,
  disputedOutline: '#8f3d00',
  text: '#16202a',
  halo: '#ffffff',
  place: '#16202a',
  casing: '#1b1b1b',
};

const dark: Colours = {
  around: '#0e1318',
  land: '#283039',
  coast: '#93a1ad',
  district: '#6b7884',
  chosen: '#ffffff',
  held: blue,
  heldOutline: '#7cc8f5',
  disputed: '#ff8a3d',
  disputedOutline: '#ff8a3d',
  text: '#f0f4f7',
  halo: '#0e1318',
  place: '#f0f4f7',
  casing: '#000000',
};

export function coloursFor(isDark: boolean): Colours {
  return isDark ? dark : light;
}
