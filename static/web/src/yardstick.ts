import type { FeatureCollection } from 'geojson';
import { ask, asProblem, type Displacement, type Problem } from './api';

/** What the yardstick shows: how far the line would have to lie for a figure to be true. */
export interface YardstickView {
  /** in metres: above 0 into the land that the party does not hold, below 0 into what it holds */
  readonly metres: number;
  /** the share with the line at other distances; null before it is asked for, and on its way */
  readonly answer: Displacement | null;
  readonly problem: Problem | null;
  /** the percentage asked about, and its answer */
  readonly percent: number | null;
  readonly reached: Displacement | null;
  /** the land between the line and the distance, whether it is wanted, and why it could not be had */
  readonly near: FeatureCollection | null;
  readonly drawsNear: boolean;
  readonly nearProblem: Problem | null;
}

type Query = Readonly<Record<string, string>>;

/** Yardstick asks the server, once the reader opens it, and again for every other day, place and reading. */
export class Yardstick implements YardstickView {
  metres = 0;
  answer: Displacement | null = null;
  problem: Problem | null = null;
  percent: number | null = null;
  reached: Displacement | null = null;
  near: FeatureCollection | null = null;
  drawsNear = true;
  nearProblem: Problem | null = null;

  private isOpen = false;
  private dataset = '';
  private query: Query = {};
  private resting: ReturnType<typeof setTimeout> | undefined;
  private fetching: AbortController | null = null;
  private fetchingNear: AbortController | null = null;

  constructor(private readonly tell: () => void) {}

  /** Says what is asked about: dataset, day, place and reading. */
  measure(dataset: string, query: Query): void {
    if (dataset === this.dataset && JSON.stringify(query) === JSON.stringify(this.query)) return;
    this.dataset = dataset;
    this.query = query;
    if (this.isOpen) this.load();
  }

  /** Opens or closes it. Nothing of it is on the map while it is closed. */
  open(isOpen: boolean): void {
    if (isOpen === this.isOpen) return;
    this.isOpen = isOpen;
    if (isOpen && !this.answer) this.load();
    else this.loadNear();
    this.tell();
  }

  /** Fetches the curve and what belongs to the percentage and the distance. Also what "try again" does. */
  load(): void {
    this.answer = null;
    this.fetch();
    this.loadNear();
  }

  /** Asks for which distance a percentage would be true, and goes there. */
  reach(percent: number): void {
    this.percent = percent;
    this.fetch();
  }

  /** Goes to a distance by hand. */
  move(metres: number): void {
    this.metres = metres;
    this.percent = this.reached = null;
    this.loadNear();
    this.tell();
  }

  draw(drawsNear: boolean): void {
    this.drawsNear = drawsNear;
    this.loadNear();
    this.tell();
  }

  private take(answer: Displacement): void {
    this.reached = answer;
    if (answer.displacement_m === null) return;
    this.metres = answer.displacement_m;
    this.loadNear();
  }

  private fetch(): void {
    this.fetching?.abort();
    this.fetching = new AbortController();
    const { signal } = this.fetching;
    const { percent } = this;
    this.problem = this.reached = null;
    ask<Displacement>(`v1/${this.dataset}/displacement`, { ...this.query, percent: percent === null ? null : String(percent) }, signal).then(
      (answer) => {
        this.answer = answer;
        if (percent !== null && percent === this.percent) this.take(answer);
        this.tell();
      },
      (fault) => {
        if (signal.aborted) return;
        this.problem = asProblem(fault);
        this.tell();
      },
    );
    this.tell();
  }

  // The shape waits until the hand rests.
  private loadNear(): void {
    clearTimeout(this.resting);
    this.fetchingNear?.abort();
    this.near = this.nearProblem = null;
    const within = Math.abs(this.metres);
    if (!this.isOpen || !this.drawsNear || within < 0.5) return;
    this.fetchingNear = new AbortController();
    const { signal } = this.fetchingNear;
    const query = { ...this.query, within: String(Math.round(within)), side: this.metres > 0 ? 'free' : 'held' };
    this.resting = setTimeout(async () => {
      try {
        this.near = await ask<FeatureCollection>(`v1/${this.dataset}/near`, query, signal);
      } catch (fault) {
        if (signal.aborted) return;
        this.nearProblem = asProblem(fault);
      }
      this.tell();
    }, 200);
  }
}
