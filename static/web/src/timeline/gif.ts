import { applyPalette, GIFEncoder, quantize } from 'gifenc';

/** An animation that is being written, picture after picture. */
export interface Gif {
  /** adds a picture to be seen for so many milliseconds */
  add(picture: HTMLCanvasElement, time: number): void;
  /** the file, once all are in it */
  file(): Blob;
}

/** Begins one that is repeated without end. Its pictures are of 256 colours each, and no smaller than those before, so that nothing of these is left in sight. */
export function gif(): Gif {
  const encoder = GIFEncoder();
  let [width, height] = [0, 0];
  return {
    add(picture, time) {
      [width, height] = [Math.max(width, picture.width), Math.max(height, picture.height)];
      const { data } = grown(picture, width, height).getContext('2d')!.getImageData(0, 0, width, height);
      const palette = quantize(data, 256);
      encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay: time, repeat: 0 });
    },
    file() {
      encoder.finish();
      const bytes = encoder.bytes();
      // The logical screen (GIF89a, 18) holds the last picture, which is the largest: the encoder has written the size of the first.
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      view.setUint16(6, width, true);
      view.setUint16(8, height, true);
      return new Blob([bytes], { type: 'image/gif' });
    },
  };
}

// A picture with more of its own ground below and beside it.
function grown(picture: HTMLCanvasElement, width: number, height: number): HTMLCanvasElement {
  if (picture.width === width && picture.height === height) return picture;
  const [red, green, blue] = picture.getContext('2d')!.getImageData(0, 0, 1, 1).data;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = `rgb(${red} ${green} ${blue})`;
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0);
  return canvas;
}
