import type { FeatureCollection, Point } from 'geojson';
import type { View } from '../app';
import { el, svg } from '../dom';
import { coloursFor, hueOf, lookOf } from '../map/colours';
import { capital } from '../names';
import { nameOf, sides, type Side, type Tally } from './answer';
import { saidIn, sideName } from './said';

// Outlines in a square of 20: the side is told by the shape as well as by the colour, and what may lie on either side
// is hollow.
const shapes: Readonly<Record<Side, string>> = {
  held: 'M4 4H16V16H4Z',
  free: 'M10 3.2A6.8 6.8 0 1 1 10 16.8A6.8 6.8 0 1 1 10 3.2Z',
  outside: 'M10 3L17.5 16H2.5Z',
};

/** Marks beyond these are not drawn: a style of more would be slow to change. */
export const mostMarks = 20_000;

/** A mark for text. */
export function markOf(side: Side, certain: boolean): SVGElement {
  return svg('svg', { viewBox: '0 0 20 20', width: 16, height: 16, class: `mark ${side}${certain ? '' : ' unsure'}`, 'aria-hidden': 'true' }, svg('path', { d: shapes[side] }));
}

// How large a mark is among so many, to leave the land in sight; from closer up each has its own size.
function sizeAmong(marks: number): number {
  if (marks <= 300) return 1;
  return marks <= 3000 ? 0.6 : 0.35;
}

/** The things at their places; what may lie on either side comes last, which is on top. */
export function featuresOf(view: View, tally: Tally | null): FeatureCollection<Point> {
  const said = saidIn(view.words.lang);
  const located = (tally?.located ?? []).slice(0, mostMarks).sort((a, b) => Number(b.certain) - Number(a.certain));
  const names = tally && Object.fromEntries(sides.map((side) => [side, sideName(view, said, tally, side)]));
  const size = sizeAmong(located.length);
  return {
    type: 'FeatureCollection',
    features: located.map((thing) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [thing.lon, thing.lat] },
      properties: {
        mark: `${thing.side} ${thing.certain ? 'sure' : 'unsure'}`,
        size,
        id: `thing-${thing.index}`,
        name: nameOf(thing, view.words.lang),
        told: `${names![thing.side]}${view.words.say('comma')}${said.say(thing.certain ? 'sure' : 'unsure')}`,
      },
    })),
  };
}

/** The picture of a mark, with a pixel ratio of 2, or null for a name that is of none: thing, theme, reading, side, certainty. */
export function imageOf({ dataset, share }: View, name: string): ImageData | null {
  const [kind, theme, basis = '', side, certain] = name.split(' ');
  if (kind !== 'thing') return null;
  const isDark = theme === 'dark';
  const colours = coloursFor(isDark);
  const held = hueOf(lookOf(dataset.look, basis), share?.party ?? dataset.default_party, isDark).outline;
  const colour = { held, free: colours.sketch, outside: colours.neutral }[side as Side];
  const pen = el('canvas', { width: 40, height: 40 }).getContext('2d')!;
  const path = new Path2D(shapes[side as Side]);
  pen.scale(2, 2);
  pen.lineJoin = 'round';
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 5;
  pen.stroke(path);
  pen.fillStyle = certain === 'sure' ? colour : colours.halo;
  pen.fill(path);
  pen.strokeStyle = colour;
  pen.lineWidth = 2.2;
  pen.stroke(path);
  return pen.getImageData(0, 0, 40, 40);
}

/** The marks that are on the map, in words. */
export function keyOf(view: View, tally: Tally): HTMLElement[] {
  const said = saidIn(view.words.lang);
  const row = (side: Side, certain: boolean, text: string) => el('li', { class: 'thing' }, markOf(side, certain), text);
  const seen = sides.filter((side) => tally.located.some((one) => one.side === side));
  const unsure = tally.located.find(({ certain }) => !certain);
  return [
    ...(seen.length > 0 ? [el('li', {}, el('strong', {}, view.words.say('your_sites')))] : []),
    ...seen.map((side) => row(side, true, sideName(view, said, tally, side))),
    ...(unsure ? [row(unsure.side, false, capital(said.say('unsure')))] : []),
  ];
}
