import type { View } from '../app';
import type { Words } from '../lang';
import { ageOf, asMapped, phraseOf } from '../evidence';
import { partyName, placeName, readingName } from '../names';
import { withTexts } from '../png';
import { isDark } from '../theme';
import { coloursFor } from './colours';
import { creditOf } from './credit';
import { keyOf } from './key';
import type { Shown, Still } from './map';

/** Draws the map with what it states around it, as framed does. Returns a PNG file that carries the citation as text too. */
export async function picture(view: View, shown: Shown, still: Still): Promise<Blob> {
  const { words, share, dataset } = view;
  const canvas = framed(view, shown, still);
  const title = words.name(dataset.title, dataset.id);
  const plain = await new Promise<Blob>((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'));
  const texts = { Title: title, Description: share?.cite ?? title, Source: creditOf(view) };
  return new Blob([withTexts(new Uint8Array(await plain.arrayBuffer()), texts)], { type: 'image/png' });
}

/**
 * Draws the map with what it states around it: the evidence's day and age, figure, reading, band, key, scale, credit, snapshot. Where it
 * is one of many days, its day stands beside the figure.
 */
export function framed(view: View, shown: Shown, { canvas: map, scale, metres: metresPerPixel, bearing }: Still, day: string | null = null): HTMLCanvasElement {
  const { words, share, dataset } = view;
  const more = view.compare?.lines(view) ?? [];
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d')!;
  const edge = 24 * scale;
  pen.font = `400 ${12 * scale}px system-ui, sans-serif`;
  const foot = [creditOf(view), `demarc · ${location.host} · ${dataset.snapshot}`].flatMap((text) => wrapped(pen, text, map.width - 2 * edge));
  const key = share ? [...keyOf(view, shown).querySelectorAll('li')] : [];
  // The pictures of many days are of one size: each has room for the whole legend.
  const rows = Math.max(key.length, day ? (dataset.look?.legend[view.basis]?.length ?? 0) : 0);
  const frame = { edge, head: (share || day ? 170 + 24 * more.length : 56) * scale, foot: (24 + 26 * rows + 20 * foot.length) * scale };
  canvas.width = map.width;
  canvas.height = frame.head + map.height + frame.foot;
  const colours = coloursFor(isDark());
  pen.fillStyle = colours.land;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(map, 0, frame.head);

  drawScale(pen, words, metresPerPixel, scale, frame.head + map.height, colours.text);

  if (bearing !== 0) drawNorth(pen, bearing, scale, frame.head, colours.text, colours.halo);

  pen.direction = words.dir;
  pen.textAlign = 'start';
  const start = words.dir === 'rtl' ? canvas.width - frame.edge : frame.edge;
  const room = canvas.width - 2 * frame.edge;
  const write = (text: string, y: number, size: number, weight = 400) => {
    pen.fillStyle = colours.text;
    pen.font = `${weight} ${size * scale}px system-ui, sans-serif`;
    pen.fillText(text, start, y * scale, room);
  };
  const title = words.name(dataset.title, dataset.id);
  const unmapped = day ? `${title}${words.say('comma')}${words.date(day)}: ${words.say('gap')}` : title;
  write(share ? `${title}${words.say('comma')}${asMapped(view, share)}` : unmapped, 36, 18, 650);
  if (share) {
    write(day ? `${words.percent(share.percent)} · ${words.date(day)}` : words.percent(share.percent), 78, 34, 700);
    write(statement(view), 106, 16, 600);
    write(band(view), 130, 14);
    write([readingName(view, share.basis), ageOf(words, share)].filter(Boolean).join(' · '), 154, 14);
    for (const [index, line] of more.entries()) write(line, 178 + 24 * index, 14, index === 0 ? 600 : 400);
  }
  const below = (frame.head + map.height) / scale;
  for (const [index, row] of key.entries()) {
    const y = below + 26 + 26 * index;
    drawSwatch(pen, row.firstElementChild!, (words.dir === 'rtl' ? start - 26 * scale : start), (y - 13) * scale, scale);
    pen.fillStyle = colours.text;
    pen.font = `400 ${14 * scale}px system-ui, sans-serif`;
    pen.fillText(row.textContent ?? '', start + (words.dir === 'rtl' ? -36 : 36) * scale, y * scale, room);
  }
  for (const [index, line] of foot.entries()) write(line, below + 24 + 26 * rows + 20 * index, 12);

  return canvas;
}

// Lines no wider than the room, broken at spaces.
function wrapped(pen: CanvasRenderingContext2D, text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && pen.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// A swatch of the key, 26 by 16 CSS pixels: a plain one is a rectangle in SVG, a pattern is drawn already.
function drawSwatch(pen: CanvasRenderingContext2D, swatch: Element, left: number, top: number, scale: number): void {
  const box = swatch.querySelector('rect');
  if (!box) {
    pen.drawImage(swatch as HTMLCanvasElement, left, top, 26 * scale, 16 * scale);
    return;
  }
  const value = (name: string) => box.getAttribute(name) ?? '';
  pen.beginPath();
  pen.roundRect(left + scale, top + scale, 24 * scale, 14 * scale, 2 * scale);
  pen.globalAlpha = Number(value('fill-opacity'));
  pen.fillStyle = value('fill');
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = value('stroke');
  pen.lineWidth = 1.5 * scale;
  pen.stroke();
}

// A bar of a round length, in the corner of the map where a line of text begins.
function drawScale(pen: CanvasRenderingContext2D, words: Words, metresPerPixel: number, scale: number, bottom: number, colour: string): void {
  const most = 120 * metresPerPixel;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((times) => times * power).find((length) => length <= most)!;
  const length = (metres / metresPerPixel) * scale;
  const left = words.dir === 'rtl' ? pen.canvas.width - 24 * scale - length : 24 * scale;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 2 * scale;
  pen.beginPath();
  pen.moveTo(left, bottom - 22 * scale);
  pen.lineTo(left, bottom - 16 * scale);
  pen.lineTo(left + length, bottom - 16 * scale);
  pen.lineTo(left + length, bottom - 22 * scale);
  pen.stroke();
  pen.font = `600 ${13 * scale}px system-ui, sans-serif`;
  pen.textAlign = 'left';
  pen.fillText(words.km(metres / 1000), left, bottom - 28 * scale);
}

// An arrow to the north in the upper corner, where north is not up.
function drawNorth(pen: CanvasRenderingContext2D, bearing: number, scale: number, top: number, ink: string, halo: string): void {
  pen.save();
  pen.translate(36 * scale, top + 36 * scale);
  pen.rotate((-bearing * Math.PI) / 180);
  pen.scale(scale, scale);
  const arrow = new Path2D('M0 -24 9 12 0 6 -9 12Z');
  [pen.lineWidth, pen.strokeStyle, pen.fillStyle] = [3, halo, ink];
  pen.stroke(arrow);
  pen.fill(arrow);
  pen.restore();
}

function statement(view: View): string {
  const { words } = view;
  const share = view.share!;
  const km2 = (value: number) => words.say('km2', { n: words.number(value, 1) });
  const held = words.say('part_of', { phrase: phraseOf(view, share.measures, partyName(view, share.party)), place: placeName(view, share.of) });
  return `${held}${words.say('comma')}${words.say('of_area', { held: km2(share.held_km2), total: km2(share.territory_km2) })}`;
}

function band({ words, share }: View): string {
  const range = share!.uncertainty;
  if (!range?.accuracy_m) return words.say('band_none');
  const between = words.say('band', { low: words.percent(range.percent_low), high: words.percent(range.percent_high) });
  return `${between} ${words.say('band_why', { metres: words.number(range.accuracy_m, 0) })}`;
}
