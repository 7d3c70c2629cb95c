import type { Position } from 'geojson';
import type { Names } from '../api';

/** Something that can be looked up by its names. */
export interface Named {
  names: Names;
  /** a territory or district, by its id; null for a place */
  of: string | null;
  /** longitude, latitude in degrees; null for a territory */
  at: Position | null;
}

/**
 * A text as it is compared: without capitals, accents, vowel signs, hyphens and apostrophes, and with letters that are
 * written in several ways (Arabic alef, yeh and teh marbuta, Hebrew finals) in one of them.
 */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640'’ʼʿʾ"״׳]/gu, '')
    .toLowerCase()
    .replace(/[ٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/[ךםןףץ]/g, (final) => String.fromCharCode(final.charCodeAt(0) + 1))
    .replace(/[-‐–_,.()/\s]+/gu, ' ')
    .trim();
}

/** What a text may mean: all whose names have it, those first whose name begins with it, then a word of it. */
export function found<T extends Named>(all: readonly T[], text: string, most: number): T[] {
  const wanted = plain(text);
  if (wanted === '') return [];
  const rank = (names: Names) =>
    Math.min(...Object.values(names).map((name) => {
      const at = ` ${plain(name ?? '')}`;
      if (at.startsWith(` ${wanted}`)) return 0;
      if (at.includes(` ${wanted}`)) return 1;
      return at.includes(wanted) ? 2 : 3;
    }));
  const ranked = all.map((one, order) => ({ one, order, rank: rank(one.names) })).filter((entry) => entry.rank < 3);
  return ranked.sort((a, b) => a.rank - b.rank || a.order - b.order).slice(0, most).map(({ one }) => one);
}

/** A position that a text states, and in which order. */
export interface Stated {
  at: Position;
  order: 'lat_lon' | 'lon_lat';
}

/**
 * Reads "31.5, 34.46" or "31.5 N 34.46 E". Letters say what is what; without them it is latitude first, unless only
 * the other order lies on Earth, or only it lies in the box (west, south, east, north in degrees). Null for other texts.
 */
export function positionIn(text: string, [west, south, east, north]: readonly [number, number, number, number]): Stated | null {
  const match = /^\s*([-+−]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEW])?\s*[,;\s]\s*([-+−]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEW])?\s*$/iu.exec(text);
  if (!match) return null;
  const [, first, firstLetter = '', second, secondLetter = ''] = match;
  const value = (digits: string, letter: string) => Number(digits.replace(',', '.').replace('−', '-')) * (/[SW]/i.test(letter) ? -1 : 1);
  const [a, b] = [value(first!, firstLetter), value(second!, secondLetter)];
  const isOnEarth = ([lon, lat]: Position) => Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90;
  const isInBox = ([lon, lat]: Position) => lon! >= west && lon! <= east && lat! >= south && lat! <= north;
  const latFirst: Stated = { at: [b, a], order: 'lat_lon' };
  const lonFirst: Stated = { at: [a, b], order: 'lon_lat' };
  if (/[EW]/i.test(firstLetter) || /[NS]/i.test(secondLetter)) return isOnEarth(lonFirst.at) && !/[NS]/i.test(firstLetter) ? lonFirst : null;
  const isLettered = firstLetter !== '' || secondLetter !== '';
  if (isOnEarth(latFirst.at) && (isLettered || isInBox(latFirst.at) || !isInBox(lonFirst.at))) return latFirst;
  return !isLettered && isOnEarth(lonFirst.at) ? lonFirst : null;
}
