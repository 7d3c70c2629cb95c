// What the page uses of gifenc 1.0.3, which has no types of its own.
declare module 'gifenc' {
  type Palette = number[][];
  export function quantize(pixels: Uint8Array | Uint8ClampedArray, most: number, options?: { format?: 'rgb565' | 'rgb444' }): Palette;
  export function applyPalette(pixels: Uint8Array | Uint8ClampedArray, palette: Palette, format?: 'rgb565' | 'rgb444'): Uint8Array;
  export function GIFEncoder(): {
    writeFrame(index: Uint8Array, width: number, height: number, options: { palette: Palette; delay: number; repeat?: number }): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
