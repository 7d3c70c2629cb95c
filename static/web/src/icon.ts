import { svg } from './dom';

const paths = {
  back: 'M10 3 5 8l5 5',
  forward: 'm6 3 5 5-5 5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  whole: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
  measure: 'm1.5 11 9.5-9.5 3.5 3.5L5 14.5ZM4 8.5 5.5 10M6.5 6 8 7.5M9 3.5 10.5 5',
  play: 'M5 2.5v11l8-5.5Z',
  pause: 'M5.5 3v10M10.5 3v10',
  north: 'M8 8V1M5.5 3.5 8 1l2.5 2.5M5.5 15v-4.5l5 4.5v-4.5',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing of 16 px. Arrows of the text's direction are mirrored with it by the stylesheet. */
export function icon(name: IconName): SVGElement {
  return svg('svg', { class: `icon ${name}`, viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, svg('path', { d: paths[name] }));
}
