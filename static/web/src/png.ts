/**
 * Returns a PNG file with texts added as iTXt chunks (UTF-8, uncompressed) before its image data, so that what the
 * picture states stays with it wherever it is copied (PNG specification, third edition, 2025, 11.3.3.4).
 */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const afterHeader = 8 + 25; // the signature, and the header chunk, which is always 25 bytes
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const whole = new Uint8Array(png.length + chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const part of [png.subarray(0, afterHeader), ...chunks, png.subarray(afterHeader)]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// length, "iTXt", keyword, 0, not compressed, method 0, no language tag, no translated keyword, text, checksum
function textChunk(keyword: string, text: string): Uint8Array {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return chunk;
}

/** The checksum of PNG and zip files (ISO 3309), bit by bit: a few hundred bytes need no table. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
