/** A picture that repeats without a seam, with a pixel ratio of 2. */
export interface Tile {
  width: number;
  height: number;
  data: Uint8Array;
}

/** How colours cover an area, by the names of the server's legend. */
type Ink = (x: number, y: number, side: number) => boolean;

// Half CSS pixels: the width of a stripe, and how far the lines of a hatch are apart.
const band = 8;
const apart = 16;

// Where a pattern of one ink has it. A pattern of no such name is drawn as rising lines.
const inks: Readonly<Record<string, Ink>> = {
  claimed: (x, y, side) => (x + y) % side < 4,
  proposed: (x, y, side) => (x + y) % side < 4 && y % 8 < 4,
  disputed: (x, y, side) => (x + y) % side < 2 || (x - y + side) % side < 2,
  published: (x, y, side) => (x - y + side) % side < 4,
  agreed: (_x, y, side) => y % side < 2,
  observed: (x, y) => y % 8 < 2 && (x + Math.floor(y / 8) * 4) % 8 < 2,
};

/** A hatch of one colour on nothing, for land that does not count. */
export function hatch(mark: string, colour: string): Tile {
  const ink = inks[mark] ?? inks.claimed!;
  return painted(apart, (x, y) => (ink(x, y, apart) ? [...rgb(colour), 255] : clear));
}

/** Lines of the colours in turn on tints of them, for land that counts by another measure than being held: thin ones, or broad ones for claims. */
export function lined(pattern: 'restricted' | 'claims', colours: readonly string[]): Tile {
  const [width, tint] = pattern === 'claims' ? [4, 0.12] : [2, 0.18];
  const side = apart * colours.length;
  return painted(side, (x, y) => {
    const at = (x + y) % side;
    return [...rgb(colours[Math.floor(at / apart)]!), at % apart < width ? 255 : Math.round(255 * tint)];
  });
}

/** Stripes of the colours of all who hold the land, as strong as a plain fill; of one colour, strong and weak. */
export function striped(colours: readonly string[], opacity: number): Tile {
  const side = band * Math.max(2, colours.length);
  return painted(side, (x, y) => {
    const at = Math.floor(((x + y) % side) / band);
    return [...rgb(colours[at] ?? colours[0]!), Math.round(255 * (at < colours.length ? opacity : opacity / 2))];
  });
}

export type RGBA = readonly number[];

const clear: RGBA = [0, 0, 0, 0];

/** A picture of so many pixels a side, each as a function has it. */
export function painted(side: number, at: (x: number, y: number) => RGBA): Tile {
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) data.set(at(x, y), (y * side + x) * 4);
  }
  return { width: side, height: side, data };
}

/** Red, green and blue of #rrggbb, 0 to 255. */
export function rgb(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
