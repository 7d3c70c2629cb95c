import type { Position } from 'geojson';

// Decimals of a degree: some ten centimetres, finer than anyone draws.
const steps = 1e6;

/**
 * Writes positions (longitude, latitude in degrees) as a short text: differences from one to the next, in zigzag, five
 * bits a character (Google's encoded polyline algorithm, with six decimals and characters that an address may hold).
 */
export function encode(line: readonly Position[]): string {
  let text = '';
  let before = [0, 0];
  for (const position of line) {
    const now = [Math.round(position[0]! * steps), Math.round(position[1]! * steps)];
    for (const axis of [0, 1]) text += written(now[axis]! - before[axis]!);
    before = now;
  }
  return text;
}

/** Reads what encode wrote; null for a text that it would not have written. */
export function decode(text: string): Position[] | null {
  const numbers: number[] = [];
  let [value, factor] = [0, 1];
  for (const character of text) {
    const bits = characters.indexOf(character);
    if (bits < 0) return null;
    value += (bits & 31) * factor;
    factor *= 32;
    if (bits & 32) continue;
    numbers.push(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
    [value, factor] = [0, 1];
  }
  if (factor !== 1 || numbers.length % 2 !== 0) return null;
  const line: Position[] = [];
  for (let at = 0, lon = 0, lat = 0; at < numbers.length; at += 2) {
    lon += numbers[at]!;
    lat += numbers[at + 1]!;
    if (Math.abs(lon) > 180 * steps || Math.abs(lat) > 90 * steps) return null;
    line.push([lon / steps, lat / steps]);
  }
  return line;
}

// 64 characters that a fragment holds as they are (RFC 3986), the upper half for "there is more".
const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function written(difference: number): string {
  let left = difference < 0 ? -2 * difference - 1 : 2 * difference;
  let text = '';
  while (left >= 32) {
    text += characters[32 + (left % 32)]!;
    left = Math.floor(left / 32);
  }
  return text + characters[left]!;
}
