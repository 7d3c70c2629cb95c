import { el, svg } from '../dom';
import type { Said } from './said';

/** The border between two maps, which is moved by mouse, touch and keys. */
export interface Divider {
  element: HTMLElement;
  /** says whether a hand is moving it */
  isHeld(): boolean;
  /** says where it is, in percent of the width from where a line of text begins, and what lies there */
  say(at: number, said: Said, side: string): void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -2, ArrowRight: 2, ArrowDown: -2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };

/** Makes it. It tells where it is while it is moved, and once more when it is let go. */
export function divider(moves: (at: number) => void, moved: (at: number) => void): Divider {
  const knob = el('div', { class: 'knob' }, svg('svg', { viewBox: '0 0 24 24', width: 24, height: 24, 'aria-hidden': 'true' }, svg('path', { d: 'm9 6-6 6 6 6M15 6l6 6-6 6' })));
  const element = el('div', { class: 'divider', id: 'divider', role: 'slider', tabindex: 0, 'aria-orientation': 'horizontal', 'aria-valuemin': 0, 'aria-valuemax': 100 }, knob);
  let at = 50;
  let isHeld = false;
  const isRight = () => getComputedStyle(element).direction === 'rtl';
  const move = (to: number) => {
    at = Math.round(Math.min(100, Math.max(0, to)));
    moves(at);
  };
  element.addEventListener('pointerdown', (event) => {
    element.setPointerCapture(event.pointerId);
    isHeld = true;
    element.focus({ preventScroll: true });
    event.preventDefault();
  });
  element.addEventListener('pointermove', (event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    const { left, width } = element.parentElement!.getBoundingClientRect();
    const share = (100 * (event.clientX - left)) / width;
    move(isRight() ? 100 - share : share);
  });
  element.addEventListener('lostpointercapture', () => {
    isHeld = false;
    moved(at);
  });
  element.addEventListener('keydown', (event) => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    // The arrows to the sides move it to that side, whichever way the text runs.
    const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    move(at + (isSideways && isRight() ? -by : by));
    moved(at);
  });
  return {
    element,
    isHeld: () => isHeld,
    say(now, said, side) {
      at = now;
      element.setAttribute('aria-label', said.say('border'));
      element.setAttribute('aria-valuenow', String(now));
      element.setAttribute('aria-valuetext', said.say('border_at', { percent: `${now}%`, side }));
    },
  };
}
