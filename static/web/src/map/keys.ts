import type { LngLat, Map as MapLibre } from 'maplibre-gl';
import { el } from '../dom';

/** What the keyboard does to a drawing. */
export interface Keyed {
  /** a point is set where the cross is */
  place(x: number, y: number): void;
  /** the cross stands over another place */
  aim(x: number, y: number): void;
  undo(): void;
  finish(): void;
  cancel(): void;
  /** whether a point is set so far */
  hasPoints(): boolean;
}

// CSS pixels: of a move with Shift, and within which two places are one.
const [fine, same] = [10, 6];

const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Lets a drawing be made by keyboard alone: a cross stands in the middle, arrows move the map below it (with Shift by
 * little), Enter sets a point there and, at the last point again, finishes; Backspace takes a point back, Escape all.
 * With null for places nothing can be set, and Enter finishes. Returns what ends it.
 */
export function drawByKeys(map: MapLibre, does: Keyed, sets: boolean): () => void {
  const canvas = map.getCanvas();
  const cross = el('div', { class: 'draw-cross', 'aria-hidden': 'true', hidden: true });
  map.getContainer().append(cross);
  let last: LngLat | null = null;

  const middle = (): [number, number] => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  const aim = () => {
    if (!cross.hidden) does.aim(...middle());
  };
  const isAtLast = () => {
    if (!last) return false;
    const [a, b] = [map.project(last), map.project(map.getCenter())];
    return Math.hypot(a.x - b.x, a.y - b.y) < same;
  };
  const enter = () => {
    const isByKeys = sets && (!cross.hidden || !does.hasPoints());
    if (!isByKeys || isAtLast()) {
      does.finish();
      return;
    }
    cross.hidden = false;
    map.stop();
    last = map.getCenter();
    does.place(...middle());
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return does.cancel();
    if (event.target !== canvas || event.altKey) return;
    const step = steps[event.key];
    if (step && sets) {
      cross.hidden = false;
      if (!event.shiftKey) return;
      map.panBy([step[0] * fine, step[1] * fine], { duration: 0 });
    } else if (event.key === 'Backspace' || event.key === 'Delete' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) {
      last = null;
      does.undo();
      aim();
    } else if (event.key === 'Enter') {
      if (!event.repeat) enter();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointer = (event: PointerEvent) => {
    if (!event.isTrusted) return;
    cross.hidden = true;
    last = null;
  };
  addEventListener('keydown', onKey, { capture: true });
  canvas.addEventListener('pointermove', onPointer);
  map.on('move', aim);
  return () => {
    removeEventListener('keydown', onKey, { capture: true });
    canvas.removeEventListener('pointermove', onPointer);
    map.off('move', aim);
    cross.remove();
  };
}
