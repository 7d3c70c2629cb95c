// The server's answers, as docs of the API state them.

/** A name in several languages. */
export type Names = Readonly<Record<string, string>>;

export interface Territory {
  id: string;
  name: Names;
  parent: string | null;
  area_km2: number;
  /** west, south, east, north in degrees */
  bbox?: [number, number, number, number];
}

export interface Party {
  id: string;
  name: Names;
}

/** What a reading measures. */
export type Measure = 'held' | 'behind-line' | 'restricted' | 'claimed';

export interface Basis {
  id: string;
  name: Names;
  meaning: Names;
  measures?: Measure;
}

/** Since when a figure is known. Its age is counted to the day asked about. */
export interface Evidence {
  newest: string;
  age_days: number;
  reviewed_on: string | null;
  review_due: boolean;
}

/** Another reading whose evidence is newer. */
export interface Newer {
  basis: string;
  measures: Measure;
  newest: string;
}

/** A colour of an area and of its outline, by day and on the dark page. */
export interface PartyLook {
  party: string;
  fill: string;
  outline: string;
  dark: { fill: string; outline: string };
}

/** The colour of what does not count, by its status. */
export interface StatusLook {
  mark: string;
  ink: string;
  outline: string;
  dark: { ink: string; outline: string };
  /** what the status is called */
  words?: Names;
}

/** What a measure is called; {party} stands for the name of the party. */
export interface MeasureWords {
  measure: Measure;
  /** to follow a percentage: "held by {party}" */
  phrase: Names;
  /** in a sentence: "was held by {party}" */
  said: Names;
  /** in a column: "held" */
  short: Names;
}

/** An entry of the legend: land that a party holds, that several hold, of a status that does not count, or the rest. */
export interface Entry {
  mark: string;
  party?: string;
  parties?: string[];
  /** how the colours cover the land; by default all of it */
  pattern?: string;
  /** under this reading; a party may have another colour than under others */
  colours?: string[];
  outline?: string;
  dark?: { colours?: string[]; outline: string };
  words: Names;
}

/** How a dataset is drawn: the server decides, the page draws. */
export interface Look {
  opacity: number;
  /** in the order of stripes on land that several hold */
  parties: PartyLook[];
  /** stripes are of so many parties at most; land of more has stripes of one colour */
  stripes?: { most: number; many: string };
  statuses: StatusLook[];
  measures?: MeasureWords[];
  lines: Array<{ id: string; colour: string; dashed: boolean }>;
  /** by reading */
  legend: Readonly<Record<string, Entry[]>>;
}

/** A longest run of days in which nothing changes: from included, to excluded; null is open. */
export interface Epoch {
  from: string;
  to: string | null;
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  date?: string;
  licence?: string;
  url?: string;
  note?: string;
}

export interface Dataset {
  id: string;
  title: Names;
  description?: Names;
  attribution: Names;
  disclaimer: Names;
  /** west, south, east, north in degrees */
  bbox: [number, number, number, number];
  territory: string;
  default_party: string;
  default_basis: string;
  territories: Territory[];
  parties: Party[];
  bases: Basis[];
  epochs: Epoch[];
  first_date: string;
  sources: Source[];
  /** the dataset's own layers of things; absent at servers of before them */
  things?: ReadonlyArray<{ id: string }>;
  snapshot: string;
  links: Readonly<Record<string, string>>;
  look?: Look;
  /** the map background; absent where there is none */
  context?: Context;
}

/** What lies around and below the zones, for orientation: no evidence. */
export interface Context {
  attribution: Names;
  tilejson: string;
  locator?: string;
  /** the year that roads and built-up land are of */
  mapped_in?: number;
  /** degrees clockwise from north that are up in an upright view */
  bearing?: number;
  /** the box in which it is whole */
  extent?: [number, number, number, number];
}

export interface Share {
  dataset: string;
  of: string;
  party: string;
  basis: string;
  as_of: string;
  epoch: Epoch;
  measures?: Measure;
  evidence?: Evidence | null;
  newer?: Newer[];
  held_km2: number;
  territory_km2: number;
  percent: number;
  uncertainty: { accuracy_m: number; percent_low: number; percent_high: number } | null;
  method: string;
  features: string[];
  sources: string[];
  snapshot: string;
  /** the address of this answer */
  self: string;
  cite: string;
}

export interface Shares {
  dataset: string;
  as_of: string;
  epoch: Epoch;
  party: string;
  snapshot: string;
  shares: Share[];
}

/** One epoch of a series. Figures are null where the day is not mapped: a gap, not zero. */
export interface Row extends Epoch {
  gap: boolean;
  held_km2: number | null;
  percent: number | null;
  percent_low: number | null;
  percent_high: number | null;
  /** its sources are others than those of the row before */
  method_break: boolean;
}

export interface Series {
  of: string;
  party: string;
  basis: string;
  rows: Row[];
}

export type Every = 'week' | 'month' | 'year';

/** What was gained and lost from the state of a day to that of another. Figures are null where one is not mapped. */
export interface Period {
  /** 2025-W40, 2025-09 or 2025 */
  period: string;
  /** cut by the time asked about */
  partial: boolean;
  gap_days: number;
  gained_km2: number | null;
  lost_km2: number | null;
  net_km2: number | null;
  /** the most of all before it */
  net_record: boolean;
  net_record_since?: string;
  /** its sources are others than those of the period before */
  method_break: boolean;
}

export interface Periods {
  periods: Period[];
}

/** The land of one party alone, of several, of nobody, or not mapped. */
export interface PartyRow {
  holder: 'alone' | 'shared' | 'nobody' | 'not-mapped';
  parties: string[];
  km2: number;
  percent: number;
  /** two decimals; those of a table sum to exactly 100 */
  percent_rounded: number;
}

/** Whose all the land of a place is: the rows are disjoint and make it up. */
export interface Parties {
  of: string;
  rows: PartyRow[];
}

/** How much of a layer of things lies on each side, in what the layer counts; low and high by the accuracy of the line. */
export interface LayerAmounts {
  all: number;
  held: number;
  held_low: number;
  held_high: number;
  /** of what lies in the territory; null where there is nothing */
  held_percent: number | null;
  free: number;
  free_low: number;
  free_high: number;
  outside: number;
  near_held: number;
  near_free: number;
}

export interface LayerReading {
  basis: string;
  asked: boolean;
  measures: string;
  evidence: { newest: string };
  accuracy_m: number;
  total: LayerAmounts;
  districts: Array<LayerAmounts & { id: string | null }>;
  groups: Array<LayerAmounts & { id: string | null }>;
}

/** What of one of the dataset's layers of things lies on either side of the line. */
export interface LayerTally {
  id: string;
  title: Names;
  counts: 'number' | 'km' | 'km2';
  /** the things were so on this day */
  mapped_on: string;
  attribution: Names;
  note?: Names;
  by?: string;
  things: number;
  readings: LayerReading[];
}

export interface ThingTallies {
  of: string;
  party: string;
  basis: string;
  as_of: string;
  within_m: number;
  layers: LayerTally[];
}

/** A published figure beside what is computed for its own day. */
export interface Claim {
  id: string;
  /** absent where the day is not shown */
  stated_on?: string;
  stated_on_approximate?: boolean;
  /** absent for a share */
  kind?: string;
  /** of a claim without a kind */
  percent_low?: number;
  percent_high?: number;
  /** of a claim with a kind; without high it is "more than low" */
  low?: number;
  high?: number;
  unit?: string;
  /** the figure in English */
  published: string;
  measures: string;
  who: string;
  wording: string;
  /** the figure's own few words */
  quote?: string;
  publisher: string;
  seen_in: string;
  url?: string;
  of: string;
  party: string;
  computed: Comparison[];
  checkable: boolean;
  reason?: string;
  /** of a claim that is not compared: how far the line of each reading would have to lie */
  yardsticks?: ReadonlyArray<{ basis: string; displacement_m: number | null }>;
  /** of the reading that comes nearest */
  verdict: string;
  /** the verdict in English, with its reading */
  words: string;
}

export interface Comparison {
  basis: string;
  percent: number;
  percent_low: number;
  percent_high: number;
  /** computed minus published, in percentage points */
  difference_points: number;
  inside_band: boolean;
  /** how far the line would have to lie; null where no distance reaches it, and for what is no share or area */
  displacement_m: number | null;
  /** in the unit of the claim; null where it has no figure here */
  figure: number | null;
  figure_low: number | null;
  figure_high: number | null;
  /** computed minus published, in the unit of the claim */
  difference: number | null;
  /** the share, were the whole line moved by the published distance */
  percent_if_moved_low?: number;
  percent_if_moved_high?: number;
  /** whether it is the record that is claimed; absent where none is, or not known */
  record?: boolean;
  verdict: 'agrees' | 'needs-line-moved' | 'differs' | 'another-kind' | 'out-of-reach';
  /** the verdict in English */
  words: string;
  self: string;
}

/** The share of the territory's land inside a polygon. */
export interface Inside extends Share {
  polygon_km2: number;
  outside_km2: number;
  percent_of_polygon: number;
}

export interface Part {
  km2: number;
  percent: number;
}

/** The territory cut by a line, its sides seen from the line's start. */
export interface Sides {
  of: string;
  territory_km2: number;
  left: Part;
  right: Part;
  /** enclosed by the line from both sides */
  pocket: Part;
  /** not reached by the line */
  unreached: Part;
}

/** The share, were the line displaced. */
export interface CurvePoint {
  /** above 0 into the land that the party does not hold, below 0 into what it holds */
  distance_m: number;
  percent: number;
  held_km2: number;
}

/** How far the line would have to lie beyond where it is drawn. */
export interface Displacement {
  /** as the line is drawn */
  share: Share;
  percent_asked: number | null;
  /** null where no percentage was asked for, or no distance reaches it */
  displacement_m: number | null;
  /** why no distance reaches it, in English */
  reason?: string;
  line_km: number;
  /** by distance */
  curve: CurvePoint[];
  self: string;
}

export interface TileJSON {
  tiles: string[];
  vector_layers?: ReadonlyArray<{ id: string }>;
  /** from which outlines of zones help */
  outline_zoom?: number;
  minzoom: number;
  maxzoom: number;
  bounds: [number, number, number, number];
}

export interface Count {
  name: string;
  count: number;
}

/** Repairs or faults of one rule. */
export interface Kind {
  rule: string;
  count: number;
  examples: string[];
}

export interface Property {
  name: string;
  features: number;
  distinct: number;
  top: Count[];
  looks: Array<{ as: string; format?: string }>;
}

/** What a first look at a file finds. */
export interface Inspection {
  format: string;
  wrapped: string[];
  notes: string[];
  features: number;
  geometries: Count[];
  without_geometry: number;
  refused: number;
  repairs: Kind[];
  faults: Kind[];
  properties: Property[];
  suggestion?: { command: string; remarks: string[] };
}
