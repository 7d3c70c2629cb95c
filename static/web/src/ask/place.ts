import type { Position } from 'geojson';
import { asProblem, askAbout, type Problem } from '../api';
import type { Standing } from './answer';

/** A place that the reader asks about: neither answer nor problem while it is being asked. */
export interface PlaceView {
  /** longitude, latitude in degrees */
  readonly at: Position;
  /** how accurate the position is, in metres, where it is the reader's own; null for any other place */
  readonly own: number | null;
  readonly answer: Standing | null;
  readonly problem: Problem | null;
}

/**
 * Place asks the server who holds a place. It is sent as a body: no log of addresses has it, not the server's and not
 * one between.
 */
export class Place implements PlaceView {
  answer: Standing | null = null;
  problem: Problem | null = null;

  private asked = '';

  constructor(
    readonly at: Position,
    readonly own: number | null,
    private readonly tell: () => void,
  ) {}

  /** Says of which day it is asked, and asks again when this is another. */
  measure(dataset: string, day: string): void {
    const asked = `${dataset} ${day}`;
    if (asked === this.asked) return;
    this.asked = asked;
    void this.ask(dataset, day);
  }

  /** Asks again after a failure. */
  retry(): void {
    const [dataset, day] = this.asked.split(' ') as [string, string];
    void this.ask(dataset, day);
  }

  private async ask(dataset: string, day: string): Promise<void> {
    this.answer = this.problem = null;
    const { asked } = this;
    this.tell();
    try {
      const { places } = await askAbout<{ places: Standing[] }>({ type: 'Point', coordinates: [...this.at] }, `v1/${dataset}/at`, { as_of: day });
      if (asked === this.asked) this.answer = places[0] ?? null;
    } catch (fault) {
      if (asked === this.asked) this.problem = asProblem(fault);
    }
    this.tell();
  }
}
