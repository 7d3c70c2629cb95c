import type { StyleImageSource } from 'maplibre-gl';

/** A diagonal hatch of one colour on nothing, for map.addImage with a pixel ratio of 2. It repeats without a seam. */
export function hatch(colour: string, stroke: number): StyleImageSource {
  const size = 16;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const isInk = (x + y) % size < stroke;
      data.set(isInk ? [red!, green!, blue!, 255] : [0, 0, 0, 0], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}
