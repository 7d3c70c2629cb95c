import type { App } from '../app';
import { isComparing } from '../state';

/** Says that nothing is being fetched or drawn: what is shown is the day in force. */
export function isSettled(app: App): boolean {
  const view = app.view();
  const isCompared = !view || !isComparing(view.state) || view.compare?.busy === false;
  return view?.busy === false && isCompared && ['idle', 'no-map', 'failed'].includes(document.body.dataset.state ?? '');
}

/** Waits so many milliseconds. */
export function rest(time: number): Promise<void> {
  return new Promise((done) => setTimeout(done, time));
}

/** Waits until all is drawn, or for so many milliseconds; a map begins to draw a moment after it is told. */
export async function settled(app: App, most: number, least = 200): Promise<boolean> {
  const begun = Date.now();
  await rest(least);
  while (!isSettled(app) && Date.now() - begun < most) await rest(40);
  return isSettled(app);
}

/** Goes from change to change, each shown until it is drawn and seen, without steps of the history. */
export class Player {
  isPlaying = false;

  constructor(
    private readonly app: App,
    private readonly days: readonly string[],
    private readonly tell: () => void,
  ) {}

  /** Plays on from a place among the days, from the first where that is the last. */
  async play(from: number): Promise<void> {
    if (this.isPlaying) return;
    this.isPlaying = true;
    this.tell();
    const { app, days } = this;
    const pause = Math.min(900, Math.max(150, 30_000 / days.length));
    for (let at = from >= days.length - 1 ? 0 : from + 1; at < days.length; at++) {
      const day = days[at]!;
      app.slide({ asOf: day });
      await settled(app, 8000, pause);
      // What the reader does meanwhile is what counts.
      if (!this.isPlaying || document.hidden || app.state.asOf !== day) break;
    }
    this.stop();
  }

  stop(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.tell();
  }
}
