import type { Epoch } from '../api';

const length = 86_400_000; // of a day

/** Days on an axis from 0 to 1: the first change to the newest day there is. */
export class Axis {
  private readonly starts: readonly number[];
  private readonly first: number;
  private readonly last: number;

  /** epochs are by day, one at least; today is the newest day there can be. */
  constructor(
    readonly epochs: readonly Epoch[],
    today: string,
  ) {
    this.starts = epochs.map(({ from }) => Date.parse(from));
    this.first = this.starts[0]!;
    this.last = Math.max(Date.parse(today), this.starts.at(-1)!, this.first + length);
  }

  /** Where a day lies. */
  at(day: string): number {
    return Math.min(1, Math.max(0, (Date.parse(day) - this.first) / (this.last - this.first)));
  }

  /** The place, among the changes, of the one that a place on the axis is nearest to. */
  nearest(at: number): number {
    const time = this.first + at * (this.last - this.first);
    const after = this.starts.findIndex((start) => start > time);
    if (after === 0) return 0;
    if (after === -1) return this.starts.length - 1;
    return time - this.starts[after - 1]! <= this.starts[after]! - time ? after - 1 : after;
  }

  /** The place, among the changes, of the one in force on a day; 0 before the first. */
  inForce(day: string): number {
    return Math.max(0, this.epochs.findLastIndex(({ from }) => from <= day));
  }

  /** All changes as one path of so many pixels, a line down for each pixel that has one. */
  ticks(width: number, height: number): string {
    const columns = new Set(this.epochs.map(({ from }) => Math.round(this.at(from) * (width - 1))));
    return [...columns].map((x) => `M${x + 0.5} 0V${height}`).join('');
  }
}
