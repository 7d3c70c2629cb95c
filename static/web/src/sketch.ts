import type { GeoJSON, LineString } from 'geojson';
import { asProblem, askAbout, type Inside, type Problem, type Sides } from './api';

/** What can be drawn: an area to be asked about, a line that cuts the territory, a line to be measured. */
export type Tool = 'area' | 'line' | 'measure';

/** A shape and what the server says of it: neither answer nor problem while it is being asked. */
export interface Asked<T> {
  shape: GeoJSON;
  answer: T | null;
  problem: Problem | null;
}

export interface SketchesView {
  /** what is being drawn now */
  readonly tool: Tool | null;
  /** whether the corners of a shape that is there are being changed */
  readonly edits: boolean;
  readonly area: Asked<Inside> | null;
  readonly line: Asked<Sides> | null;
  readonly measured: LineString | null;
}

type Query = Readonly<Record<string, string>>;

/** Sketches holds the reader's own shapes and asks the server about them. The address of the page carries them. */
export class Sketches implements SketchesView {
  tool: Tool | null = null;
  edits = false;
  area: Asked<Inside> | null = null;
  line: Asked<Sides> | null = null;
  measured: LineString | null = null;

  private dataset = '';
  private query: Query = {};

  constructor(private readonly tell: () => void) {}

  /** Begins to draw, or with null stops without a shape. */
  draw(tool: Tool | null): void {
    this.tool = tool;
    this.edits = false;
    if (tool === 'measure') this.measured = null;
    this.tell();
  }

  /** Begins to change the corners of a shape that is there. */
  edit(tool: Tool): void {
    this.tool = tool;
    this.edits = true;
    this.tell();
  }

  /** Takes over a finished shape, drawn or given. */
  take(tool: Tool, shape: GeoJSON): void {
    this.tool = null;
    this.edits = false;
    if (tool === 'measure') this.measured = shape as LineString;
    else if (tool === 'area') this.askArea(shape);
    else this.askLine(shape);
    this.tell();
  }

  /** Takes over the shapes of an address, and asks about them once it is known what to ask. */
  restore(shapes: Partial<Record<Tool, GeoJSON>>): void {
    const asked = (shape: GeoJSON | undefined) => (shape ? { shape, answer: null, problem: null } : null);
    this.area = asked(shapes.area);
    this.line = asked(shapes.line);
    this.measured = (shapes.measure as LineString | undefined) ?? null;
  }

  clear(tool: Tool): void {
    if (tool === 'measure') this.measured = null;
    else this[tool] = null;
    this.tell();
  }

  clearAll(): void {
    this.tool = this.area = this.line = this.measured = null;
  }

  /** Says which day and reading shapes are asked about, and asks again when these are others. */
  measure(dataset: string, query: Query): void {
    if (dataset === this.dataset && query.as_of === this.query.as_of && query.basis === this.query.basis) return;
    this.dataset = dataset;
    this.query = query;
    if (this.area) this.askArea(this.area.shape);
    if (this.line && !this.line.answer) this.askLine(this.line.shape);
  }

  private askArea(shape: GeoJSON): void {
    const asked: Asked<Inside> = { shape, answer: this.area?.shape === shape ? this.area.answer : null, problem: null };
    this.area = asked;
    void this.fill(asked, () => askAbout<Inside>(shape, `v1/${this.dataset}/share`, this.query));
  }

  private askLine(shape: GeoJSON): void {
    const asked: Asked<Sides> = { shape, answer: null, problem: null };
    this.line = asked;
    void this.fill(asked, () => askAbout<Sides>(shape, `v1/${this.dataset}/split`));
  }

  // A shape that was replaced meanwhile is no longer looked at, so its late answer harms nobody.
  private async fill<T>(asked: Asked<T>, question: () => Promise<T>): Promise<void> {
    try {
      asked.answer = await question();
    } catch (fault) {
      asked.answer = null;
      asked.problem = asProblem(fault);
    }
    this.tell();
  }
}
