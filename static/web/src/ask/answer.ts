import type { Evidence, Measure } from '../api';

/** Where a place lies by the line of a party under a reading. */
export interface LineAt {
  party: string;
  side: 'held' | 'free' | 'outside';
  /** false: so near the line that it may as well lie on the other side */
  certain: boolean;
  /** null where no line cuts the territory */
  nearest: { lon: number; lat: number; distance_m: number; bearing_deg: number; accuracy_m: number } | null;
}

/** What a reading says of a place. */
export interface StandingReading {
  basis: string;
  measures: Measure;
  mapped: boolean;
  evidence: Evidence | null;
  /** of each party that holds land under it */
  lines: LineAt[];
}

/** What the dataset says of a place on a day. */
export interface Standing {
  as_of: string;
  /** territories and districts that it lies in */
  territories: string[];
  zones: Array<{ party: string; basis: string; counts: boolean; since: string }>;
  readings: StandingReading[];
}
